// The sentence for a name, in the language of the site where it has several, else in the visitor's, else in English.

import { english } from 'public/wix-saml-english';
import { languages } from 'public/wix-saml-browser';
import { messages } from 'public/wix-saml-messages';

/**
 * @param {string} name as in public/wix-saml-messages.js
 * @returns {string}
 */
export function say(name) {
  const known = [...languages(), 'en'].filter((language) => Object.keys(messages).includes(language));
  // A sentence that a translation lacks is better in English than not there.
  const chosen = known.find((language) => typeof messages[language][name] === 'string');
  return chosen === undefined ? english[name] || '' : messages[chosen][name];
}
