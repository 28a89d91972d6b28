// Names and values → XML text of our own documents. Text is escaped unless it is markup that this file made itself, so a
// value can never become an element. Never writes what is not a character of XML.

/** Text that is already XML; only `element` makes it. */
class Markup {
  readonly #xml: string;

  constructor(xml: string) {
    this.#xml = xml;
  }

  toString(): string {
    return this.#xml;
  }
}

export type { Markup };

export type Content = Markup | string | undefined;

/** `undefined` attributes and children are left out. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | undefined>>,
  children: readonly Content[] = [],
): Markup {
  let xml = `<${name}`;
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== undefined) xml += ` ${attribute}="${escape(value)}"`;
  }
  const content = children
    .filter((child) => child !== undefined)
    .map((child) => (typeof child === 'string' ? escape(child) : child.toString()))
    .join('');
  return new Markup(content === '' ? `${xml}/>` : `${xml}>${content}</${name}>`);
}

/** The whole document, in UTF-8. */
export function document(root: Markup): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root.toString()}\n`;
}

// XML 1.0 §2.2, without the C1 controls that are discouraged there.
const notXml = /[^\t\n\r\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** For text and attributes alike: white space is written so that no parser normalises it. */
function escape(value: string): string {
  if (notXml.test(value)) throw new TypeError('a value holds characters that XML does not have');
  return value
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/\t/g, '&#x9;')
    .replace(/\n/g, '&#xA;')
    .replace(/\r/g, '&#xD;');
}
