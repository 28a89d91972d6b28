/** The alert rules and the dashboard name metrics that exist: one that does not would never fire, and nobody would notice. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { createMetrics } from '../../../src/server/metrics';
import { directoryOf } from '../../../src/sso/directory';

const read = (name: string): string => readFileSync(join(__dirname, '../../../deploy', name), 'utf8');

let exist: Set<string>;
beforeAll(async () => {
  const metrics = createMetrics('0.0.0');
  metrics.observe({
    connections: () => directoryOf([]),
    sites: new Set(),
    lines: () => [],
    ends: () => [],
    waiting: () => ({}),
    ping: () => Promise.resolve(),
    now: () => 0,
  });
  const { text } = await metrics.page();
  const typed = [...text.matchAll(/^# TYPE (\S+) (\w+)/gm)];
  exist = new Set([
    'up',
    ...typed.flatMap(([, name = '', kind]) =>
      kind === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
    ),
  ]);
});

const metricsIn = (expression: string): string[] => expression.match(/\b(?:wix_saml|process)_\w+/g) ?? [];

it('every alert asks for a metric that exists, and says what to do', () => {
  const { groups } = load(read('prometheus/alerts.yml')) as {
    groups: { rules: { alert: string; expr: string; annotations: Record<string, string> }[] }[];
  };
  const rules = groups.flatMap((group) => group.rules);
  expect(rules.length).toBeGreaterThanOrEqual(8);
  for (const { expr, annotations } of rules) {
    expect(metricsIn(expr).filter((name) => !exist.has(name))).toEqual([]);
    expect(annotations).toMatchObject({
      summary: expect.stringMatching(/\.$/) as unknown,
      description: expect.stringMatching(/\.$|code\.$/) as unknown,
    });
  }
});

it('every panel of the dashboard shows a metric that exists', () => {
  const { panels } = JSON.parse(read('grafana/wix-saml.json')) as {
    panels: { title: string; targets: { expr: string }[] }[];
  };
  const shown = panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => metricsIn(expr)));
  expect(shown.filter((name) => !exist.has(name))).toEqual([]);
  const ours = [...exist].filter(
    (name) => name.startsWith('wix_saml_') && !/_(?:sum|bucket|count)$/.test(name),
  );
  const missed = ours.filter((name) => !shown.includes(name));
  expect(missed).toEqual(['wix_saml_build_info', 'wix_saml_metadata_refreshes_total']);
});
