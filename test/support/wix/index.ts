// Starts an emulated Wix site in a process of its own and speaks to it over HTTP. The site runs the files that it is given;
// nothing here or there imports the service provider, so a shared mistake cannot hide.

import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { inMode } from './mode';
import type {
  Fault,
  MemberFault,
  SiteState,
  SiteTally,
  TabOptions,
  TabSnapshot,
  WixSiteOptions,
} from './types';

export type * from './types';

const START_MS = 15_000;

/** An emulated site. `url` is what the service provider's configuration calls `sites.<name>.url`. */
export interface WixSite {
  readonly url: string;
  readonly origin: string;
  /** Process id, for whoever must be sure that it is gone. */
  readonly pid: number | undefined;
  state(): Promise<SiteState>;
  tally(): Promise<SiteTally>;
  setFault(fault: Fault): Promise<void>;
  /** Error code of Wix Data (WDE0025 …) that every operation answers from now on. */
  setDataFault(code: string): Promise<void>;
  setMemberFault(name: MemberFault): Promise<void>;
  setSecretFault(message: string): Promise<void>;
  clearFaults(): Promise<void>;
  /** Shifts the clock of Wix and of the site's code. */
  setClockOffset(offsetMs: number): Promise<void>;
  /** `null` removes the secret. */
  setSecret(name: string, value: string | null): Promise<void>;
  setOptions(options: WixSiteOptions): Promise<void>;
  /** With other files, if they are given. */
  publish(code?: Readonly<Record<string, string>>): Promise<void>;
  setMember(member: {
    email: string;
    name?: string;
    status?: string;
    role?: 'owner' | 'admin';
    verified?: boolean;
  }): Promise<void>;
  /** `open`: for everybody, as a new collection may be. */
  setCollection(name: string, exists: boolean, open?: boolean): Promise<void>;
  /** A session token past all checks, for tests of what comes after. */
  sessionToken(email: string): Promise<string>;
  /** Calls an export of a backend file, as a scheduled job of the site would. */
  runBackend(module: string, name: string, ...values: unknown[]): Promise<unknown>;
  /** What a page asks of the backend, by the HTTP function samlPage. */
  askPage(ask: string, input: unknown): Promise<unknown>;
  /** A browser tab without a browser, with storage and cookies of its own. */
  openTab(options?: TabOptions): Promise<WixTab>;
  stop(): Promise<void>;
}

/** Every method answers when the pages have come to rest. */
export interface WixTab {
  /** `address`: absolute, or a path on the site (`/sso?ticket=…`). */
  goto(address: string): Promise<TabSnapshot>;
  /** `element`: `#signInButton` */
  click(element: string): Promise<TabSnapshot>;
  reload(): Promise<TabSnapshot>;
  /** After the tab left the site: back to the page as it was. */
  back(): Promise<TabSnapshot>;
  /** After the clock was moved: whatever the page waited for, a minute or longer, until now. */
  wake(): Promise<TabSnapshot>;
  /** By Wix's own form, past all code of the page; `null` signs out. */
  signInWithWix(email: string | null): Promise<void>;
}

type Control = (verb: string, input?: object) => Promise<unknown>;

/** Without `code` the site has pages and no code of ours; makers/made-site.ts starts one with the files of an owner. */
export async function startWixSite(asked: WixSiteOptions = {}): Promise<WixSite> {
  const options = inMode(asked);
  const child = spawn(process.execPath, ['--experimental-vm-modules', '--no-warnings', emulatorFile()], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '' },
  });
  child.stdin.write(`${JSON.stringify(options)}\n`);
  const origin = await started(child);
  const url = origin + (options.sitePath ?? '');
  const control = controlOf(origin);
  return {
    url,
    origin,
    pid: child.pid,
    ...controls(control),
    askPage: async (ask, input) => {
      const body = JSON.stringify({ ask, input });
      const reply = await fetch(`${url}/_functions/samlPage`, { method: 'POST', body });
      return reply.json();
    },
    openTab: async (tabOptions = {}) => tab(control, await control('openTab', tabOptions)),
    stop: () => stopped(child),
  };
}

/** Tabs on a site that somebody else has started. */
export function visitWixSite(origin: string): Pick<WixSite, 'openTab' | 'state'> {
  const control = controlOf(origin);
  return {
    state: controls(control).state,
    openTab: async (tabOptions = {}) => tab(control, await control('openTab', tabOptions)),
  };
}

function controls(
  control: Control,
): Omit<WixSite, 'url' | 'origin' | 'pid' | 'askPage' | 'openTab' | 'stop'> {
  const order = async (verb: string, input: object = {}): Promise<void> => {
    await control(verb, input);
  };
  return {
    state: async () => (await control('state')) as SiteState,
    tally: async () => (await control('tally')) as SiteTally,
    setFault: (fault) => order('fault', fault),
    setDataFault: (code) => order('dataFault', { code }),
    setMemberFault: (name) => order('memberFault', { name }),
    setSecretFault: (message) => order('secretFault', { message }),
    clearFaults: () => order('clearFaults'),
    setClockOffset: (offsetMs) => order('clock', { offsetMs }),
    setSecret: (name, value) => order('secret', { name, value }),
    setOptions: (options) => order('options', options),
    publish: (code) => order('publish', { code }),
    setMember: (member) => order('member', member),
    setCollection: (name, exists, open) => order('collection', { name, exists, open }),
    sessionToken: async (email) =>
      ((await control('sessionToken', { email })) as { sessionToken: string }).sessionToken,
    runBackend: async (module, name, ...values) =>
      ((await control('runBackend', { module, name, values })) as { result: unknown }).result,
  };
}

function tab(control: Control, opened: unknown): WixTab {
  const { id } = opened as { id: string };
  const act = async (verb: string, input: object = {}): Promise<TabSnapshot> =>
    (await control(verb, { id, ...input })) as TabSnapshot;
  return {
    goto: (address) => act('tabGoto', { address }),
    click: (element) => act('tabClick', { element }),
    reload: () => act('tabReload'),
    back: () => act('tabBack'),
    wake: () => act('tabWake'),
    signInWithWix: async (email) => {
      await control('tabSignIn', { id, email });
    },
  };
}

function controlOf(origin: string): Control {
  return async (verb, input = {}) => {
    const reply = await fetch(`${origin}/__control/${verb}`, { method: 'POST', body: JSON.stringify(input) });
    const answer: unknown = await reply.json();
    if (!reply.ok) throw new Error(`Wix emulator: ${verb}: ${JSON.stringify(answer)}`);
    return answer;
  };
}

/** The emulator stays a plain .mjs file; this file may run compiled, from elsewhere in the project. */
function emulatorFile(): string {
  for (let folder = __dirname; ; folder = path.dirname(folder)) {
    // Beside the bundled demo of the package, or in the project.
    const places = ['wix/emulator/main.mjs', 'test/support/wix/emulator/main.mjs'];
    const file = places.map((place) => path.join(folder, place)).find((place) => existsSync(place));
    if (file !== undefined) return file;
    if (folder === path.dirname(folder)) throw new Error('The Wix emulator is not part of this installation');
  }
}

function started(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let trouble = '';
    const timer = setTimeout(() => {
      child.kill();
      reject(new Error(`The Wix emulator did not start: ${trouble}`));
    }, START_MS);
    child.stderr?.on('data', (chunk: Buffer) => (trouble += chunk.toString('utf8')));
    child.once('exit', () => {
      clearTimeout(timer);
      reject(new Error(`The Wix emulator ended: ${trouble}`));
    });
    if (!child.stdout) throw new TypeError('The emulator needs its standard output');
    createInterface({ input: child.stdout }).once('line', (line) => {
      clearTimeout(timer);
      resolve((JSON.parse(line) as { origin: string }).origin);
    });
  });
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.stdin?.end();
  await gone;
}
