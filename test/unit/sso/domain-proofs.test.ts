// A domain from its first record to its loss, as documents, events and the gate know it. Days by hand; about 2 s.

import { randomBytes } from 'node:crypto';
import type { TxtAnswer } from '../../../src/core/txt-lookup';
import { DomainProofs } from '../../../src/sso/domain-proofs';
import { proofName, recordName } from '../../../src/sso/domain-proof';
import { lookAtAll, watchDomains } from '../../../src/sso/domain-watch';
import { requireProof } from '../../../src/sso/require-proof';
import { sealedDocuments, type SealedDocuments } from '../../../src/stores/sealed-documents';
import { StateKeys } from '../../../src/stores/state-keys';
import { setting, type Setting } from '../../support/makers/setting';

const DAY = 86_400_000;
const acme = { name: 'acme', site: 'portal' };
const DOMAIN = 'acme.example';
let world: Setting;
let documents: SealedDocuments;
let proofs: DomainProofs;
let dns: (name: string) => TxtAnswer;

beforeEach(() => {
  world = setting();
  documents = sealedDocuments(world.context);
  dns = () => ({ kind: 'absent' });
  proofs = proofsWith(world.context.stateKeys);
});

const proofsWith = (stateKeys: StateKeys): DomainProofs =>
  new DomainProofs({ ...world.context, documents, stateKeys, lookup: (name) => Promise.resolve(dns(name)) });

const textOf = async (connection = 'acme', domain = DOMAIN): Promise<string> =>
  (await proofs.view(connection, domain)).record.text;

async function put(...others: string[]): Promise<void> {
  const text = await textOf();
  dns = (name) =>
    name === recordName(DOMAIN) ? { kind: 'found', texts: [...others, text] } : { kind: 'absent' };
}

const gone = (): void => void (dns = () => ({ kind: 'absent' }));
const silent = (): void => void (dns = () => ({ kind: 'unknown', reason: 'ESERVFAIL' }));
const standing = (): Promise<string> => proofs.standing('acme', DOMAIN);
const told = (): unknown[] =>
  world.lines.map(({ event, fields }) => (event === 'domain.lost' ? [event, fields['days']] : [event]));

async function proven(): Promise<void> {
  await put();
  await proofs.look(acme, DOMAIN);
  expect(await standing()).toBe('proven');
}

/** Looks as the watch does, a day at a time. */
async function days(count: number): Promise<void> {
  for (let day = 0; day < count; day += 1) {
    world.clock.advance(DAY);
    await proofs.look(acme, DOMAIN);
  }
}

describe('the record', () => {
  it('lies below a label of its own and has another text for every connection and domain', async () => {
    const { record } = await proofs.view('acme', DOMAIN);
    expect(record).toEqual({
      name: '_wix-saml.acme.example',
      text: expect.stringMatching(/^wix-saml=[A-Za-z0-9_-]{32}$/) as unknown,
    });
    const texts = [record.text, await textOf('globex'), await textOf('acme', 'acme.org')];
    expect(new Set(texts).size).toBe(3);
    expect(await textOf()).toBe(record.text);
    expect(await proofsWith(new StateKeys([randomBytes(32)])).view('acme', DOMAIN)).not.toMatchObject({
      record,
    });
  });

  it.each<[string, (text: string) => string[]]>([
    ['beside others', (text) => ['v=spf1 -all', text, 'x'.repeat(255)]],
    ['in quotation marks and blanks', (text) => [` "${text}" `]],
  ])('is found %s', async (_title, texts) => {
    const text = await textOf();
    dns = () => ({ kind: 'found', texts: texts(text) });
    expect(await proofs.look(acme, DOMAIN)).toMatchObject({ sight: 'found', view: { standing: 'proven' } });
    expect(told()).toEqual([['domain.proven']]);
  });

  it('proves nothing with the text of another connection, of another domain, or a part of it', async () => {
    const text = await textOf();
    const wrong = [
      await textOf('globex'),
      await textOf('acme', 'acme.org'),
      text.slice(0, -1),
      `${text}x`,
      '',
    ];
    dns = () => ({ kind: 'found', texts: [...wrong, text.toLowerCase(), `x ${text}`] });
    expect(await proofs.look(acme, DOMAIN)).toMatchObject({
      sight: 'absent',
      view: { standing: 'unproven' },
    });
    expect(await standing()).toBe('unproven');
  });

  it('goes on to count when the state keys change, before and after it was found', async () => {
    const [old, young] = [randomBytes(32), randomBytes(32)];
    proofs = proofsWith(new StateKeys([old]));
    const text = await textOf();
    documents = sealedDocuments({ ...world.context, stateKeys: new StateKeys([young, old]) });
    proofs = proofsWith(new StateKeys([young, old]));
    dns = () => ({ kind: 'found', texts: [text] });
    expect((await proofs.look(acme, DOMAIN)).sight).toBe('found');
    // The old key is gone; the text that was found is in the document.
    proofs = proofsWith(new StateKeys([young]));
    expect((await proofs.look(acme, DOMAIN)).sight).toBe('found');
    expect(await textOf()).toBe(text);
  });
});

describe('a proof', () => {
  it('counts for seven days after its record went, and says so once a day', async () => {
    await proven();
    gone();
    await days(1);
    expect(await standing()).toBe('missing');
    await proofs.look(acme, DOMAIN);
    await days(6);
    expect(await standing()).toBe('missing');
    world.clock.advance(DAY - 1);
    expect(await standing()).toBe('missing');
    world.clock.advance(1);
    expect(await standing()).toBe('unproven');
    await proofs.look(acme, DOMAIN);
    await days(3);
    const lost = [7, 6, 5, 4, 3, 2, 1, 0].map((left) => ['domain.lost', left]);
    expect(told()).toEqual([['domain.proven'], ...lost]);
  });

  it('is whole again with its record, also after the seven days', async () => {
    for (const lostFor of [2, 20]) {
      await proven();
      gone();
      await days(lostFor);
      await put();
      await proofs.look(acme, DOMAIN);
      expect(await standing()).toBe('proven');
      expect(told().at(-1)).toEqual(['domain.proven']);
      expect(await proofs.view('acme', DOMAIN)).not.toHaveProperty('missingSince');
    }
  });

  it('loses nothing by name servers that do not answer, for a month', async () => {
    await proven();
    silent();
    await days(29);
    expect(await standing()).toBe('proven');
    await days(2);
    expect(await standing()).toBe('missing');
    await days(7);
    expect(await standing()).toBe('unproven');
  });

  it('is lost by name servers that answered no, and then nothing', async () => {
    await proven();
    gone();
    await days(1);
    silent();
    await days(7);
    expect(await standing()).toBe('unproven');
  });

  it('does not begin with a name server that does not answer', async () => {
    silent();
    expect(await proofs.look(acme, DOMAIN)).toMatchObject({
      sight: 'unknown',
      reason: 'ESERVFAIL',
      view: { standing: 'unproven' },
    });
    expect(world.lines).toEqual([]);
  });

  it('of which nobody has looked for five weeks counts no more', async () => {
    await proven();
    world.clock.advance(37 * DAY - 1);
    expect(await standing()).toBe('proven');
    world.clock.advance(1);
    expect(await standing()).toBe('unproven');
  });

  it('is told by one of two processes that look at once', async () => {
    await put();
    await Promise.all([proofs.look(acme, DOMAIN), proofsWith(world.context.stateKeys).look(acme, DOMAIN)]);
    expect(told()).toEqual([['domain.proven']]);
  });

  it.each([
    ['of another domain', { domain: 'acme.org', text: 'x', provenAt: 1, checkedAt: 1, seenAt: 1 }],
    ['without its times', { domain: DOMAIN, text: 'x' }],
    ['that is no document of this kind', 'yes'],
    [
      'with an odd loss',
      { domain: DOMAIN, text: 'x', provenAt: 1, checkedAt: 1, seenAt: 1, missingSince: 'x' },
    ],
  ])('%s is none', async (_title, value) => {
    await documents.putIf(proofName('acme', DOMAIN), value, undefined);
    expect(await standing()).toBe('unproven');
  });
});

describe('the gate', () => {
  const enter = (connection: string, email: string): Promise<unknown> =>
    requireProof({ domainProofs: proofs }, { name: connection }, email).then(
      () => 'in',
      (error: unknown) => (error as { code?: string }).code,
    );

  it('lets in where the domain is proven, for this connection and no other', async () => {
    await proven();
    expect(await enter('acme', 'ada@acme.example')).toBe('in');
    expect(await enter('globex', 'ada@acme.example')).toBe('POLICY_DOMAIN_NOT_PROVEN');
    expect(await enter('acme', 'ada@sub.acme.example')).toBe('POLICY_DOMAIN_NOT_PROVEN');
    expect(await enter('acme', 'ada@acme.example.evil.example')).toBe('POLICY_DOMAIN_NOT_PROVEN');
  });

  it('lets in who is being lost, and asks nobody where no proof is demanded', async () => {
    await proven();
    gone();
    await days(1);
    expect(await enter('acme', 'ada@acme.example')).toBe('in');
    await expect(requireProof({}, { name: 'x' }, 'ada@nowhere.example')).resolves.toBeUndefined();
  });

  it('is shut where the store cannot say', async () => {
    await proven();
    const away = { ...documents, get: () => Promise.reject(new Error('away')) };
    const blind = new DomainProofs({
      ...world.context,
      documents: away,
      lookup: () => Promise.resolve({ kind: 'absent' }),
    });
    await expect(requireProof({ domainProofs: blind }, { name: 'acme' }, 'ada@acme.example')).rejects.toThrow(
      'away',
    );
  });
});

describe('the watch', () => {
  const connections = () => world.context.connections.entries.map(({ settings }) => settings);
  const counting = (): string[] => {
    const asked: string[] = [];
    const before = dns;
    dns = (name) => (asked.push(name), before(name));
    return asked;
  };

  it('looks hourly for what is not proven, and daily for what is', async () => {
    await proven();
    const asked = counting();
    const ports = { clock: world.clock, wanted: () => ({ proofs, connections: connections() }) };
    await lookAtAll(ports);
    expect(asked).not.toContain(recordName(DOMAIN));
    expect(new Set(asked).size).toBe(3); // shared.example of two connections, globex and initech
    world.clock.advance(DAY);
    await lookAtAll(ports);
    expect(asked).toContain(recordName(DOMAIN));
  });

  it('goes on when the store is away, and stops when it is told to', async () => {
    const due: (() => void)[] = [];
    const ports = {
      clock: world.clock,
      timers: { after: (_ms: number, run: () => void) => (due.push(run), () => void due.pop()) },
      wanted: () => ({
        connections: connections(),
        proofs: new DomainProofs({
          ...world.context,
          documents: { ...documents, get: () => Promise.reject(new Error('away')) },
          lookup: (name) => Promise.resolve(dns(name)),
        }),
      }),
    };
    const stop = watchDomains(ports);
    due.pop()?.();
    await new Promise((resolve) => setImmediate(resolve));
    expect(due).toHaveLength(1);
    stop();
    expect(due).toHaveLength(0);
    await lookAtAll({ clock: world.clock, wanted: () => undefined });
  });
});
