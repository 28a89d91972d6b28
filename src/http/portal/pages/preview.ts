// The preview: what we understood, and one button that saves it.

import type { Preview } from '../../../admin/setup/preview';
import type { BroughtMetadata } from '../../../admin/setup/documents';
import { markup, type Html } from '../../html';
import { hiddenInputs } from '../../pages/hidden-inputs';
import { instant } from './frame';

export interface PreviewView {
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

export function previewContent({ preview, metadata, experience, own, useUrl, backUrl }: PreviewView): Html {
  const { entityId, displayName, endpoints, keys, validUntil, skipped } = preview;
  return markup`<h1>Is this your identity provider?</h1>
<p>This is what we understood. Nothing is saved yet.</p>
<dl>
<dt>Entity ID</dt><dd><code>${entityId}</code></dd>
${displayName === undefined ? undefined : markup`<dt>Name</dt><dd>${displayName}</dd>`}
${endpoints.map((endpoint) => markup`<dt>Sign-in address</dt><dd><code>${endpoint}</code></dd>`)}
${validUntil === undefined ? undefined : markup`<dt>Valid until</dt><dd>${instant(validUntil)}</dd>`}
</dl>
<h2>Certificates that may sign</h2>
${keys.map(
  ({ subject, thumbprint, notAfter, expired }) => markup`<dl>
<dt>Name</dt><dd>${subject}</dd>
<dt>SHA-256</dt><dd><code>${thumbprint}</code></dd>
<dt>Ends</dt><dd>${instant(notAfter)}${expired ? markup` <strong>(is over: it still works, renew it soon)</strong>` : undefined}</dd>
</dl>`,
)}
${skipped.length === 0 ? undefined : skippedList(skipped)}
${changesOf(preview)}
${experience}
<form method="post" action="${useUrl}">
${own}
${hiddenInputs([
  // In base64, because a form changes line breaks.
  ['xml', Buffer.from(metadata.xml).toString('base64')],
  ['origin', metadata.origin],
  ['address', metadata.address],
])}
<div class="actions"><button type="submit">Use this</button><a class="button plain" href="${backUrl}">Try something else</a></div>
</form>`;
}

const skippedList = (skipped: readonly { readonly problem: string; readonly hint: string }[]): Html =>
  markup`<h2>What was left out</h2><ul>${skipped.map(({ problem, hint }) => markup`<li>${problem} ${hint}</li>`)}</ul>`;

function changesOf({ changes }: PreviewView['preview']): Html | undefined {
  if (changes === undefined) return undefined;
  const { keysAdded, keysRemoved, endpointsAdded, endpointsRemoved } = changes;
  const rows: readonly [string, readonly string[] | undefined][] = [
    ['New certificate', keysAdded],
    ['Certificate that goes', keysRemoved],
    ['New address', endpointsAdded],
    ['Address that goes', endpointsRemoved],
  ];
  return markup`<h2>What changes for people who sign in now</h2><dl>${rows.flatMap(([label, texts = []]) =>
    texts.map((text) => markup`<dt>${label}</dt><dd><code>${text}</code></dd>`),
  )}</dl>`;
}
