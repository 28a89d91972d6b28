/** Every code that Node gives for a failed request becomes a cause that an administrator can act on. */

import { OutboundError, outboundReasons, reasonOf } from '../../../src/core/outbound-reasons';

const coded = (code: string): Error => Object.assign(new Error('text of the other side'), { code });

describe('the cause of a failed request', () => {
  it.each([
    ['ENOTFOUND', 'nameNotFound'],
    ['EAI_AGAIN', 'nameNotFound'],
    ['ECONNREFUSED', 'connectionRefused'],
    ['EHOSTUNREACH', 'unreachable'],
    ['ENETUNREACH', 'unreachable'],
    ['ETIMEDOUT', 'timeout'],
    ['ECONNRESET', 'brokenOff'],
    ['EPIPE', 'brokenOff'],
    ['CERT_HAS_EXPIRED', 'certificateInvalid'],
    ['CERT_NOT_YET_VALID', 'certificateInvalid'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificateInvalid'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'certificateInvalid'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificateInvalid'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'certificateInvalid'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificateInvalid'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tlsFailed'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'tlsFailed'],
    ['EPROTO', 'tlsFailed'],
    ['HPE_INVALID_CONSTANT', 'answerInvalid'],
    ['HPE_HEADER_OVERFLOW', 'answerInvalid'],
    ['ESOMETHINGNEW', 'unreachable'],
  ])('%s is %s', (code, reason) => {
    const error = reasonOf(coded(code));
    expect(error).toMatchObject({ reason, detail: code });
    expect(error.message).toContain(code);
    expect(error.message).not.toContain('other side');
  });

  it.each([['a text'], [undefined], [null], [{ code: 7 }], [new Error('no code')]])(
    'is unknown for %j, and no text of it is shown',
    (cause) => {
      expect(reasonOf(cause)).toMatchObject({ reason: 'unreachable', detail: 'unknown' });
    },
  );

  it.each(Object.entries(outboundReasons))('%s has words and a remedy', (reason, { says, remedy }) => {
    const error = new OutboundError(reason as keyof typeof outboundReasons, 'DETAIL');
    expect(error.message).toBe(`${says}: DETAIL`);
    expect(error.remedy).toBe(remedy);
    expect(remedy).toMatch(/^[A-Z].*\.$/);
  });
});
