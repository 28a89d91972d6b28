/** Our own verdicts: on the signatures alone, as xmlsec1 gives one, and on the whole message, as the toolkits do. */
import { SsoError } from '../../src/core/errors';
import { limits } from '../../src/core/limits';
import { decodeSamlResponse } from '../../src/saml/login/decode';
import { parseResponse } from '../../src/saml/login/response';
import { verifyResponse } from '../../src/saml/login/verify';
import { pass } from '../properties/gate';
import type { Case } from './cases';
import type { Opinion } from './opinion';

function opinionOf(run: () => string | undefined): Opinion {
  try {
    return { verdict: 'accepts', nameId: run() };
  } catch (error) {
    if (error instanceof SsoError) return { verdict: 'refuses', why: error.code };
    throw error;
  }
}

/** Policy is left out: whose addresses a connection may assert is no question to a toolkit. */
export const gateOnMessage = ({ field, parties, now }: Case): Opinion =>
  opinionOf(() => pass(field, parties, now).data.nameId?.value);

/** The first step of the gate alone: xmlsec1 reads no Assertion either. */
export const gateOnSignatures = ({ field, parties }: Case): Opinion =>
  opinionOf(() => {
    verifyResponse(parseResponse(decodeSamlResponse(field, limits.messageBytes)), {
      keys: parties.keys,
      allowSha1: parties.allowSha1 ?? false,
      decryption: { keys: parties.decryptionKeys, allowCbc: true },
    });
    return undefined;
  });
