// The collection of a site without wix-data.v2: it is made by hand, and whether it is closed shows when a visitor reads it.

import wixData from 'wix-data';
import { AS_SITE, COLLECTION } from 'backend/wix-saml-platform';

/** @returns {Promise<'missing' | 'closed' | 'open' | 'unknown'>} */
export async function collectionState() {
  if (await readable(undefined)) return 'open';
  return (await readable(AS_SITE)) ? 'closed' : 'missing';
}

/** @returns {Promise<boolean>} whether it was made */
export async function makeCollection() {
  return false;
}

async function readable(options) {
  try {
    await wixData.query(COLLECTION).limit(1).find(options);
    return true;
  } catch {
    return false;
  }
}
