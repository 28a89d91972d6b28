// One spelling for one mailbox, so that the owner's list, Wix's record and the assertion can be compared: A to Z in lower
// case, the domain as DNS has it (RFC 5891: bücher.example is xn--bcher-kva.example).

/** A dot-atom (RFC 5321 §4.1.2). ASCII only, before anything is mapped: the Kelvin sign is not the letter K. */
const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const HOST = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
const DOMAIN_CHARACTERS = /^[a-z0-9.\u0080-\uffff-]+$/;
const ASCII = /^[a-z0-9.-]+$/;

/**
 * @param {unknown} text
 * @returns {string | null} null for what is not one plain mailbox: nothing can be said to equal it
 */
export function normalAddress(text) {
  if (typeof text !== 'string') return null;
  const address = lowerCase(text.trim());
  const at = address.lastIndexOf('@');
  const domain = asciiDomain(address.slice(at + 1));
  return at > 0 && domain !== null && LOCAL_PART.test(address.slice(0, at))
    ? address.slice(0, at) + '@' + domain
    : null;
}

/** A to Z only: toLowerCase() would also turn the Kelvin sign into a "k". */
export function lowerCase(text) {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function asciiDomain(text) {
  if (!DOMAIN_CHARACTERS.test(text)) return null;
  try {
    const domain = ASCII.test(text) ? text : new URL('https://' + text.normalize('NFC')).hostname;
    return HOST.test(domain) ? domain : null;
  } catch {
    return null;
  }
}
