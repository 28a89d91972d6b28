/** The container files: nobody is root, nothing is writable that need not be, and keys never come into an image. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load, loadAll } from 'js-yaml';
import { root } from './sources';

const read = (name: string): string => readFileSync(join(root, name), 'utf8');

it('the image ends as an unprivileged user, and is built without what git does not keep', () => {
  const lines = read('deploy/container/Dockerfile').split('\n');
  const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
  expect(last).toContain('USER node');
  expect(last.findIndex((line) => line === 'USER node')).toBeGreaterThan(
    last.findLastIndex((line) => line.startsWith('RUN ') || line.startsWith('COPY ')),
  );
  const ignored = read('.dockerignore').split('\n');
  for (const name of ['.git', 'certs', 'metadata', 'wix-saml.yaml', 'node_modules', 'dist'])
    expect(ignored).toContain(name);
});

interface Service {
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly networks: readonly string[];
}

it('compose gives the service nothing to write and the store no way out', () => {
  const { services, networks } = load(read('deploy/container/compose.yaml')) as {
    readonly services: Readonly<Record<string, Service>>;
    readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
  };
  for (const name of ['wix-saml', 'valkey'])
    expect(services[name]).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
  expect(services['valkey']?.networks).toEqual(['inside']);
  expect(networks['inside']?.internal).toBe(true);
});

it('Kubernetes runs it unprivileged, asks both probes, and lets in and out what is needed', () => {
  const documents = loadAll(read('deploy/kubernetes/deployment.yaml')) as readonly {
    readonly kind: string;
    readonly spec: Record<string, unknown>;
  }[];
  const of = (kind: string) => documents.find((each) => each.kind === kind)?.spec;
  expect(documents.map(({ kind }) => kind)).toEqual([
    'Deployment',
    'PodDisruptionBudget',
    'Service',
    'NetworkPolicy',
    'Ingress',
  ]);
  expect(of('Deployment')).toMatchObject({
    template: {
      spec: {
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [
          {
            livenessProbe: { httpGet: { path: '/healthz' } },
            readinessProbe: { httpGet: { path: '/readyz' } },
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ['ALL'] },
            },
          },
        ],
      },
    },
  });
  expect(of('NetworkPolicy')).toMatchObject({ policyTypes: ['Ingress', 'Egress'] });
});
