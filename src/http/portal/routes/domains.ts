// The step in which the owner of a domain says in the DNS that this connection may vouch for it. There only where the operator
// demands proofs. A look asks for the domains of the configuration alone: nothing that an admin types becomes a question.

import { SsoError } from '../../../core/errors';
import type { DomainProofs, DomainView, LookedAt } from '../../../sso/domain-proofs';
import { markup, type Html } from '../../html';
import type { Route } from '../../visit';
import { code, english, named } from '../../text/values';
import type { Words } from '../../text/words';
import { copyField } from '../pages/fields';
import type { SetupParts } from '../portal';
import { addressOf, ownInputs, readStepForm, sendStep, withStep, type Step } from '../step';

const at = '/setup/domains';
/** One click. The rest is looked for by the hour. */
const LOOKS = 20;

export const domainsRoute = (parts: SetupParts): Route => ({
  path: at,
  methods: { GET: withStep(parts, show), POST: withStep(parts, look) },
  refusals: 'page',
});

/** @throws HTTP_NOT_FOUND where domains need no proof */
function domainsOf({ visit, session }: Step): {
  readonly proofs: DomainProofs;
  readonly connection: { readonly name: string; readonly site: string };
  readonly domains: readonly string[];
} {
  const { domainProofs: proofs, connections } = visit.context;
  const settings = connections.byName(session.link.connection)?.settings;
  if (proofs === undefined || settings === undefined) throw new SsoError('HTTP_NOT_FOUND');
  const { emailDomains } = settings.policy;
  return { proofs, connection: settings, domains: emailDomains === '*' ? [] : [...emailDomains] };
}

async function show(step: Step): Promise<void> {
  const { proofs, connection, domains } = domainsOf(step);
  send(
    step,
    (await proofs.views(connection.name, domains)).map((view) => ({ view })),
  );
}

async function look(step: Step): Promise<void> {
  await readStepForm(step, []);
  const { proofs, connection, domains } = domainsOf(step);
  const { admission, client } = step.visit;
  // Name servers may be slow, and nobody who signs in waits behind them.
  const looked = await admission.fetches.do('fetches', { client, bytes: 0 }, () =>
    Promise.all(domains.slice(0, LOOKS).map((domain) => proofs.look(connection, domain))),
  );
  const others = await proofs.views(connection.name, domains.slice(LOOKS));
  send(step, [...looked, ...others.map((view) => ({ view }))]);
}

type Shown = Partial<LookedAt> & { readonly view: DomainView };

function send(step: Step, all: readonly Shown[]): void {
  const { domains: say, frame } = step.words.setup;
  const isDone = all.every(({ view }) => view.standing === 'proven');
  const next = markup`<a class="button${isDone ? '' : ' plain'}" href="${addressOf(step, '/setup/test')}">${say.next}</a>`;
  const content = markup`<h1>${say.heading}</h1>
<p>${say.introduction}</p>
${all.map((each, index) => partOf(step.words, each, index))}
<form method="post" action="${addressOf(step, at)}">
${ownInputs(step)}
<div class="actions"><button type="submit"${isDone ? markup` class="plain"` : undefined}>${say.check}</button>${next}</div>
</form>
${isDone ? undefined : markup`<p class="soft">${say.hourly}</p>`}`;
  sendStep(step, { title: frame.stepDomains, at }, content);
}

const looks = { proven: 'good', missing: 'bad', unproven: 'odd' } as const;

function partOf({ setup }: Words, { view, sight, reason }: Shown, index: number): Html {
  const { domains: say, frame } = setup;
  const { domain, standing, record } = view;
  const id = `domain-${String(index)}`;
  const news =
    sight === 'unknown'
      ? markup` ${say.noAnswer(english(reason ?? 'unknown'))}`
      : sight === 'absent'
        ? markup` ${say.notFound}`
        : undefined;
  return markup`<h2>${named(domain)}</h2>
<div class="note ${looks[standing]}"${sight === undefined ? undefined : markup` role="status"`}><p><strong>${say.standing[standing]}</strong>${standing === 'missing' ? markup` ${say.missing}` : undefined}${news}</p></div>
<p>${say.type}</p>
${copyField(frame, { id: `${id}-name`, label: markup`${say.name}`, value: record.name, note: say.nameNote(code(domain)) })}
${copyField(frame, { id: `${id}-value`, label: markup`${say.value}`, value: record.text })}`;
}
