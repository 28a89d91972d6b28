import { errorTable } from '../../../src/core/error-table';
import { makeIdpKeys } from '../../support/idp';
import { attacks } from './all';
import type { AttackContext } from './catalogue';

const context: AttackContext = {
  acsUrl: 'https://sp.example.com/saml/acs',
  spEntityId: 'https://sp.example.com/saml/metadata',
  idp: { entityId: 'https://idp.example.com/metadata', keys: makeIdpKeys() },
  otherIdp: { entityId: 'https://idp.globex.example/metadata', keys: makeIdpKeys() },
  attackerKeys: makeIdpKeys(),
  requestId: '_request0123456789',
  otherRequestId: '_otherrequest0123456789',
  now: new Date('2026-01-02T03:04:05Z'),
  encryptionCertificate: makeIdpKeys().certificatePem,
  spSigningCertificate: makeIdpKeys().certificatePem,
  victim: 'alice@example.com',
  attacker: 'mallory@example.com',
};

describe('the attack catalogue', () => {
  const all = Object.values(attacks).flat();

  it('has no id twice', () => {
    const ids = all.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('holds at least 300 hostile cases that must be refused', () => {
    expect(all.filter(({ expect: verdict }) => typeof verdict === 'string').length).toBeGreaterThanOrEqual(
      300,
    );
  });

  it('expects codes that exist', () => {
    const codes = new Set([...Object.keys(errorTable), 'RESTART']);
    expect(all.filter(({ expect: verdict }) => typeof verdict === 'string' && !codes.has(verdict))).toEqual(
      [],
    );
  });

  it.each(Object.entries(attacks))('builds every %s case', (_name, cases) => {
    for (const attack of cases) expect(typeof attack.build(context).body).not.toBe('undefined');
  });
});
