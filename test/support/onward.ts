/** The page with which the ACS answers goes on by itself: where to, as a browser reads it. */

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#96;': '`',
};

/** Undefined when the page goes nowhere. */
export function onwardOf(page: string): string | undefined {
  const [, address] = /<meta http-equiv="refresh" content="0;url=([^"]*)">/.exec(page) ?? [];
  return address?.replace(/&[a-z0-9#]+;/g, (entity) => ENTITIES[entity] ?? entity);
}
