// Runs the whole gate on a known message before the first person comes: a runtime that cannot verify must not start
// (SDP: fail closed), and whoever signs in first does not wait for the compiler.

import { createPublicKey } from 'node:crypto';
import { SsoError } from '../core/errors';
import { limits } from '../core/limits';
import { acceptResponse } from './gate';
import { decodeSamlResponse } from './login/decode';
import { parseResponse } from './login/response';
import { selfTestPublicKey, selfTestResponse } from './self-test-message';

const ISSUED_AT = Date.UTC(2026, 0, 1);
const NAME_ID = 'self-test@example.com';

/** Verifies the known message and refuses a changed copy of it. @throws Error when the gate does not hold */
export function warmUp(): void {
  if (judge(selfTestResponse) !== NAME_ID) throw new Error('Self-test: the known message was read wrongly.');
  const xml = Buffer.from(selfTestResponse, 'base64').toString('utf8');
  const forged = Buffer.from(xml.replace(NAME_ID, 'somebody@example.com'), 'utf8').toString('base64');
  try {
    judge(forged);
  } catch (error) {
    if (error instanceof SsoError && error.code === 'SAML_SIGNATURE_INVALID') return;
    throw error;
  }
  throw new Error('Self-test: a forged message was accepted.');
}

function judge(field: string): string | undefined {
  const key = createPublicKey({ key: Buffer.from(selfTestPublicKey, 'base64'), format: 'der', type: 'spki' });
  const response = parseResponse(decodeSamlResponse(field, limits.messageBytes));
  const trust = {
    keys: [{ key, type: 'rsa' as const, certificate: '', thumbprint: '', subject: 'self-test', notAfter: 0 }],
    allowSha1: false,
    decryption: { keys: [], allowCbc: false },
  };
  const expected = {
    identityProvider: 'https://idp.example/self-test',
    serviceProvider: 'https://sp.example/saml/metadata',
    assertionConsumerServiceUrl: 'https://sp.example/saml/acs',
    requestId: '_0123456789abcdef0123456789abcdef01234567-self-test',
    clockSkewMs: limits.clockSkewMs,
  };
  return acceptResponse(response, { trust, expected, now: ISSUED_AT }).data.nameId?.value;
}
