// A capture that begins with a tag: the page with which an IdP posts, an export of Burp, or the message itself.

export type Markup =
  | { readonly kind: 'field'; readonly value: string | undefined }
  | { readonly kind: 'captures'; readonly texts: readonly string[] };

/** The field of the page that posts it, wherever in the text that page begins. */
export function pageField(text: string): string | undefined {
  const input = /<input\b[^>]*\bname=(["']?)SAMLResponse\1[^>]*>/i.exec(text)?.[0];
  if (input !== undefined) {
    const value = /\bvalue=(?:"([^"]*)"|'([^']*)'|([^\s>]*))/i.exec(input);
    return unescapedMarkup(value?.slice(1).find(Boolean) ?? '');
  }
  const area = /<textarea\b[^>]*\bname=(["']?)SAMLResponse\1[^>]*>([^<]*)</i.exec(text)?.[2];
  return area === undefined ? undefined : unescapedMarkup(area.trim());
}

/** Where in a text of other things the XML of a Response stands, such as below a line of a log. */
export function xmlWithin(text: string): string | undefined {
  const start = /(?:<\?xml[^>]*\?>\s*)?<([\w.-]+:)?Response[\s>]/.exec(text);
  if (start === null) return undefined;
  const tag = `</${start[1] ?? ''}Response>`;
  const end = text.lastIndexOf(tag);
  return end < start.index ? undefined : text.slice(start.index, end + tag.length);
}

/** @returns undefined where the text has to be the message itself */
export function fromMarkup(text: string): Markup | undefined {
  const posted = pageField(text);
  if (posted !== undefined) return { kind: 'field', value: posted };
  if (isPage(text)) return { kind: 'field', value: undefined };
  // Burp: <request base64="true"><![CDATA[…]]></request>, one for each item.
  const requests = [...text.matchAll(/<request base64="(true|false)">\s*<!\[CDATA\[([^\]]*)\]\]>/g)];
  if (requests.length === 0) return undefined;
  const texts = requests.map(([, encoded, data = '']) =>
    encoded === 'true' ? Buffer.from(data, 'base64').toString('utf8') : data,
  );
  return { kind: 'captures', texts: texts.filter((request) => request.includes('SAMLResponse')) };
}

export const isPage = (text: string): boolean => /^<(?:!doctype\s+html|html)[\s>]/i.test(text);

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** References of HTML and XML that stand in such values; others stay as they are. */
export const unescapedMarkup = (text: string): string =>
  text.replace(
    /&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z]+));/gi,
    (all, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return NAMED[name.toLowerCase()] ?? all;
      const point = hex === undefined ? Number(decimal) : parseInt(hex, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : all;
    },
  );
