// Whether a member is the site's owner or a collaborator. A site that has the package @wix/members takes the file of the same
// name from collaborators/backend; without it only the list in the secret and the token itself can tell.

/** Whether this site can look at all. */
export const COLLABORATORS = 'list';

/** @returns {Promise<boolean>} */
export async function isCollaborator() {
  return false;
}
