// A change on its way, beside what it would have meant for those who signed in lately.

import { judgeByExperience, type Experience, type ProposedChange } from '../../admin/sign-in-log/experience';
import { markup, type Html } from '../html';
import { experienceWords as say } from './pages/log-words';
import type { Step } from './step';

/** Undefined while nobody has signed in. */
export async function experienceWith(
  { parts, session }: Pick<Step, 'parts' | 'session'>,
  change: ProposedChange,
): Promise<Html | undefined> {
  const found = await judgeByExperience(parts.documents, session.link.connection, change);
  return found === undefined ? undefined : experienceNote(found);
}

function experienceNote(found: Experience): Html {
  const { signIns, pass, otherIdentityProvider, byMissingKey, noAddress, otherAddress } = found;
  if (pass === signIns) return markup`<div class="note good"><p>${say.all(signIns)}</p></div>`;
  const sentences = [
    ...(otherIdentityProvider > 0
      ? [markup`<li>${say.otherIdentityProvider(otherIdentityProvider)}</li>`]
      : []),
    ...byMissingKey.map(
      ({ thumbprint, count }) => markup`<li>${say.missingKey(count)} <code>${thumbprint}</code></li>`,
    ),
    ...(noAddress > 0 ? [markup`<li>${say.noAddress(noAddress)}</li>`] : []),
    ...(otherAddress > 0 ? [markup`<li>${say.otherAddress(otherAddress)}</li>`] : []),
  ];
  return markup`<div class="note odd"><p><strong>${say.title}.</strong> ${say.pass(found)}</p><ul>${sentences}</ul><p>${say.wait}</p></div>`;
}
