// Step 4: the test sign-in. Its form leads to the IdP; the answer comes to the ACS and is shown here, to this session alone.

import { SsoError } from '../../../core/errors';
import { decidedSource, sameSource, sourceText } from '../../../admin/setup/decided-source';
import { noteChange } from '../../../admin/setup/history';
import { writeDraft } from '../../../admin/setup/documents';
import type { TestFindings } from '../../../admin/setup/judge-test';
import { productById } from '../../../admin/setup/product-words';
import { reportText } from '../../../admin/setup/report';
import {
  acsFieldOf,
  assignmentOf,
  beginTest,
  readTest,
  relayStateFieldOf,
  type TestRecord,
} from '../../../admin/setup/test-sign-in';
import { formActionTo } from '../../headers';
import { markup, type Html } from '../../html';
import { postBindingPage } from '../../pages/post-binding';
import { redirect, sendPage, sendText } from '../../reply';
import { code, english, named } from '../../text/values';
import type { Route } from '../../visit';
import { inLine } from '../form';
import { findingsContent, sourceInWords, sourceLine } from '../pages/findings';
import { copyButton, lines } from '../pages/fields';
import type { SetupParts } from '../portal';
import { siteNameOf } from '../site-name';
import { addressOf, ownInputs, readStepForm, sendStep, withStep, type Step } from '../step';

const at = '/setup/test';
const sourceAt = '/setup/source';
const reportAt = '/setup/report';
/** Whoever has not come back by then met an error page of their IdP. */
const NOTHING_CAME_MS = 5 * 60_000;

export const testRoute = (parts: SetupParts): Route => ({
  path: at,
  methods: { GET: withStep(parts, show), POST: withStep(parts, begin) },
  refusals: 'page',
});

export const sourceRoute = (parts: SetupParts): Route => ({
  path: sourceAt,
  methods: { POST: withStep(parts, chooseSource) },
  refusals: 'page',
});

export const reportRoute = (parts: SetupParts): Route => ({
  path: reportAt,
  methods: { GET: withStep(parts, report) },
  refusals: 'page',
});

async function show(step: Step): Promise<void> {
  const { visit, words, parts, session, draft } = step;
  const { connection } = draft;
  if (connection === undefined) {
    redirect(visit, 303, addressOf(step, '/setup/metadata'));
    return;
  }
  const say = words.setup.test;
  const record = await readTest(parts.documents, session);
  const sinceMs = record === undefined ? 0 : visit.context.clock.now() - record.startedAt;
  const locations = connection.identityProvider.singleSignOnServices.map(({ location }) => location);
  const findings = record?.findings;
  const content = markup`<h1>${say.heading}</h1>
${record === undefined ? markup`<p>${say.intro}</p><p>${say.assigned}</p>` : resultOf(step, record, sinceMs)}
<form method="post" action="${addressOf(step, at)}">
${ownInputs(step)}
<div class="actions"><button type="submit"${findings?.passed === true ? markup` class="plain"` : undefined}>${record === undefined ? say.start : say.again}</button>${record?.endedAt === undefined ? undefined : markup`<a class="button plain" href="${addressOf(step, reportAt)}">${say.report}</a>`}</div>
</form>
${findings === undefined ? undefined : findingsContent({ findings, product: productIn(step), words })}
${record === undefined || findings === undefined ? undefined : reportField(step, record)}`;
  const formAction = `'self' ${formActionTo([addressOf(step, at), ...locations])}`;
  sendStep(step, { title: say.title, at, formAction }, content);
}

function resultOf(step: Step, record: TestRecord, sinceMs: number): Html {
  const { findings } = record;
  const { setup, instant } = step.words;
  const say = setup.test;
  if (record.outdated === true)
    return markup`<div class="note odd" role="status"><p>${say.outdated}</p></div>`;
  if (record.endedAt === undefined) return waitingNote(step, record, sinceMs);
  if (findings?.passed !== true)
    return markup`<div class="note bad" role="status"><p>${say.failed}</p></div>`;
  return markup`<div class="note good" role="status"><p>${say.passed(instant(record.endedAt))}</p></div>
${sourceChoice(step, findings)}`;
}

function waitingNote(step: Step, { startedAt }: TestRecord, sinceMs: number): Html {
  const { setup, instant } = step.words;
  const say = setup.test;
  const assignment = assignmentOf(step.draft.value.product);
  const product = productIn(step);
  const menu =
    product === undefined || assignment === undefined
      ? undefined
      : markup` ${say.atProduct(product, english(assignment))}`;
  const help = markup`<p>${say.isAssigned}${menu}</p>
<p>${say.relayState(code('SAML_ISSUER_MISMATCH'), code('SAML_RESPONSE_UNSOLICITED'))}${relayField(step)}</p>
${otherBinding(step)}`;
  return sinceMs < NOTHING_CAME_MS
    ? markup`<div class="note" role="status"><p>${say.waiting(instant(startedAt))}</p>${help}<p><a href="${addressOf(step, at)}">${say.lookAgain}</a></p></div>`
    : markup`<div class="note bad" role="status"><p>${say.nothing(instant(startedAt))}</p>${help}</div>`;
}

function relayField(step: Step): Html | undefined {
  const field = relayStateFieldOf(step.draft.value.product);
  const product = productIn(step);
  if (field === undefined || product === undefined) return undefined;
  return markup` ${step.words.setup.test.emptyField(product, english(field))}`;
}

function otherBinding(step: Step): Html {
  const { test: say } = step.words.setup;
  const field = acsFieldOf(step.draft.value.product);
  const product = productIn(step);
  const menu =
    product === undefined || field === undefined
      ? undefined
      : markup` ${say.atProduct(product, english(field))}`;
  return markup`<p>${say.otherBinding(code('HTTP_FIELD_MISSING'), code('HTTP_METHOD_NOT_ALLOWED'))}${menu}</p>`;
}

/** Which place holds the address: decided by the operator, by itself where there is one, else by the admin. */
function sourceChoice(step: Step, { sources }: TestFindings): Html {
  const { test: say, findings: saySource } = step.words.setup;
  const entry = step.visit.context.connections.byName(step.session.link.connection);
  const decided = entry === undefined ? undefined : decidedSource(entry, step.draft.value);
  const [first, second] = sources;
  if (first === undefined) return markup``;
  const next = markup`<div class="actions"><a class="button" href="${addressOf(step, '/setup/activate')}">${say.go}</a></div>`;
  if (second === undefined) return markup`<p>${say.knownBy(sourceLine(first, saySource))}</p>${next}`;
  return markup`<form method="post" action="${addressOf(step, sourceAt)}">
${ownInputs(step)}
<fieldset><legend>${say.whichAddress}</legend>
<p>${say.several}</p>
${sources.map(
  (source) =>
    markup`<label class="choice"><input type="radio" name="from" value="${sourceText(source.from)}" required${decided !== undefined && sameSource(decided, source.from) ? markup` checked` : undefined}> <span>${sourceLine(source, saySource)}</span></label>`,
)}</fieldset>
<button type="submit">${say.useAddress}</button>
</form>${decided === undefined ? undefined : markup`<p>${say.decided(sourceInWords(decided, saySource))}</p>${next}`}`;
}

async function begin(step: Step): Promise<void> {
  const { visit, parts, session } = step;
  await readStepForm(step, []);
  const { admission, client, context } = visit;
  // Each costs a signature, as a sign-in does.
  const message = await admission.logins.do('logins', { client, bytes: 0 }, () =>
    beginTest(context, parts.documents, session),
  );
  if (message === undefined) redirect(visit, 303, addressOf(step, '/setup/metadata'));
  else if (message.binding === 'redirect') redirect(visit, 303, message.location);
  else {
    // An IdP may look at the Origin of a form.
    visit.response.setHeader('Referrer-Policy', 'strict-origin');
    sendPage(visit, 200, postBindingPage(message, step.words));
  }
}

async function chooseSource(step: Step): Promise<void> {
  const { visit, parts, session, draft } = step;
  const { from } = await readStepForm(step, ['from'], { changes: true });
  const emailFrom = draft.value.passed?.sources.find((source) => sourceText(source) === from);
  if (emailFrom === undefined)
    throw new SsoError('HTTP_FIELD_INVALID', {
      field: 'from',
      form: 'a place where the test found an address',
    });
  const value = { ...draft.value, emailFrom };
  const { connection, id: link } = session.link;
  const { reference, context } = visit;
  const act = { by: link, at: context.clock.now() };
  await inLine(visit, 0, async () => {
    await writeDraft(parts.documents, connection, { value, version: draft.version });
    await noteChange(parts.documents, connection, { ...act, what: 'emailFrom', now: sourceText(emailFrom) });
  });
  context.events.emit({ type: 'setup.changed', reference, connection, link, change: 'emailFrom' });
  redirect(visit, 303, addressOf(step, '/setup/activate'));
}

const productIn = ({ draft }: Step): Html | undefined => {
  const product = productById(draft.value.product);
  return product && named(product.name);
};

/** In English, whoever reads the pages: it goes to whoever helps. */
const textOf = ({ visit, session, draft }: Step, record: TestRecord): string =>
  reportText(record, {
    site: siteNameOf(visit.context, session.link.connection),
    connection: session.link.connection,
    product: productById(draft.value.product)?.name ?? 'another one',
  });

function reportField(step: Step, record: TestRecord): Html {
  const { test: say, frame } = step.words.setup;
  return markup`<h2>${say.forHelp}</h2><div class="field"><label for="report">${say.reportField}</label><div class="row"><textarea id="report" class="value" lang="en" dir="ltr" rows="6" readonly>${lines(textOf(step, record))}</textarea>${copyButton(frame, 'report', markup`${say.reportField}`)}</div></div>`;
}

async function report(step: Step): Promise<void> {
  const record = await readTest(step.parts.documents, step.session);
  if (record === undefined) throw new SsoError('HTTP_NOT_FOUND');
  const { response } = step.visit;
  sendText(response, { status: 200, type: 'text/plain; charset=utf-8', text: textOf(step, record) });
}
