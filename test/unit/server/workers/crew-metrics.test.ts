/** One page for several workers: counts by worker, what all know alike once. */

import { createCrewMetrics, createMetrics, type WorkerValues } from '../../../../src/server/metrics';

it('names the worker where a sum would jump, and says the worst of what all know', async () => {
  const both = await Promise.all(
    [true, false].map(async (isUp, index) => {
      const metrics = createMetrics('1.2.3');
      metrics.observe({
        connections: () => ({ entries: [], byName: () => undefined }) as never,
        sites: new Set<string>(),
        ends: () => [
          { what: 'IdP certificate', connection: 'acme', thumbprint: 'ab', at: 86_400_000 * (index + 3) },
        ],
        waiting: () => ({ asked: index }),
        lines: () => [],
        ping: () => (isUp ? Promise.resolve() : Promise.reject(new Error('away'))),
        now: () => 0,
      });
      for (let count = 0; count <= index; count++)
        metrics.subscriber({ type: 'refused', reference: 'r', code: 'HTTP_BUSY', path: '/saml/acs' });
      const values: unknown = JSON.parse(JSON.stringify(await metrics.values()));
      return [index + 1, values as WorkerValues[]] as const;
    }),
  );
  const page = createCrewMetrics({ ready: () => 2, restarts: () => 5, values: () => Promise.resolve(both) });
  const lines = (await page.page()).text.split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'wix_saml_workers_ready 2',
      'wix_saml_worker_restarts 5',
      'wix_saml_refusals_total{connection="",code="HTTP_BUSY",worker="1"} 1',
      'wix_saml_refusals_total{connection="",code="HTTP_BUSY",worker="2"} 2',
      'wix_saml_waiting{line="asked",worker="2"} 1',
      'wix_saml_store_up 0',
      'wix_saml_days_until_end{what="IdP certificate",connection="acme",thumbprint="ab"} 3',
      `wix_saml_build_info{version="1.2.3",node="${process.version}"} 1`,
    ]),
  );
  expect(lines.filter((line) => line.startsWith('process_resident_memory_bytes{'))).toHaveLength(2);
});
