// Where metadata comes from and what it has to be, as the configuration says it.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { changed, makeExample, yaml, type Example } from '../../support/makers/configuration';
import { signElement, makeIdpKeys } from '../../support/idp';
import { readFileSync } from 'node:fs';

let example: Example;
beforeAll(() => (example = makeExample()));
afterAll(() => example.remove());

const query = (mdq: string, entityId: string): string =>
  changed('idpMetadata: idp.xml', `idpMetadata: { mdq: "${mdq}", entityId: "${entityId}" }`);

describe('#metadata.refresh/query-address a Metadata Query', () => {
  it('names one entity in one path segment', async () => {
    const mdq = 'http://localhost:9/md/';
    const { connections } = await example.load(query(mdq, "https://idp.example/a b?c='d'"));
    expect(connections.byName('acme')?.metadata).toEqual({
      from: {
        url: 'http://localhost:9/md/entities/https%3A%2F%2Fidp.example%2Fa%20b%3Fc%3D%27d%27',
        mdq: "https://idp.example/a b?c='d'",
      },
      entityId: "https://idp.example/a b?c='d'",
    });
  });

  it.each([
    ['{ mdq: "http://mdq.example", entityId: x }', 'connections.acme.idpMetadata.mdq'],
    ['{ mdq: "https://mdq.example" }', 'connections.acme.idpMetadata.entityId'],
    ['{ mdq: "https://mdq.example", entityId: x, sha1: true }', 'connections.acme.idpMetadata.sha1'],
    ['{ mdq: "https://localhost:9", entityId: x }\n    idpEntityId: y', 'connections.acme.idpEntityId'],
    ['idp.xml\n    maxStaleDays: 3', 'connections.acme.maxStaleDays'],
    ['idp.xml\n    idpMetadataSigner: none.crt', 'connections.acme.idpMetadataSigner[0]'],
    ['idp.xml\n    idpMetadataSigner: [sp.crt, weak.crt]', 'connections.acme.idpMetadataSigner[1]'],
  ])('or another demand that is wrong is a problem: %s', async (written, path) => {
    const problems = await example.problemsOf(changed('idp.xml', written));
    expect(problems.map((problem) => problem.path)).toContain(path);
  });
});

describe('#metadata.idp/signer-configured idpMetadataSigner', () => {
  it('takes one certificate or several; a file without their signature is not used', async () => {
    const one = changed('idp.xml', 'idp.xml\n    idpMetadataSigner: sp.crt');
    expect(await example.problemsOf(one)).toMatchObject([
      { path: 'connections.acme.idpMetadata', problem: 'The metadata is not signed as a whole.' },
    ]);
    const keys = makeIdpKeys();
    writeFileSync(join(example.directory, 'federation.crt'), keys.certificatePem);
    const xml = readFileSync(join(example.directory, 'idp.xml'), 'utf8').replace(/^<\?xml[^>]*\?>\s*/, '');
    const signed = signElement(xml.replace(' entityID=', ' ID="_m" entityID='), '_m', { keys });
    writeFileSync(join(example.directory, 'signed.xml'), signed);
    const two = yaml.replace('idp.xml', 'signed.xml\n    idpMetadataSigner: [sp.crt, federation.crt]');
    expect(await example.problemsOf(two)).toEqual([]);
  });
});
