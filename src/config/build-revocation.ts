// Who may end the sessions of a connection's people from outside, from the options: a pair that belongs together, and a
// secret that is worth the name.

import { Secret } from '../core/secret';
import type { RevocationRules } from '../sso/revocation-rules';
import { present } from './build';
import { noteExposedFile, readSource } from './key-files';
import type { ConnectionDraft } from './options';
import { below, report, type At } from './reading';

const LEAST_CHARS = 32;
const MOST_CHARS = 1024;

export function buildRevocation(
  { revocation: draft, leavers }: ConnectionDraft,
  connectionAt: At,
): RevocationRules | undefined {
  if (leavers === 'block' && draft?.tokenFile === undefined)
    report(
      below(connectionAt, 'leavers'),
      'is `block`, and nobody can say that a person is disabled',
      'Add `revocation: { tokenFile: … }`: only the bearer of that token can.',
    );
  if (draft === undefined) return undefined;
  const at = below(connectionAt, 'revocation');
  const signed = signedOf(draft, at);
  const bearer = bearerOf(draft, at);
  if (signed === undefined && bearer === undefined)
    return report(at, 'lets nobody revoke', 'Write issuer and jwksUri, or tokenFile, or remove the section.');
  return Object.freeze(present({ signed, bearer }));
}

type RevocationDraft = NonNullable<ConnectionDraft['revocation']>;

function signedOf({ issuer, jwksUri }: RevocationDraft, at: At): RevocationRules['signed'] {
  if (issuer === undefined && jwksUri === undefined) return undefined;
  if (issuer === undefined)
    return report(below(at, 'issuer'), 'is missing beside jwksUri', 'Write who signs with those keys.');
  if (jwksUri === undefined)
    return report(below(at, 'jwksUri'), 'is missing beside issuer', 'Write where the public keys are.');
  return Object.freeze({ issuer, jwksUri });
}

function bearerOf({ tokenFile }: RevocationDraft, at: At): Secret | undefined {
  if (tokenFile === undefined) return undefined;
  const place = below(at, 'tokenFile');
  noteExposedFile(tokenFile, place);
  const token = readSource(tokenFile, place)?.toString('utf8').trim();
  if (token === undefined) return undefined;
  if (/^[\x21-\x7e]+$/.test(token) && token.length >= LEAST_CHARS && token.length <= MOST_CHARS)
    return new Secret(token);
  return report(
    place,
    'holds no token of 32 to 1024 characters on one line',
    'Make one, for example with `openssl rand -hex 32`.',
  );
}
