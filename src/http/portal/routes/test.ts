// Step 4: the test sign-in. Its form leads to the IdP; the answer comes to the ACS and is shown here, to this session alone.

import { SsoError } from '../../../core/errors';
import { decidedSource, sameSource, sourceText } from '../../../admin/setup/decided-source';
import { writeDraft } from '../../../admin/setup/documents';
import type { TestFindings } from '../../../admin/setup/judge-test';
import { productById } from '../../../admin/setup/product-words';
import { reportText } from '../../../admin/setup/report';
import { assignmentOf, beginTest, readTest, type TestRecord } from '../../../admin/setup/test-sign-in';
import { formActionTo } from '../../headers';
import { markup, type Html } from '../../html';
import { postBindingPage } from '../../pages/post-binding';
import { redirect, sendPage, sendText } from '../../reply';
import type { Route } from '../../visit';
import { inLine } from '../form';
import { findingsContent, sourceInWords, sourceLine } from '../pages/findings';
import { lines } from '../pages/fields';
import { instant } from '../pages/frame';
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
  const { visit, parts, session, draft } = step;
  const { connection } = draft;
  if (connection === undefined) {
    redirect(visit, 303, addressOf(step, '/setup/metadata'));
    return;
  }
  const record = await readTest(parts.documents, session);
  const sinceMs = record === undefined ? 0 : visit.context.clock.now() - record.startedAt;
  const locations = connection.identityProvider.singleSignOnServices.map(({ location }) => location);
  const content = markup`<h1>Test the sign-in</h1>
${record === undefined ? introduction() : resultOf(step, record, sinceMs)}
<form method="post" action="${addressOf(step, at)}">
${ownInputs(step)}
<div class="actions"><button type="submit"${record?.findings?.passed === true ? markup` class="plain"` : undefined}>${record === undefined ? 'Start the test' : 'Test again'}</button>${record?.endedAt === undefined ? undefined : markup`<a class="button plain" href="${addressOf(step, reportAt)}">Report as text</a>`}</div>
</form>
${record?.findings === undefined ? undefined : findingsContent(record.findings, productName(step))}
${record?.findings === undefined ? undefined : reportField(step, record)}`;
  const formAction = `'self' ${formActionTo([addressOf(step, at), ...locations])}`;
  sendStep(step, { title: 'Test', at, formAction }, content);
}

const introduction = (): Html =>
  markup`<p>You are taken to your identity provider, sign in there as usual, and come back here. Nobody is signed in to the site by it, and nothing is changed.</p>
<p>Use an account that is assigned to the application there.</p>`;

function resultOf(step: Step, record: TestRecord, sinceMs: number): Html {
  const { findings } = record;
  if (record.outdated === true)
    return markup`<div class="note odd" role="status"><p><strong>The settings were changed while you were away.</strong> Please test again.</p></div>`;
  if (record.endedAt === undefined) return waitingNote(step, record, sinceMs);
  if (findings?.passed !== true)
    return markup`<div class="note bad" role="status"><p><strong>The test failed.</strong> Nobody could sign in like this. What is to be changed stands below.</p></div>`;
  return markup`<div class="note good" role="status"><p><strong>The test passed.</strong> ${instant(record.endedAt)}</p></div>
${sourceChoice(step, findings)}`;
}

function waitingNote(step: Step, { startedAt }: TestRecord, sinceMs: number): Html {
  const assignment = assignmentOf(step.draft.value.product);
  const help = markup`<p>If your identity provider shows an error instead of sending you back: is the account assigned to the application there?${assignment === undefined ? undefined : markup` At ${productName(step)}: <strong>${assignment}</strong>.`}</p>
<p>If you saw a page of ours with the code <code>SAML_ISSUER_MISMATCH</code> or <code>SAML_RESPONSE_UNSOLICITED</code>, your identity provider brought back neither our RelayState nor the ID of our request (InResponseTo): a tile or an address of its own was opened, or its field for the RelayState is not empty.</p>`;
  return sinceMs < NOTHING_CAME_MS
    ? markup`<div class="note" role="status"><p><strong>Waiting for the answer</strong> since ${instant(startedAt)}.</p>${help}<p><a href="${addressOf(step, at)}">Look again</a></p></div>`
    : markup`<div class="note bad" role="status"><p><strong>Nothing came back</strong> from your identity provider since ${instant(startedAt)}.</p>${help}</div>`;
}

/** Which place holds the address: decided by the operator, by itself where there is one, else by the admin. */
function sourceChoice(step: Step, { sources }: TestFindings): Html {
  const entry = step.visit.context.connections.byName(step.session.link.connection);
  const decided = entry === undefined ? undefined : decidedSource(entry, step.draft.value);
  const [first, second] = sources;
  if (first === undefined) return markup``;
  const next = markup`<div class="actions"><a class="button" href="${addressOf(step, '/setup/activate')}">Continue</a></div>`;
  if (second === undefined)
    return markup`<p>People are known by the address in ${sourceLine(first)}.</p>${next}`;
  return markup`<form method="post" action="${addressOf(step, sourceAt)}">
${ownInputs(step)}
<fieldset><legend>Which one is the person’s address?</legend>
<p>More than one place holds an address. Members are known by it, so take the one that stays the same.</p>
${sources.map(
  (source) =>
    markup`<label class="choice"><input type="radio" name="from" value="${sourceText(source.from)}" required${decided !== undefined && sameSource(decided, source.from) ? markup` checked` : undefined}> ${sourceLine(source)}</label>`,
)}</fieldset>
<button type="submit">Use this address</button>
</form>${decided === undefined ? undefined : markup`<p>Decided: ${sourceInWords(decided)}.</p>${next}`}`;
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
    sendPage(visit, 200, postBindingPage(message));
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
  await inLine(visit, 0, () =>
    writeDraft(parts.documents, session.link.connection, { value, version: draft.version }),
  );
  redirect(visit, 303, addressOf(step, '/setup/activate'));
}

const productName = ({ draft }: Step): string => productById(draft.value.product)?.name ?? 'your system';

const textOf = (step: Step, record: TestRecord): string =>
  reportText(record, {
    site: siteNameOf(step.visit.context, step.session.link.connection),
    connection: step.session.link.connection,
    product: productName(step),
  });

const reportField = (step: Step, record: TestRecord): Html =>
  markup`<h2>For whoever helps you</h2><div class="field"><label for="report">Report without addresses and keys</label><div class="row"><textarea id="report" class="value" rows="6" readonly>${lines(textOf(step, record))}</textarea><button type="button" class="plain" data-copy="report" data-done="Copied" hidden>Copy<span class="hidden-text"> the report</span></button></div></div>`;

async function report(step: Step): Promise<void> {
  const record = await readTest(step.parts.documents, step.session);
  if (record === undefined) throw new SsoError('HTTP_NOT_FOUND');
  const { response } = step.visit;
  sendText(response, { status: 200, type: 'text/plain; charset=utf-8', text: textOf(step, record) });
}
