// What an IdP said of a person, as the set-up pages may show and keep it: enough to correct a setting by, and no address.

import { cleanLine } from '../../core/text';
import { isMaskedLocalPart, maskedAddress } from '../../policy/masked-address';

const LOCAL_PART = /[^\s@<>"'(]+@/g;
const CHARS = 300;

/** A sentence in which every address has lost its local part. */
export const maskedText = (text: string): string =>
  cleanLine(text, CHARS).replace(LOCAL_PART, (part) => (isMaskedLocalPart(part) ? part : '…@'));

/** One value: its first character, and of an address the domain. */
export const maskedValue = (value: string): string =>
  value === '' ? '(empty)' : maskedAddress(cleanLine(value, CHARS));
