// The collection as the site's owner would look at it: whether it is there and closed, and making it. A site without
// wix-data.v2 takes old/backend's file of the same name.

import { collections } from 'wix-data.v2';
import { elevate } from 'wix-auth';
import { COLLECTION } from 'backend/wix-saml-platform';

const ACTIONS = ['read', 'insert', 'update', 'remove'];
const ADMIN_ONLY = Object.fromEntries(ACTIONS.map((action) => [action, 'ADMIN']));

/** @returns {Promise<'missing' | 'closed' | 'open' | 'unknown'>} */
export async function collectionState() {
  try {
    const { permissions } = await elevate(collections.getDataCollection)(COLLECTION);
    return ACTIONS.every((action) => permissions[action] === 'ADMIN') ? 'closed' : 'open';
  } catch (error) {
    const told = String(error && error.code) + ' ' + String(error && error.message);
    return /WDE0025|NOT_?FOUND|\b404\b/i.test(told) ? 'missing' : 'unknown';
  }
}

/** @returns {Promise<boolean>} whether it was made */
export async function makeCollection() {
  try {
    await elevate(collections.createDataCollection)({
      _id: COLLECTION,
      displayName: COLLECTION,
      permissions: ADMIN_ONLY,
      fields: [{ key: 'expiresAt', displayName: 'expiresAt', type: 'DATETIME' }],
    });
    return true;
  } catch (error) {
    console.error('wix-saml: the collection could not be made', error && error.name);
    return false;
  }
}
