// A draft that could be activated, judged by the last sign-ins.

import type { SetupGround } from '../setup/activate';
import { readinessOf } from '../setup/decided-source';
import { draftOf } from '../setup/test-sign-in';
import type { SealedDocuments } from '../../stores/sealed-documents';
import { judgeByExperience, type Experience } from './experience';

/** Undefined while nobody has signed in, or there is nothing to activate. @throws STATE_… (rejects) */
export async function judgeDraft(
  ground: SetupGround,
  documents: SealedDocuments,
  name: string,
): Promise<Experience | undefined> {
  const entry = ground.connections.byName(name);
  const draft = await draftOf(ground, documents, name);
  const ready = entry === undefined ? undefined : readinessOf(entry, draft);
  if (ready?.kind !== 'ready' || draft.connection === undefined) return undefined;
  const { identityProvider } = draft.connection;
  return judgeByExperience(documents, name, { identityProvider, emailFrom: ready.emailFrom });
}
