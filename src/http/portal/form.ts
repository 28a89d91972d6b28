// A form of the set-up pages: its fields, in the line of those who are not known yet, so that no flood of them keeps anybody
// from signing in.

import { readBody } from '../body';
import { readFields, readParsedFields, type Fields } from '../fields';
import type { Visit } from '../visit';
import { requireOwnOrigin } from './portal';

/** A form of short fields. */
const FORM_BYTES = 8 * 1024;

/** @throws SETUP_FORM_FOREIGN before a byte is read, HTTP_… */
export async function readShortForm<Name extends string>(
  visit: Visit,
  names: readonly Name[],
  maxBytes = FORM_BYTES,
): Promise<Fields<Name>> {
  requireOwnOrigin(visit);
  const rules = { type: 'application/x-www-form-urlencoded', maxBytes } as const;
  const body = await readBody(visit, rules);
  return Buffer.isBuffer(body) ? readFields(body.toString(), names) : readParsedFields(body, names);
}

/** Does the work when its turn has come. @throws HTTP_BUSY */
export function inLine<T>({ admission, client }: Visit, bytes: number, work: () => Promise<T>): Promise<T> {
  return admission.answers.do('others', { client, bytes }, work);
}
