// Step 1: which product is it. Everything after this is in its words.

import { SsoError } from '../../../core/errors';
import { idpProducts } from '../../../admin/idps/index';
import { noteChange } from '../../../admin/setup/history';
import { writeDraft } from '../../../admin/setup/documents';
import { markup } from '../../html';
import { redirect } from '../../reply';
import { named } from '../../text/values';
import type { Route } from '../../visit';
import { inLine } from '../form';
import type { SetupParts } from '../portal';
import { addressOf, readStepForm, sendStep, ownInputs, withStep, type Step } from '../step';

const at = '/setup/connect';
export const OTHER = 'other';

export const connectRoute = (parts: SetupParts): Route => ({
  path: at,
  methods: { GET: withStep(parts, show), POST: withStep(parts, choose) },
  refusals: 'page',
});

function show(step: Step): void {
  const say = step.words.setup.connect;
  const chosen = step.draft.value.product;
  const products = idpProducts.map(({ id, name }) => ({ id, name: named(name) }));
  const choices = [...products, { id: OTHER, name: say.other }].map(
    ({ id, name }) =>
      markup`<label><input type="radio" name="product" value="${id}" required${id === chosen ? markup` checked` : undefined}> <span>${name}</span></label>`,
  );
  const content = markup`<h1>${say.heading}</h1>
<p>${say.intro}</p>
<form method="post" action="${addressOf(step, at)}">
${ownInputs(step)}
<fieldset><legend>${say.legend}</legend><div class="choices">${choices}</div></fieldset>
<button type="submit">${say.go}</button>
</form>`;
  sendStep(step, { title: say.title, at }, content);
}

async function choose(step: Step): Promise<void> {
  const { visit, parts, session, draft } = step;
  const { product } = await readStepForm(step, ['product'], { changes: true });
  if (product === undefined || ![...idpProducts.map(({ id }) => id), OTHER].includes(product))
    throw new SsoError('HTTP_FIELD_INVALID', { field: 'product', form: 'one of the list' });
  const value = { ...draft.value, product };
  const { reference, context } = visit;
  const { connection, id: link } = session.link;
  const act = { by: link, at: context.clock.now() };
  await inLine(visit, 0, async () => {
    await writeDraft(parts.documents, connection, { value, version: draft.version });
    await noteChange(parts.documents, connection, { ...act, what: 'product', now: product });
  });
  context.events.emit({ type: 'setup.changed', reference, connection, link, change: 'product' });
  redirect(visit, 303, addressOf(step, '/setup/values'));
}
