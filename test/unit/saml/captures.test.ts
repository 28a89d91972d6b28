// What two real IdPs really sent (SimpleSAMLphp 1.19, auth0's samlp), judged at their own clock time.

import { createPrivateKey } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SsoError } from '../../../src/core/errors';
import { resolveEmail } from '../../../src/policy/member';
import { describeCertificate, readCertificate } from '../../../src/saml/signature/certificate';
import { acceptResponse } from '../../../src/saml/gate';
import { decodeSamlResponse } from '../../../src/saml/login/decode';
import { parseResponse, peekFailureStatus, peekIssuer } from '../../../src/saml/login/response';

const folder = join(__dirname, '../../vectors/captures');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -5));

interface Capture {
  readonly spEntityId: string;
  readonly acsUrl: string;
  readonly epochMs: number;
  readonly request: { readonly kind: string } | null;
  readonly response: { readonly inResponseTo?: string; readonly status?: string };
}

/** Everything that is not a plain acceptance of alice@example.com. */
const exceptions: Readonly<Record<string, string>> = {
  'simplesamlphp-idp-initiated': 'SAML_RESPONSE_UNSOLICITED',
  'samlp-idp-initiated': 'SAML_RESPONSE_UNSOLICITED',
  'simplesamlphp-passive-no-session': 'SAML_STATUS_NOT_SUCCESS',
  'simplesamlphp-user-without-mail': 'POLICY_NAMEID_TRANSIENT',
};

const decryption = {
  keys: [createPrivateKey(readFileSync(join(folder, 'sp/enc.key')))],
  allowCbc: true,
};

function judge(name: string, capture: Capture, allowSha1 = false): string {
  const pems = readFileSync(join(folder, `${name}.cert.pem`), 'utf8').match(
    /-----BEGIN[^]*?-----END [A-Z]+-----/g,
  );
  const keys = (pems ?? []).map((pem) => describeCertificate(readCertificate(pem)));
  const field = readFileSync(join(folder, `${name}.b64`), 'utf8');
  const response = parseResponse(decodeSamlResponse(field, 384 * 1024));
  if (peekFailureStatus(response)) throw new SsoError('SAML_STATUS_NOT_SUCCESS');
  const expected = {
    identityProvider: peekIssuer(response) ?? '',
    serviceProvider: capture.spEntityId,
    assertionConsumerServiceUrl: capture.acsUrl,
    requestId: capture.response.inResponseTo,
    clockSkewMs: 180_000,
  };
  const trust = { keys, allowSha1, decryption };
  const { data } = acceptResponse(response, { trust, expected, now: capture.epochMs });
  return resolveEmail(data, { emailDomains: new Set(['example.com']) });
}

function outcome(name: string, allowSha1 = false): string {
  const capture = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Capture;
  try {
    return judge(name, capture, allowSha1);
  } catch (error) {
    if (error instanceof SsoError) return error.code;
    throw error;
  }
}

describe('#message.structure/captures Responses captured from real identity providers', () => {
  it('are all there', () => {
    expect(names).toHaveLength(48);
  });

  it.each(names)('%s', (name) => {
    const sha1 = name.endsWith('rsa-sha1');
    expect(outcome(name, sha1)).toBe(exceptions[name] ?? 'alice@example.com');
  });

  it.each(names.filter((name) => name.endsWith('rsa-sha1')))(
    '%s is refused unless SHA-1 is allowed',
    (name) => {
      expect(outcome(name)).toBe('SAML_SIGNATURE_ALGORITHM_NOT_ALLOWED');
    },
  );
});
