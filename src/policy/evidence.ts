// What an assertion says about the person's address, for the log and for `explain`: each source with its domain, local
// parts masked, names of attributes in clear. Names are the IdP's text, so their number and length are bounded, and of
// attributes that hold no address nothing but the name is shown.

import { cleanLine, isPlainLine } from '../core/text';
import type { AssertionData, AttributeValues, NameId } from '../saml/assertion';
import { parseEmail } from './email';
import { maskedAddress } from './masked-address';
import { isWellKnownEmailAttribute } from './well-known-attributes';

const ATTRIBUTES_SHOWN = 8;
const VALUES_SHOWN = 3;
const NAME_CHARS = 80;

export interface Question {
  /** The attribute that the connection names as its source. */
  readonly asked?: string | undefined;
  /** An address that counts; others are told apart from it, because masked they may look alike. */
  readonly first?: string | undefined;
}

/** One line per source: the NameID, then the attributes, those first that hold an address or ought to. */
export function whatCame({ nameId, attributes }: AssertionData, question: Question): readonly string[] {
  const all = [...attributes.values()];
  const isTelling = ({ name, values }: AttributeValues): boolean =>
    name === question.asked || isWellKnownEmailAttribute(name) || values.some(isMailbox);
  const lines = [
    ...all.filter(isTelling).map((attribute) => tellingLine(attribute, question)),
    ...all.filter((attribute) => !isTelling(attribute)).map(({ name }) => `attribute ${shownName(name)}`),
  ];
  const more = lines.length - ATTRIBUTES_SHOWN;
  return [
    nameIdLine(nameId, question),
    ...(lines.length === 0 ? ['no attributes'] : lines.slice(0, ATTRIBUTES_SHOWN)),
    ...(more > 0 ? [`${String(more)} more attributes`] : []),
  ];
}

const isMailbox = (value: string): boolean => parseEmail(value) !== undefined;

function nameIdLine(nameId: NameId | undefined, question: Question): string {
  if (nameId === undefined) return 'no NameID';
  const format = nameId.format === undefined ? 'without Format' : `Format ${shownName(nameId.format)}`;
  return `NameID ${valueInWords(nameId.value, question)}, ${format}`;
}

function tellingLine({ name, values, structured }: AttributeValues, question: Question): string {
  const shown = values.slice(0, VALUES_SHOWN).map((value) => valueInWords(value, question));
  if (structured) shown.push('XML elements');
  if (shown.length === 0) shown.push('no value');
  const more = values.length - VALUES_SHOWN;
  if (more > 0) shown.push(`${String(more)} more`);
  return `attribute ${shownName(name)}: ${shown.join(' and ')}`;
}

function valueInWords(value: string, { first }: Question): string {
  if (value === '') return '(empty)';
  const masked = maskedAddress(value);
  const parsed = parseEmail(value);
  if (parsed === undefined) return `${masked} (${whyNoMailbox(value)})`;
  return first === undefined || parsed.address === first ? masked : `${masked} (another address)`;
}

function whyNoMailbox(value: string): string {
  const at = value.indexOf('@');
  if (/\s/.test(value) || !isPlainLine(value)) return 'white space or a control character in it';
  if (/[^\x20-\x7e]/.test(value)) return 'a character outside ASCII in it';
  if (at < 0) return 'no @';
  if (value.includes('@', at + 1)) return 'more than one @';
  if (value.includes('#EXT#')) return 'the name of a guest account, no mailbox';
  return value.includes('.', at) ? 'no plain mailbox' : 'no dot in the domain';
}

/** The IdP's own text: short, on one line, without an address. */
export function shownName(name: string): string {
  const plain = cleanLine(name, NAME_CHARS);
  return plain.includes('@') ? maskedAddress(plain) : plain;
}
