// Step 2: our values under the field names of the chosen product, and what to do on its screens, in order.

import { ourFields, type OurField } from '../../../admin/setup/our-fields';
import type { IdpProduct } from '../../../admin/idps/index';
import { productById } from '../../../admin/setup/product-words';
import { markup, type Html } from '../../html';
import { redirect } from '../../reply';
import { english, named } from '../../text/values';
import type { Words } from '../../text/words';
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
  const { visit, words, session, draft } = step;
  const { product: id } = draft.value;
  if (id === undefined) {
    redirect(visit, 303, addressOf(step, '/setup/connect'));
    return;
  }
  const { serviceProvider } = visit.context;
  const say = words.setup.values;
  const product = productById(id);
  const fields = ourFields(serviceProvider, { product: id, connection: session.link.connection });
  const metadata = addressOf(step, '/saml/metadata');
  const content = markup`<h1>${say.heading(product && named(product.name))}</h1>
${product === undefined ? undefined : stepsAt(product, words)}
<h2>${say.theValues}</h2>
${fields.map((field) => fieldOf(field, words))}
<p>${say.inMetadata} <a href="${metadata}" download="wix-saml-metadata.xml">${say.download}</a></p>
${product === undefined ? undefined : trapsOf(product.traps, say.traps)}
<div class="actions"><a class="button" href="${addressOf(step, '/setup/metadata')}">${say.entered}</a></div>`;
  sendStep(step, { title: say.title, at }, content);
}

/** In English, as the product's documentation has them; who reads another language is told so. */
function stepsAt({ steps }: IdpProduct, { language, setup }: Words): Html {
  const say = setup.values;
  return markup`<h2>${say.whatToDo}</h2>
${language === 'en' ? undefined : markup`<p class="soft">${say.inEnglish}</p>`}
<ol lang="en" dir="ltr">${steps.map((text) => markup`<li>${text}</li>`)}</ol>`;
}

function fieldOf({ value, names, text }: OurField, { setup }: Words): Html {
  const say = setup.values;
  const [label = value, ...others] = names;
  if (text === '')
    return markup`<div class="field"><strong>${english(label)}</strong><p>${say.leaveEmpty}</p></div>`;
  const note = others.length === 0 ? {} : { note: say.alsoCalled(english(others.join(', '))) };
  const shown = { value: text, long: text.includes('\n'), ...note };
  return copyField(setup.frame, { id: `our-${value}`, label: english(label), ...shown });
}

const trapsOf = (traps: readonly string[], summary: string): Html =>
  markup`<details><summary>${summary}</summary><ul lang="en" dir="ltr">${traps.map((text) => markup`<li>${text}</li>`)}</ul></details>`;
