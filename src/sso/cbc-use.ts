// When an IdP last encrypted with AES-CBC: what matters is whether a weak cipher is used, and not whether it would be accepted.
// Noted after a sign-in.

import type { Clock } from '../core/ports';
import type { SealedDocuments } from '../stores/sealed-documents';
import { lastSeenIn, type LastSeen } from './last-seen';

export const cbcUse = (documents: Pick<SealedDocuments, 'get' | 'putIf'>, clock: Clock): LastSeen =>
  lastSeenIn('cbc-use', documents, clock);
