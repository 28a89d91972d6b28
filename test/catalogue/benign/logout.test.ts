/** Every honest logout message is accepted, and read as its product meant it. */
import { VerifiedLogoutRequest, VerifiedLogoutResponse } from '../../../src/saml/logout-gate';
import { judgeLogout } from '../../support/makers/valid-logout';
import { benignLogouts } from './logout';

describe('honest logout messages', () => {
  it.each(benignLogouts)(
    '$rule $id ($source)',
    ({ send, nameId, sessionIndexes, asynchronous, everywhere }) => {
      const verified = judgeLogout(send());
      if (everywhere !== undefined) {
        expect(verified).toBeInstanceOf(VerifiedLogoutResponse);
        expect(verified).toMatchObject({ isEverywhere: everywhere });
        return;
      }
      expect(verified).toBeInstanceOf(VerifiedLogoutRequest);
      expect(verified).toMatchObject({ nameId, sessionIndexes, asynchronous: asynchronous ?? false });
    },
  );

  it('are told apart by id', () => {
    expect(new Set(benignLogouts.map(({ id }) => id)).size).toBe(benignLogouts.length);
  });
});
