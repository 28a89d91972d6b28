// The preview: what we understood, and one button that saves it.

import type { Preview } from '../../../admin/setup/preview';
import type { BroughtMetadata } from '../../../admin/setup/documents';
import { markup, type Html } from '../../html';
import { hiddenInputs } from '../../pages/hidden-inputs';
import type { SetupText } from '../../text/setup/en';
import { code, english, named } from '../../text/values';
import type { Words } from '../../text/words';

export interface PreviewView {
  readonly words: Words;
  readonly preview: Extract<Preview, { kind: 'understood' }>;
  readonly metadata: BroughtMetadata;
  /** What it would have meant for those who signed in lately. */
  readonly experience: Html | undefined;
  /** What the form carries of session and draft. */
  readonly own: readonly Html[];
  /** Where "Use this" is posted to, and where one goes back to. */
  readonly useUrl: string;
  readonly backUrl: string;
}

export function previewContent({
  words,
  preview,
  metadata,
  experience,
  own,
  useUrl,
  backUrl,
}: PreviewView): Html {
  const { entityId, displayName, endpoints, validUntil, skipped } = preview;
  const say = words.setup.preview;
  return markup`<h1>${say.title}</h1>
<p>${say.notSaved}</p>
<dl>
<dt>${say.entityId}</dt><dd>${code(entityId)}</dd>
${displayName === undefined ? undefined : markup`<dt>${say.name}</dt><dd>${named(displayName)}</dd>`}
${endpoints.map((endpoint) => markup`<dt>${say.signInAddress}</dt><dd>${code(endpoint)}</dd>`)}
${validUntil === undefined ? undefined : markup`<dt>${say.validUntil}</dt><dd>${words.instant(validUntil)}</dd>`}
</dl>
${keysOf(preview, words)}
${skipped.length === 0 ? undefined : skippedList(skipped, say)}
${changesOf(preview, say)}
${experience}
<form method="post" action="${useUrl}">
${own}
${hiddenInputs([
  // In base64, because a form changes line breaks.
  ['xml', Buffer.from(metadata.xml).toString('base64')],
  ['origin', metadata.origin],
  ['address', metadata.address],
])}
<div class="actions"><button type="submit">${say.use}</button><a class="button plain" href="${backUrl}">${say.other}</a></div>
</form>`;
}

const keysOf = ({ keys }: PreviewView['preview'], { setup, instant }: Words): Html => {
  const say = setup.preview;
  return markup`<h2>${say.certificates}</h2>
${keys.map(
  ({ subject, thumbprint, notAfter, expired }) => markup`<dl>
<dt>${say.name}</dt><dd>${named(subject)}</dd>
<dt><bdi dir="ltr">SHA-256</bdi></dt><dd>${code(thumbprint)}</dd>
<dt>${say.ends}</dt><dd>${instant(notAfter)}${expired ? markup` <strong>${say.isOver}</strong>` : undefined}</dd>
</dl>`,
)}`;
};

const skippedList = (
  skipped: readonly { readonly problem: string; readonly hint: string }[],
  say: SetupText['preview'],
): Html =>
  markup`<h2>${say.leftOut}</h2><ul>${skipped.map(({ problem, hint }) => markup`<li>${english(`${problem} ${hint}`)}</li>`)}</ul>`;

function changesOf({ changes }: PreviewView['preview'], say: SetupText['preview']): Html | undefined {
  if (changes === undefined) return undefined;
  const { keysAdded, keysRemoved, endpointsAdded, endpointsRemoved } = changes;
  const rows: readonly [string, readonly string[] | undefined][] = [
    [say.newCertificate, keysAdded],
    [say.certificateGoes, keysRemoved],
    [say.newAddress, endpointsAdded],
    [say.addressGoes, endpointsRemoved],
  ];
  return markup`<h2>${say.changes}</h2><dl>${rows.flatMap(([label, texts = []]) =>
    texts.map((text) => markup`<dt>${label}</dt><dd>${code(text)}</dd>`),
  )}</dl>`;
}
