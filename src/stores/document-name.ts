// Names of documents, `collection/name`. The narrow alphabet lets every store use them as they are: as the field of a hash,
// in a seal's associated data, in a log line. Names are ours; a wrong one is a programmer's mistake.

const COLLECTION = '[a-z0-9-]{1,32}';
const NAME = new RegExp(`^(${COLLECTION})/([A-Za-z0-9][A-Za-z0-9._:@-]{0,199})$`);
const PREFIX = new RegExp(`^(${COLLECTION})/([A-Za-z0-9._:@-]{0,200})$`);

/** A name in its parts. */
export interface DocumentName {
  readonly collection: string;
  /** The whole name, or the beginning of one, behind the slash. */
  readonly rest: string;
}

/** @throws TypeError when it is not `collection/name` of a-z, 0-9 and "-", then letters, digits and ". _ : @ -" */
export const documentName = (name: string): DocumentName => parts(NAME, name);

/** @throws TypeError when it names no collection: listing across collections could not be bounded */
export const documentPrefix = (prefix: string): DocumentName => parts(PREFIX, prefix);

function parts(form: RegExp, text: string): DocumentName {
  const [, collection, rest] = form.exec(text) ?? [];
  if (collection === undefined || rest === undefined) {
    throw new TypeError(`not the name of a document: ${JSON.stringify(text.slice(0, 80))}`);
  }
  return { collection, rest };
}
