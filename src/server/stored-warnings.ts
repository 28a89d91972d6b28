// What the shared state store knows that is worth a look. Only reads: a store that no process has begun, or whose key is not
// here yet, is left as it is.

import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { ConfigParts } from '../config/config-parts';
import { SsoError } from '../core/errors';
import { eventsTo } from '../core/events';
import type { Warning } from '../core/warnings';
import { cbcUse } from '../sso/cbc-use';
import { holdsData } from '../stores/file-directory';
import { sealedDocuments } from '../stores/sealed-documents';
import type { StateStore } from '../stores/state-store';
import { openStore } from './open-store';
import { proofsToRead } from './proofs-to-read';
import { systemClock, systemRandom } from './system';

const RECENT_MS = 30 * 86_400_000;
/** The client rejects what is asked before it is connected. */
const CONNECT_ATTEMPTS = 20;
const CONNECT_PAUSE_MS = 100;

/** @returns undefined when there is nothing to ask: `state: memory`, or a store that the first start will begin */
export async function storedWarnings(config: ConfigParts): Promise<readonly Warning[] | undefined> {
  const { state, stateKeys } = config;
  if (state.kind === 'memory') return undefined;
  if ('file' in stateKeys && !existsSync(stateKeys.file)) return undefined;
  if (state.kind === 'file' && !holdsData(state.directory)) return undefined;
  let trouble: string | undefined;
  const events = eventsTo((event) => {
    if (event.type === 'state.connection') trouble = event.problem;
  });
  const opened = openStore(config, events, { clock: systemClock, random: systemRandom });
  try {
    await connected(opened.store);
    const use = cbcUse(sealedDocuments({ ...opened, random: systemRandom }), systemClock);
    const names = config.connections.entries.map(({ settings }) => settings.name);
    const found = await Promise.all(names.map(async (name) => cbcWarning(name, await use.lastSeen(name))));
    const domains = config.provenDomains === undefined ? [] : await domainWarnings(config, opened);
    return [...found.flat(), ...domains];
  } catch (cause) {
    if (!(cause instanceof SsoError)) throw cause;
    return [unreadable(cause, trouble)];
  } finally {
    await opened.store.close();
  }
}

async function connected(store: StateStore): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await store.ping();
      return;
    } catch (cause) {
      if (attempt >= CONNECT_ATTEMPTS) throw cause;
      await pause(CONNECT_PAUSE_MS);
    }
  }
}

function cbcWarning(connection: string, lastSeen: number | undefined): Warning[] {
  if (lastSeen === undefined || lastSeen < systemClock.now() - RECENT_MS) return [];
  return [
    {
      code: 'CBC_USED',
      path: `connections.${connection}.allowCbc`,
      problem: `the IdP encrypted with AES-CBC, last on ${new Date(lastSeen).toISOString().slice(0, 10)}; it does not protect the integrity of what it hides`,
      hint: 'Choose AES-GCM at the IdP, then write `allowCbc: false`. AD FS and older products cannot.',
    },
  ];
}

async function domainWarnings(
  { connections }: ConfigParts,
  opened: Pick<ReturnType<typeof openStore>, 'store' | 'stateKeys'>,
): Promise<readonly Warning[]> {
  const documents = sealedDocuments({ ...opened, random: systemRandom });
  const proofs = proofsToRead({ ...opened, documents, clock: systemClock });
  const found = connections.entries.map(async ({ settings: { name, policy } }) => {
    const domains = policy.emailDomains === '*' ? [] : [...policy.emailDomains];
    const views = await proofs.views(name, domains);
    return views
      .filter(({ standing }) => standing !== 'proven')
      .map(({ domain, standing, record }): Warning => {
        const problem =
          standing === 'missing'
            ? `${domain}: the TXT record is not there any more; nobody at it can sign in when it has been missing for 7 days`
            : `${domain} is not proven: nobody at it can sign in`;
        const hint = `Let the owner of the domain add the TXT record ${record.name} with ${record.text}`;
        return { code: 'DOMAIN_NOT_PROVEN', path: `connections.${name}.emailDomains`, problem, hint };
      });
  });
  return (await Promise.all(found)).flat();
}

/** @param trouble of the connection, which a command that was not sent cannot know */
const unreadable = ({ code, detail }: SsoError, trouble: string | undefined): Warning => ({
  code: 'STATE_UNREADABLE',
  path: 'state',
  problem: `cannot be read from here: ${trouble ?? detail.problem ?? code}`,
  hint:
    code === 'STATE_UNAVAILABLE'
      ? 'Let the store answer, or correct `state`; sign-ins are refused meanwhile.'
      : 'Give this machine the same state key as the others (`stateKeys`).',
});
