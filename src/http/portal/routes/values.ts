// Step 2: our values under the field names of the chosen product, and what to do on its screens, in order.

import { ourFields, type OurField } from '../../../admin/setup/our-fields';
import { productById } from '../../../admin/setup/product-words';
import { markup, type Html } from '../../html';
import { redirect } from '../../reply';
import type { Route } from '../../visit';
import { copyField } from '../pages/fields';
import type { SetupParts } from '../portal';
import { addressOf, sendStep, withStep, type Step } from '../step';

const at = '/setup/values';

export const valuesRoute = (parts: SetupParts): Route => ({
  path: at,
  methods: { GET: withStep(parts, show) },
  refusals: 'page',
});

function show(step: Step): void {
  const { visit, session, draft } = step;
  const { product: id } = draft.value;
  if (id === undefined) {
    redirect(visit, 303, addressOf(step, '/setup/connect'));
    return;
  }
  const { serviceProvider } = visit.context;
  const product = productById(id);
  const fields = ourFields(serviceProvider, { product: id, connection: session.link.connection });
  const name = product?.name ?? 'your system';
  const metadata = addressOf(step, '/saml/metadata');
  const content = markup`<h1>Enter our values at ${name}</h1>
${product === undefined ? undefined : markup`<h2>What to do there</h2><ol>${product.steps.map((text) => markup`<li>${text}</li>`)}</ol>`}
<h2>The values</h2>
${fields.map(fieldOf)}
<p>All of this is also in our metadata: <a href="${metadata}" download="wix-saml-metadata.xml">download it as a file</a>.</p>
${product === undefined ? undefined : trapsOf(product.traps)}
<div class="actions"><a class="button" href="${addressOf(step, '/setup/metadata')}">I have entered them</a></div>`;
  sendStep(step, { title: 'Our values', at }, content);
}

function fieldOf({ value, names, text }: OurField): Html {
  const [label = value, ...others] = names;
  if (text === '')
    return markup`<div class="field"><strong>${label}</strong><p>Leave this field empty.</p></div>`;
  const also = others.length === 0 ? {} : { note: `Also called: ${others.join(', ')}` };
  return copyField({ id: `our-${value}`, label, value: text, long: text.includes('\n'), ...also });
}

const trapsOf = (traps: readonly string[]): Html =>
  markup`<details><summary>What often goes wrong there</summary><ul>${traps.map((text) => markup`<li>${text}</li>`)}</ul></details>`;
