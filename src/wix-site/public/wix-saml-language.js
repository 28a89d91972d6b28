// The sentence for a name, in the language of the site where it has several, else in the visitor's, else in English.

import { languages } from 'public/wix-saml-browser';
import { messages } from 'public/wix-saml-messages';

/**
 * @param {string} name as in public/wix-saml-messages.js
 * @returns {string}
 */
export function say(name) {
  const chosen = languages().find((language) => Object.keys(messages).includes(language)) || 'en';
  // A sentence that a translation lacks is better in English than not there.
  return messages[chosen][name] === undefined ? messages.en[name] : messages[chosen][name];
}
