// An address, or what stands in its place, as a log may keep it: `a***@corp.example`. The domain tells the
// administrator what to correct; the local part is the person.

const DOMAIN_CHARS = 64;

/**
 * First character, three stars, domain. Works for texts that are no addresses, whatever stands in them: without an `@`
 * nothing but the first character is shown, and a domain ends before its first odd character.
 */
export function maskedAddress(text: string): string {
  const first = /^[A-Za-z0-9]/.exec(text)?.[0] ?? '';
  const at = text.lastIndexOf('@');
  if (at < 0) return `${first}***`;
  const rest = text.slice(at + 1);
  const domain = rest.slice(0, DOMAIN_CHARS).replace(/[^\p{L}\p{N}\p{M}.-].*$/su, '');
  return `${first}***@${domain}${domain.length < rest.length ? '…' : ''}`;
}

/** True for `a***@` and for `***@`: nothing is left to hide. */
export const isMaskedLocalPart = (text: string): boolean => /^[A-Za-z0-9]?\*{3}@$/.test(text);
