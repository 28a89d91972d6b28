// Whether a member is the site's owner or a collaborator: Wix knows which members are Wix users besides, and their sessions can
// do more than any member's. Needs the package @wix/members.

import { userMembers } from '@wix/members';
import { elevate } from 'wix-auth';

/** Whether this site can look at all. */
export const COLLABORATORS = 'wix';

/** @returns {Promise<boolean>} rejects when Wix does not tell */
export async function isCollaborator(memberId) {
  const query = await elevate(userMembers.queryUserMembers)();
  const { items } = await query.eq('memberId', memberId).limit(1).find();
  return items.length > 0;
}
