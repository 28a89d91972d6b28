// A change on its way, beside what it would have meant for those who signed in lately.

import { judgeByExperience, type Experience, type ProposedChange } from '../../admin/sign-in-log/experience';
import { markup, type Html } from '../html';
import { code } from '../text/values';
import type { Words } from '../text/words';
import type { Step } from './step';

/** Undefined while nobody has signed in. */
export async function experienceWith(
  { parts, session, words }: Pick<Step, 'parts' | 'session' | 'words'>,
  change: ProposedChange,
): Promise<Html | undefined> {
  const found = await judgeByExperience(parts.documents, session.link.connection, change);
  return found === undefined ? undefined : experienceNote(found, words);
}

function experienceNote(found: Experience, { log, language }: Words): Html {
  const { experience: say } = log;
  const { signIns, pass, otherIdentityProvider, byMissingKey, noAddress, otherAddress } = found;
  const inWords = (count: number): string => new Intl.NumberFormat(language).format(count);
  const summary = say.pass(inWords(signIns), inWords(pass));
  if (pass === signIns) return markup`<div class="note good"><p>${summary}</p></div>`;
  const reasons: readonly (readonly [count: number, text: string, key?: string])[] = [
    [otherIdentityProvider, say.otherIdentityProvider],
    ...byMissingKey.map(({ thumbprint, count }) => [count, say.missingKey, thumbprint] as const),
    [noAddress, say.noAddress],
    [otherAddress, say.otherAddress],
  ];
  const items = reasons
    .filter(([count]) => count > 0)
    .map(
      ([count, text, key]) =>
        markup`<li>${inWords(count)} × ${text}${key === undefined ? undefined : markup` ${code(key)}`}</li>`,
    );
  return markup`<div class="note odd"><p><strong>${say.title}.</strong> ${summary}</p><ul>${items}</ul><p>${say.wait}</p></div>`;
}
