// Step 3: the IdP's metadata by address, file, text or single values; what we understood of it; and only then is it saved.

import { SsoError } from '../../../core/errors';
import { limits } from '../../../core/limits';
import type { IdpProduct } from '../../../admin/idps/index';
import { bringMetadata, reachOf, type Bringing, type Brought } from '../../../admin/setup/bring-metadata';
import { writeDraft, type BroughtMetadata, type MetadataOrigin } from '../../../admin/setup/documents';
import { noteChange } from '../../../admin/setup/history';
import { previewOf, type Preview } from '../../../admin/setup/preview';
import { productById } from '../../../admin/setup/product-words';
import type { Trouble } from '../../../sso/read-metadata';
import { readBody } from '../../body';
import { markup, type Html } from '../../html';
import { redirect } from '../../reply';
import { code, english, named } from '../../text/values';
import type { Words } from '../../text/words';
import type { Route } from '../../visit';
import { inLine } from '../form';
import { readMultipart } from '../multipart';
import { experienceWith } from '../experience';
import { previewContent } from '../pages/preview';
import { requireFormToken, requireOwnOrigin, type SetupParts } from '../portal';
import { addressOf, readStepForm, sendStep, ownInputs, withStep, type Step } from '../step';

const at = '/setup/metadata';
const useAt = '/setup/metadata/use';
const FIELDS = [
  'token',
  'address',
  'file',
  'text',
  'entityId',
  'singleSignOnService',
  'certificate',
] as const;

export const metadataStepRoute = (parts: SetupParts): Route => ({
  path: at,
  methods: { GET: withStep(parts, (step) => show(step)), POST: withStep(parts, look) },
  refusals: 'page',
});

export const useMetadataRoute = (parts: SetupParts): Route => ({
  path: useAt,
  methods: { POST: withStep(parts, use) },
  refusals: 'page',
});

function show(step: Step, trouble?: Trouble, brought: Brought = {}): void {
  const { words, draft } = step;
  const say = words.setup.metadata;
  const content = markup`<h1>${say.heading}</h1>
${trouble === undefined ? undefined : markup`<div class="note bad" role="alert"><p><strong>${english(trouble.problem)}</strong></p><p>${english(trouble.hint)}</p></div>`}
${placeNote(productById(draft.value.product), words)}
<form method="post" action="${addressOf(step, at)}" enctype="multipart/form-data">
${ownInputs(step)}
<p class="soft">${say.oneIsEnough}</p>
<div class="field"><label for="address">${say.address}</label><input id="address" name="address" type="url" dir="ltr" inputmode="url" value="${brought.address ?? ''}" placeholder="https://"></div>
<div class="field"><label for="file">${say.file}</label><input id="file" name="file" type="file" accept=".xml,application/xml,text/xml"></div>
<div class="field"><label for="text">${say.text}</label><textarea id="text" name="text" dir="ltr" rows="5" spellcheck="false"></textarea></div>
<details${brought.entityId === undefined ? undefined : markup` open`}><summary>${say.values}</summary>
<div class="field"><label for="entityId">${say.entityId}</label><input id="entityId" name="entityId" dir="ltr" value="${brought.entityId ?? ''}"></div>
<div class="field"><label for="singleSignOnService">${say.signInAddress}</label><input id="singleSignOnService" name="singleSignOnService" type="url" dir="ltr" value="${brought.singleSignOnService ?? ''}"></div>
<div class="field"><label for="certificate">${say.certificate}</label><textarea id="certificate" name="certificate" dir="ltr" rows="5" spellcheck="false"></textarea></div>
</details>
<button type="submit">${say.look}</button>
</form>
${inUse(step)}`;
  sendStep(step, { title: say.title, at, status: trouble === undefined ? 200 : 422 }, content);
}

/** Where the product keeps its metadata. */
function placeNote(product: IdpProduct | undefined, { setup }: Words): Html | undefined {
  const place = product?.metadata.file ?? product?.metadata.address;
  if (product === undefined || place === undefined) return undefined;
  const { note } = product.metadata;
  return markup`<div class="note"><p>${setup.metadata.place(named(product.name), english(place))}</p>${note === undefined ? undefined : markup`<p>${english(note)}</p>`}</div>`;
}

function inUse(step: Step): Html | undefined {
  const { connection } = step.draft;
  if (connection === undefined) return undefined;
  const say = step.words.setup.metadata;
  return markup`<h2>${say.savedNow}</h2><p>${code(connection.identityProvider.entityId)}</p>
<p><a href="${addressOf(step, '/setup/test')}">${say.goOn}</a></p>`;
}

async function look(step: Step): Promise<void> {
  const { visit } = step;
  requireOwnOrigin(visit);
  const body = await readBody(visit, { type: 'multipart/form-data', maxBytes: limits.setupFormBytes });
  // A host application that read it before us has not made fields of it that can be trusted to be single.
  if (!Buffer.isBuffer(body)) throw new SsoError('HTTP_BODY_MALFORMED', { problem: 'was read before' });
  const values = readMultipart(body, visit.request.headers['content-type'] ?? '', FIELDS);
  requireFormToken(step.session, values.token?.toString());
  const { address, text, entityId, singleSignOnService, certificate } = values;
  const brought: Brought = {
    file: values.file,
    address: filled(address),
    text: filled(text),
    entityId: filled(entityId),
    singleSignOnService: filled(singleSignOnService),
    certificate: filled(certificate),
  };
  const reach = reachOf(visit.context.serviceProvider.baseUrl);
  const { admission, client } = visit;
  const bring = (): Promise<Bringing> => bringMetadata(brought, reach);
  const bringing = await (brought.address === undefined
    ? inLine(visit, body.length, bring)
    : admission.fetches.do('fetches', { client, bytes: 0 }, bring));
  if (bringing.kind === 'trouble') show(step, bringing.trouble, brought);
  else await sendPreview(step, bringing.metadata, brought);
}

async function sendPreview(step: Step, metadata: BroughtMetadata, brought: Brought): Promise<void> {
  const preview = previewIn(step, metadata);
  if (preview.kind === 'trouble') {
    show(step, preview.trouble, brought);
    return;
  }
  const { entityId, keys: signingKeys } = preview;
  const content = previewContent({
    ...{ words: step.words, preview, metadata, own: ownInputs(step) },
    experience: await experienceWith(step, { identityProvider: { entityId, signingKeys } }),
    useUrl: addressOf(step, useAt),
    backUrl: addressOf(step, at),
  });
  sendStep(step, { title: step.words.setup.preview.title, at }, content);
}

function previewIn({ visit, session }: Step, metadata: Pick<BroughtMetadata, 'xml'>): Preview {
  const { connections, serviceProvider, clock } = visit.context;
  const { connection: name } = session.link;
  const entry = connections.byName(name);
  if (entry === undefined) throw new SsoError('SETUP_LINK_INVALID', { problem: 'no such connection' });
  const judged = { now: clock.now(), ours: serviceProvider.entityId };
  return previewOf(entry, metadata, judged, connections.ready.get(name)?.identityProvider);
}

const filled = (octets: Buffer | undefined): string | undefined => {
  const text = octets?.toString('utf8') ?? '';
  return text.trim() === '' ? undefined : text;
};

const origins: readonly MetadataOrigin[] = ['address', 'file', 'paste', 'values'];

async function use(step: Step): Promise<void> {
  const { visit, parts, session, draft } = step;
  const fields = await readStepForm(step, ['xml', 'origin', 'address'], {
    maxBytes: limits.setupFormBytes,
    changes: true,
  });
  const origin = origins.find((one) => one === fields.origin);
  const xml = Buffer.from(fields.xml ?? '', 'base64').toString('utf8');
  const { address } = fields;
  if (origin === undefined || (origin === 'address') !== (address !== undefined))
    throw new SsoError('HTTP_FIELD_INVALID', { field: 'origin', form: 'as the preview had it' });
  const metadata = { xml, origin, ...(address === undefined ? {} : { address }) };
  // The form says what the preview showed; it is judged again, because a form says anything.
  const preview = previewIn(step, metadata);
  if (preview.kind === 'trouble') {
    show(step, preview.trouble);
    return;
  }
  const by = { by: session.link.id, at: visit.context.clock.now() };
  const { product, emailFrom } = draft.value;
  const value = {
    ...(product === undefined ? {} : { product }),
    ...(emailFrom === undefined ? {} : { emailFrom }),
    metadata: { ...metadata, ...by },
  };
  const { connection } = session.link;
  await inLine(visit, xml.length, async () => {
    await writeDraft(parts.documents, connection, { value, version: draft.version });
    await noteChange(parts.documents, connection, { ...by, what: 'metadata', now: preview.entityId });
  });
  const { reference, context } = visit;
  const about = { reference, connection, link: session.link.id, identityProvider: preview.entityId };
  context.events.emit({ type: 'setup.metadataBrought', ...about });
  redirect(
    visit,
    303,
    addressOf(step, context.domainProofs === undefined ? '/setup/test' : '/setup/domains'),
  );
}
