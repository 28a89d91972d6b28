// State shared by several processes, in Redis 6.2 or later (GETDEL), with scripts for documents (redis-documents). The only file that imports @redis/client, and only
// when a Redis store is made.
// Trusts the server to be atomic; trusts it with nothing readable (sealed-store). Fails closed and quickly: no command
// waits for a reconnect, every failure is STATE_UNAVAILABLE.

import { types } from 'node:util';
import { SsoError } from '../core/errors';
import { documentScripts, redisDocuments } from './redis-documents';
import { nameScripts } from './redis-names';
import type { StateStore } from './state-store';

export interface RedisStoreOptions {
  /** `redis://…` or `rediss://…`, with user, password and database as Redis clients know them. */
  readonly url: string;
  /** In front of every key, so that a Redis can be shared. */
  readonly keyPrefix?: string;
  /** Milliseconds until a command, or an attempt to connect, counts as failed. */
  readonly timeoutMs?: number;
  /** Told of every lost connection and failed attempt; the client goes on reconnecting by itself. */
  readonly onConnectionError?: (problem: string) => void;
}

const DEFAULT_TIMEOUT_MS = 3000;
const PING_MS = 5000;
const LONGEST_PAUSE_MS = 2000;
const PROBLEM_CHARS = 200;
/** Commands in flight; a server that stopped answering must not fill our memory. */
const QUEUE = 1000;

/** Starts to connect and returns at once; until it is connected every command rejects and `ping` tells. */
export function createRedisStore(options: RedisStoreOptions): StateStore {
  const opening = openClient(options);
  opening.catch(() => undefined); // Every verb reports it.
  const attempt = attempting(options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  const documents = redisDocuments({
    hGet: (...given) => attempt('get', async () => (await opening).client.hGet(...given)),
    hGetAll: (...given) => attempt('list', async () => (await opening).client.hGetAll(...given)),
    hIncrBy: (...given) => attempt('putIf', async () => (await opening).client.hIncrBy(...given)),
    writeDocument: (...given) => attempt('putIf', async () => (await opening).client.writeDocument(...given)),
    deleteDocument: (...given) =>
      attempt('delete', async () => (await opening).client.deleteDocument(...given)),
  });
  return {
    ...documents,
    async put(key, value, ttlMs) {
      await attempt('put', async () => (await opening).client.set(key, value, expiry(ttlMs)));
    },
    async take(key) {
      return (await attempt('take', async () => (await opening).client.getDel(key))) ?? undefined;
    },
    async move(key, to) {
      return (await attempt('move', async () => (await opening).client.moveRecord(key, to))) ?? undefined;
    },
    async claim(key, ttlMs) {
      const condition = { ...expiry(ttlMs), condition: 'NX' } as const;
      return (await attempt('claim', async () => (await opening).client.set(key, '', condition))) === 'OK';
    },
    async peek(key) {
      return (await attempt('peek', async () => (await opening).client.get(key))) ?? undefined;
    },
    async enter(group, name, ttlMs) {
      await attempt('enter', async () => (await opening).client.enterName(group, name, ttlMs));
    },
    async names(group, most) {
      return attempt('names', async () => (await opening).client.listNames(group, most));
    },
    async leave(group, name) {
      await attempt('leave', async () => (await opening).client.zRem(group, name));
    },
    async ping() {
      await attempt('ping', async () => (await opening).client.ping());
    },
    async close() {
      const client = await opening.then((opened) => opened.client).catch(() => undefined);
      if (client?.isOpen === true) client.destroy();
    },
  };
}

/** RENAME keeps the time that is left. */
const moveScript = {
  SCRIPT: `
local value = redis.call('GET', KEYS[1])
if value then redis.call('RENAME', KEYS[1], KEYS[2]) end
return value`,
  NUMBER_OF_KEYS: 2,
  parseCommand(to: { pushKey(key: string): unknown }, key: string, other: string) {
    to.pushKey(key);
    to.pushKey(other);
  },
  transformReply: (reply: unknown): string | null => (typeof reply === 'string' ? reply : null),
};

async function openClient(options: RedisStoreOptions) {
  const { createClient, defineScript } = await import('@redis/client');
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const client = createClient({
    url: options.url,
    scripts: {
      writeDocument: defineScript(documentScripts.writeDocument),
      deleteDocument: defineScript(documentScripts.deleteDocument),
      moveRecord: defineScript(moveScript),
      enterName: defineScript(nameScripts.enterName),
      listNames: defineScript(nameScripts.listNames),
    },
    keyPrefix: options.keyPrefix ?? 'wix-saml:',
    disableOfflineQueue: true,
    commandsQueueMaxLength: QUEUE,
    commandOptions: { timeout: timeoutMs },
    // A connection that died in silence is noticed by its missing pong and opened anew.
    pingInterval: PING_MS,
    socket: {
      socketTimeout: 3 * PING_MS,
      connectTimeout: timeoutMs,
      reconnectStrategy: (retries) => Math.min(50 * 2 ** Math.min(retries, 10), LONGEST_PAUSE_MS),
    },
  });
  client.on('error', (error: unknown) => options.onConnectionError?.(problemOf(error)));
  // Rejects only when it is closed before it was ever connected; attempts in between arrive as 'error'.
  client.connect().catch(() => undefined);
  return { client };
}

function expiry(ttlMs: number) {
  return { expiration: { type: 'PX', value: Math.max(1, Math.ceil(ttlMs)) } } as const;
}

/** The client's own timeout covers a command until it is sent; a server that stalls afterwards is ours to notice. */
function attempting(timeoutMs: number) {
  return async <T>(operation: string, run: () => Promise<T>): Promise<T> => {
    let timer: NodeJS.Timeout | undefined;
    const stalled = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('no answer in time')), timeoutMs);
    });
    try {
      return await Promise.race([run(), stalled]);
    } catch (error) {
      throw new SsoError('STATE_UNAVAILABLE', { operation, problem: problemOf(error) }, error);
    } finally {
      clearTimeout(timer);
    }
  };
}

/** Redis' own words ("WRONGPASS …", "connect ECONNREFUSED …"); they hold neither keys nor values. */
function problemOf(error: unknown): string {
  return types.isNativeError(error) ? (error.message || error.name).slice(0, PROBLEM_CHARS) : 'unknown';
}
