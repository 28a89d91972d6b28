/** The audit log: what was written can be proved, and whatever somebody did to it is found. */

import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { Chain, BEGINNING, type Head } from '../../../../src/admin/audit/chain';
import { headFileOf, verifyAudit } from '../../../../src/admin/audit/verify-audit';
import type { SsoEvent } from '../../../../src/core/events';
import { AuditFileInUse, openAuditLog, type AuditLog } from '../../../../src/server/audit/audit-log';
import { newStateKey, StateKeys } from '../../../../src/stores/state-keys';
import { systemRandom, systemTimers } from '../../../../src/server/system';

const key = newStateKey(systemRandom);
const chain = new Chain(new StateKeys([key]));
const stranger = new Chain(new StateKeys([newStateKey(systemRandom)]));

let directory: string;
let file: string;
let troubles: string[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'wix-saml-audit-'));
  file = join(directory, 'audit.jsonl');
  troubles = [];
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const opened = (by = chain): AuditLog =>
  openAuditLog(file, {
    clock: { now: () => Date.parse('2026-11-25T08:00:00Z') },
    timers: systemTimers,
    chain: by,
    onTrouble: (problem) => void troubles.push(problem),
    version: '0.0.0',
  });

const refused = (reference: string): SsoEvent => ({
  type: 'refused',
  reference,
  code: 'SAML_SIGNATURE_INVALID',
  path: '/saml/acs',
  connection: 'acme',
});

async function write(count: number, from = 0): Promise<void> {
  const log = opened();
  for (let index = 0; index < count; index++) log.subscriber(refused(`R${from + index}`));
  await log.close();
}

const lines = (name = file): string[] => readFileSync(name, 'utf8').trimEnd().split('\n');
const rewrite = (change: (written: string[]) => string[]): void =>
  writeFileSync(file, `${change(lines()).join('\n')}\n`);

describe('the audit log', () => {
  it('writes an event as a record of the Elastic Common Schema, without the noise', async () => {
    const log = opened();
    log.subscriber({
      type: 'ticket.redeemed',
      reference: 'REF',
      signIn: 's1',
      connection: 'acme',
      site: 'portal',
      member: 'pseudonym',
      wixMs: 7,
    });
    log.subscriber({
      type: 'http.answered',
      method: 'GET',
      path: '/',
      status: 200,
      milliseconds: 1,
      client: '',
    });
    log.subscriber(refused('REF2'));
    await log.close();
    expect(lines().map((line) => JSON.parse(line) as unknown)).toMatchObject([
      {
        audit: { seq: 1 },
        '@timestamp': '2026-11-25T08:00:00.000Z',
        ecs: { version: '8.11.0' },
        service: { name: 'wix-saml', version: '0.0.0' },
        event: { kind: 'event', category: ['authentication'], action: 'ticket.redeemed', outcome: 'success' },
        trace: { id: 'REF' },
        transaction: { id: 's1' },
        user: { hash: 'pseudonym' },
        wix_saml: { connection: 'acme', site: 'portal', wixMs: 7 },
      },
      {
        audit: { seq: 2 },
        event: { action: 'refused', outcome: 'failure', code: 'SAML_SIGNATURE_INVALID' },
        url: { path: '/saml/acs' },
      },
    ]);
  });

  it('holds, also over a restart', async () => {
    await write(3);
    await write(2, 3);
    expect(await verifyAudit([file], chain)).toMatchObject({ lines: 5, firstSeq: 1, head: { seq: 5 } });
    expect((await verifyAudit([file], chain)).fault).toBeUndefined();
  });

  it('goes on in the next file when it is moved away while it is written', async () => {
    const log = opened();
    log.subscriber(refused('R0'));
    await new Promise((done) => setTimeout(done, 80));
    const moved = join(directory, 'audit.1.jsonl');
    renameSync(file, moved);
    log.subscriber(refused('R1'));
    await log.close();
    expect(lines(moved)).toHaveLength(1);
    expect(await verifyAudit([moved, file], chain)).toEqual({
      lines: 2,
      firstSeq: 1,
      head: expect.objectContaining({ seq: 2 }) as Head,
    });
    expect(await verifyAudit([file], chain)).toMatchObject({ lines: 1, firstSeq: 2 });
    // And when it was moved while nothing ran.
    renameSync(file, join(directory, 'audit.2.jsonl'));
    await write(1, 2);
    expect(lines()[0]).toContain('"seq":3');
  });

  it.each<[string, (written: string[]) => string[], number | undefined, RegExp]>([
    ['a changed first line', (all) => all.map((line) => line.replace('R0', 'R9')), 1, /changed/],
    ['a changed line that is the only one', ([a = '']) => [a.replace('R0', 'R9')], 1, /changed/],
    ['a changed line', (all) => all.map((line) => line.replace('R2', 'R9')), 3, /changed/],
    [
      'a changed hash',
      (all) =>
        all.map((l, at) => (at === 2 ? l.replace(/(?<="hash":")./, (c) => (c === '-' ? '_' : '-')) : l)),
      3,
      /changed/,
    ],
    ['a missing line', (all) => all.filter((_, at) => at !== 2), 3, /missing/],
    ['two lines exchanged', ([a = '', b = '', c = '', ...all]) => [a, c, b, ...all], 2, /missing/],
    ['a line twice', ([a = '', ...all]) => [a, a, ...all], 2, /missing/],
    ['a line of somebody else', (all) => [...all.slice(0, 2), 'hello', ...all.slice(2)], 3, /not a line/],
    ['a cut end', (all) => all.slice(0, -1), undefined, /cut off/],
    ['nothing left', () => [], 1, /not a line|cut off/],
  ])('shows %s', async (_title, change, line, problem) => {
    await write(5);
    rewrite(change);
    const { fault } = await verifyAudit([file], chain);
    expect(fault?.problem).toMatch(problem);
    expect(fault?.line).toBe(line);
  });

  it('shows a cut end also when the head beside it was set back, to whoever noted one elsewhere', async () => {
    await write(3);
    const early = readFileSync(headFileOf(file));
    const whole = lines();
    await write(2, 3);
    const { head } = await verifyAudit([file], chain);
    writeFileSync(file, `${whole.join('\n')}\n`);
    writeFileSync(headFileOf(file), early);
    expect((await verifyAudit([file], chain)).fault).toBeUndefined();
    expect((await verifyAudit([file], chain, head)).fault?.problem).toMatch(/lines are missing/);
  });

  it.each([
    [
      'made up',
      () => '9:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n',
    ],
    ['of another key', (head: Head) => stranger.headText(head)],
  ])('does not believe a head that is %s', async (_title, text) => {
    await write(2);
    const { head } = await verifyAudit([file], chain);
    writeFileSync(headFileOf(file), text(head));
    expect((await verifyAudit([file], chain)).fault?.file).toBe(headFileOf(file));
  });

  it('is proved with its own key only, and with an older one beside a newer', async () => {
    await write(2);
    // The first line by itself could have earlier ones: its follower cannot be right.
    expect((await verifyAudit([file], stranger)).fault?.problem).toMatch(/changed/);
    const later = new Chain(new StateKeys([newStateKey(systemRandom), key]));
    expect((await verifyAudit([file], later)).fault).toBeUndefined();
  });

  it('cuts off what a crash left of a line, says so, and goes on', async () => {
    await write(2);
    appendFileSync(file, '{"audit":{"seq":3},"half');
    await write(1, 2);
    expect(await verifyAudit([file], chain)).toMatchObject({ lines: 4 });
    expect((await verifyAudit([file], chain)).fault).toBeUndefined();
    expect(lines()[2]).toContain('audit.lineDropped');
  });

  it('says at the next start that lines are missing at its end', async () => {
    await write(5);
    rewrite((all) => all.slice(0, 3));
    await write(1, 5);
    expect(troubles).toEqual([expect.stringContaining('lines 4 to 5 are missing')]);
    expect(lines()[3]).toContain('audit.linesMissing');
  });

  it('keeps lines while the disk is full, and writes each once when there is room', async () => {
    symlinkSync('/dev/full', file);
    const log = opened();
    log.subscriber(refused('R0'));
    await new Promise((done) => setTimeout(done, 80));
    expect(troubles).toEqual([expect.stringContaining('ENOSPC')]);
    log.subscriber(refused('R1'));
    rmSync(file);
    await log.close();
    expect(lines().map((line) => /R[01]/.exec(line)?.[0])).toEqual(['R0', 'R1']);
    expect((await verifyAudit([file], chain)).fault).toBeUndefined();
  });

  it('is written by one process only', () => {
    writeFileSync(`${file}.lock`, String(process.ppid));
    expect(() => opened()).toThrow(AuditFileInUse);
  });

  it('takes over from a process that is gone', async () => {
    writeFileSync(`${file}.lock`, '999999999');
    await write(1);
    expect(lines()).toHaveLength(1);
  });

  it('never holds after any one change to any of its octets', () => {
    let head = BEGINNING;
    const written = [1, 2, 3].map((n) => {
      const next = chain.lineAfter(head, { n, text: 'é"\\' });
      head = next.head;
      return next.line;
    });
    const holds = (all: readonly string[]): boolean => {
      let at: Head = BEGINNING;
      for (const line of all) {
        const next = chain.follow(at, line);
        if (typeof next === 'string') return false;
        at = next;
      }
      return true;
    };
    expect(holds(written)).toBe(true);
    const text = written.join('\n');
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ minLength: 0, maxLength: 2 }), (at, put) => {
        const changed = text.slice(0, at) + put + text.slice(at + 1);
        if (changed !== text) expect(holds(changed.split('\n'))).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
