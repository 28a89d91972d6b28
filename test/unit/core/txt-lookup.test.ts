// What a name server says, and what it does not say. Real packets. About 1 s.

import { txtLookup } from '../../../src/core/txt-lookup';
import { RCODE, startNameServer, type NameServer } from '../../support/name-server';

let server: NameServer;
beforeAll(async () => {
  server = await startNameServer({
    '_wix-saml.acme.example': { records: [['wix-saml=', 'abc'], ['v=spf1 -all']] },
    '_wix-saml.other.example': { records: [['wix-saml=xyz']], cname: 'proofs.provider.example' },
    '_wix-saml.empty.example': { records: [] },
    '_wix-saml.ill.example': { code: RCODE.serverFailure },
    '_wix-saml.rude.example': { code: RCODE.refused },
    '_wix-saml.silent.example': 'silence',
    '_wix-saml.mad.example': 'garbage',
  });
});
afterAll(() => server.stop());

const look = (domain: string) =>
  txtLookup({ servers: [server.address], timeoutMs: 100 })(`_wix-saml.${domain}`);

it('joins the strings of a record, and gives every record', async () => {
  expect(await look('acme.example')).toEqual({ kind: 'found', texts: ['wix-saml=abc', 'v=spf1 -all'] });
});

it('follows a CNAME', async () => {
  expect(await look('other.example')).toEqual({ kind: 'found', texts: ['wix-saml=xyz'] });
});

it.each(['empty.example', 'nobody.example'])('knows that there is none: %s', async (domain) => {
  expect(await look(domain)).toEqual({ kind: 'absent' });
});

it.each(['ill.example', 'rude.example', 'silent.example', 'mad.example'])(
  'knows nothing where the server is ill: %s',
  async (domain) => {
    expect(await look(domain)).toEqual({
      kind: 'unknown',
      reason: expect.stringMatching(/^E[A-Z_]+$/) as unknown,
    });
  },
);

it('knows nothing where there is no server, and asks for nothing that is no name', async () => {
  const nobody = txtLookup({ servers: ['127.0.0.1:1'], timeoutMs: 50 });
  expect((await nobody('_wix-saml.acme.example')).kind).toBe('unknown');
  expect((await look('a'.repeat(300))).kind).not.toBe('found');
  expect((await txtLookup({ servers: ['nonsense'] })('x.example')).kind).toBe('unknown');
});
