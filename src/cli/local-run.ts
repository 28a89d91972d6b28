// A whole sign-in on this machine: the service in this process, a local identity provider, a local Wix site. Whatever was begun
// is ended, in the opposite order, when a signal comes or something fails.

import { systemClock, systemRandom } from '../server/system';
import { createServer } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSiteFiles } from '../admin/site-files';
import { setUpSite } from '../admin/site-setup';
import type { OurSide } from '../config/config-parts';
import { parseConfig, parseOurSide, type Surroundings } from '../config/load';
import { isLoopbackHost, loopbackAddress } from '../core/loopback';
import { buildServiceProviderMetadata } from '../saml/metadata/service-provider-metadata';
import type { AppOptions } from '../server/app-types';
import { start } from '../server/process';
import type { LocalInput, LocalPlaces } from './local-input';
import { loadLocalParts, type LocalPerson, type LocalSite } from './local-parts';
import { UsageError } from './usage';

export interface LocalRun {
  /** Gives the configuration for where the parts are. */
  readonly input: (places: LocalPlaces, directory: string) => Promise<LocalInput> | LocalInput;
  /** Directory that relative paths of the configuration start at; the run's own when it is absent. */
  readonly baseDirectory?: string;
  readonly surroundings: Surroundings;
  /** Of the identity provider; the site has the next one. */
  readonly firstPort: number;
  readonly options: AppOptions;
}

export interface LocalAddresses {
  readonly siteUrl: string;
  readonly baseUrl: string;
  readonly site: LocalSite;
}

/**
 * Runs until SIGINT, SIGTERM or SIGHUP, or until whoever started it is gone.
 * @param ready told when everybody listens; 'done' ends the run
 */
export async function runLocally(
  run: LocalRun,
  ready: (addresses: LocalAddresses) => 'wait' | Promise<'done'>,
): Promise<void> {
  const signal = untilSignal();
  const directory = mkdtempSync(join(tmpdir(), 'wix-saml-local-'));
  const undo: (() => unknown)[] = [() => rmSync(directory, { recursive: true, force: true })];
  try {
    const until = ready(await begin(run, directory, undo));
    await (until === 'wait' ? signal.came : Promise.race([until, signal.came]));
  } finally {
    signal.ignore();
    for (const step of undo.reverse()) await step();
  }
}

async function begin(run: LocalRun, directory: string, undo: (() => unknown)[]): Promise<LocalAddresses> {
  const { firstPort, surroundings } = run;
  for (const port of [firstPort, firstPort + 1]) await mustBeFree(port);
  const siteUrl = `http://${loopbackAddress}:${firstPort + 1}`;
  const idpMetadata = join(directory, 'idp.xml');
  const { input, site: name, emailAttributes } = await run.input({ siteUrl, idpMetadata }, directory);
  const baseDirectory = run.baseDirectory ?? directory;
  const ours = parseOurSide(input, baseDirectory, surroundings);
  const listen = listenFor(ours.serviceProvider.baseUrl);
  await mustBeFree(listen.port);

  const parts = loadLocalParts();
  const idp = await parts.startIdp({ port: firstPort, people: peopleOf(ours, name), emailAttributes });
  undo.push(() => idp.stop());
  idp.trust(buildServiceProviderMetadata(ours.serviceProvider, surroundings.now));
  writeFileSync(idpMetadata, idp.metadataXml);
  const site = await startSite(ours, name, { directory, port: firstPort + 1 });
  undo.push(() => site.stop());
  const config = await parseConfig({ ...input, listen }, baseDirectory, surroundings);
  const running = await start(config, run.options);
  undo.push(() => running.stop());
  return { siteUrl, baseUrl: ours.serviceProvider.baseUrl, site };
}

/** As its owner sets a site up: both files, and the secret. */
async function startSite(
  ours: OurSide,
  name: string,
  { directory, port }: { readonly directory: string; readonly port: number },
): Promise<LocalSite> {
  const chosen = ours.sites.get(name);
  if (chosen === undefined) throw new TypeError(`no site ${name}`);
  const choice = {
    oldModules: false,
    signOn: false,
    collaborators: false,
    ownFunctions: false,
    editor: undefined,
  };
  const { secret } = setUpSite(
    ours,
    chosen,
    { ...choice, into: join(directory, 'site') },
    {
      clock: systemClock,
      random: systemRandom,
    },
  );
  const settings = { serviceProvider: ours.serviceProvider.baseUrl, site: name };
  return loadLocalParts().startSite({
    port,
    code: Object.fromEntries(makeSiteFiles({ ...choice, settings })),
    secret: { name: secret.name, value: JSON.stringify(secret.value) },
    landingPage: chosen.landingPage,
  });
}

/** Whoever can reach the local identity provider signs in as anybody: it stays on this machine, and so does the service. */
function listenFor(baseUrl: string): { readonly host: string; readonly port: number } {
  const { protocol, hostname, port } = new URL(baseUrl);
  if (protocol !== 'http:' || !isLoopbackHost(hostname)) {
    throw new UsageError(
      `serviceProvider.baseUrl is ${baseUrl}. With the local identity provider anybody can be anybody, so it must be an http address of this machine, such as http://localhost:3000. Write \`baseUrl: \${BASE_URL}\` to have one here and another there.`,
    );
  }
  const host = hostname.startsWith('[') ? hostname.slice(1, -1) : loopbackAddress;
  return { host, port: port === '' ? 80 : Number(port) };
}

async function mustBeFree(port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        cause.code === 'EADDRINUSE'
          ? new UsageError(
              `Port ${port} of this machine is taken. Stop what listens there, or choose others with --port.`,
            )
          : cause,
      ),
    );
    server.listen(port, loopbackAddress, resolve);
  });
  await new Promise((resolve) => server.close(resolve));
}

const names = [
  ['alice', 'Alice Archer'],
  ['bob', 'Bob Baker'],
] as const;

/** Two people at each domain that an IdP may vouch for. */
function peopleOf({ emailDomains }: OurSide, site: string): LocalPerson[] {
  const domains = (emailDomains.get(site) ?? []).map((domain) => (domain === '*' ? 'example.com' : domain));
  return [...new Set(domains)]
    .slice(0, 10)
    .flatMap((domain) =>
      names.map(([id, name]) => ({ id: `${id}-${domain}`, name, email: `${id}@${domain}` })),
    );
}

/** How often to look whether npm, or whoever else started this, is still there: killed by force, it passes no signal on. */
const PARENT_EVERY_MS = 500;

/** A second signal ends the process as it always does. */
function untilSignal(): { readonly came: Promise<void>; readonly ignore: () => void } {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const { promise: came, resolve } = resolvable();
  const onSignal = (): void => {
    ignore();
    resolve();
  };
  const startedBy = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== startedBy) onSignal();
  }, PARENT_EVERY_MS);
  watch.unref();
  const ignore = (): void => {
    clearInterval(watch);
    signals.forEach((signal) => process.off(signal, onSignal));
  };
  signals.forEach((signal) => process.on(signal, onSignal));
  return { came, ignore };
}

function resolvable(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve: () => resolve() };
}
