// A signed command about a member, for `samlMember` of the site: block whom the company has disabled, or take back a block
// that came this way. The envelope is that of the exchange with another `typ`, so that neither stands in for the other.

import type { SiteFunctions } from './exchange';
import { signMemberCommand, type ExchangeSigner } from './exchange-assertion';
import { readAnswer } from './session-token';
import type { CommandMember } from './site';

/** Rejects with the same WIX_… SsoError as an exchange. */
export function createMemberCommands(functions: SiteFunctions, signer: ExchangeSigner): CommandMember {
  return async (command) => {
    const assertion = signMemberCommand(signer, command);
    return readAnswer(await functions.post('samlMember', JSON.stringify({ assertion }))).get('done') === true;
  };
}
