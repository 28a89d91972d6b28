// State shared by several processes, in Redis 6.2 or later (GETDEL), with scripts for records (redis-records) and documents
// (redis-documents), through one server, Sentinels or a Cluster (redis-client).
// Trusts the server to be atomic; trusts it with nothing readable (sealed-store). Fails closed and quickly: no command
// waits for a reconnect, every failure is STATE_UNAVAILABLE.

import { types } from 'node:util';
import { SsoError } from '../core/errors';
import { readRedisAddress } from './redis-address';
import { openRedis } from './redis-client';
import { redisDocuments } from './redis-documents';
import type { StateStore } from './state-store';

export interface RedisStoreOptions {
  /** In one of the forms of `readRedisAddress`. */
  readonly url: string;
  /** Certificates in PEM that TLS trusts; undefined for those of Node. */
  readonly ca?: string | undefined;
  /** In front of every key, so that a Redis can be shared. */
  readonly keyPrefix?: string;
  /** Milliseconds until a command, or an attempt to connect, counts as failed. */
  readonly timeoutMs?: number;
  /** Told of every lost connection and failed attempt; the client goes on reconnecting by itself. */
  readonly onConnectionError?: (problem: string) => void;
}

const DEFAULT_TIMEOUT_MS = 3000;
/** Never written. */
const PING_KEY = 'documents:{ping}:values';
const PING_FIELD = 'ping';
const PROBLEM_CHARS = 200;

/** Starts to connect and returns at once; until it is connected every command rejects and `ping` tells. */
export function createRedisStore(options: RedisStoreOptions): StateStore {
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const opening = opened(options, timeoutMs);
  opening.catch(() => undefined); // Every verb reports it.
  const attempt = attempting(timeoutMs);
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
      await attempt('put', async () => (await opening).client.putRecord(key, value, lifeOf(ttlMs)));
    },
    async take(key) {
      return (await attempt('take', async () => (await opening).client.takeRecord(key))) ?? undefined;
    },
    async move(key, to) {
      return (await attempt('move', async () => (await opening).client.moveRecord(key, to))) ?? undefined;
    },
    async claim(key, ttlMs) {
      return attempt('claim', async () => (await opening).client.claimRecord(key, lifeOf(ttlMs)));
    },
    async peek(key) {
      return (await attempt('peek', async () => (await opening).client.peekRecord(key))) ?? undefined;
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
      // Of the documents, so that it reaches the server that answers for everything, in a Cluster too.
      await attempt('ping', async () => (await opening).client.hGet(PING_KEY, PING_FIELD));
    },
    async close() {
      await opening.then((opened) => opened.close()).catch(() => undefined);
    },
  };
}

async function opened(options: RedisStoreOptions, timeoutMs: number) {
  const address = readRedisAddress(options.url);
  if (address === undefined) throw new TypeError('not the address of a Redis');
  return openRedis({
    ...{ address, ca: options.ca, timeoutMs, keyPrefix: options.keyPrefix ?? 'wix-saml:' },
    onError: (error) => options.onConnectionError?.(problemOf(error)),
  });
}

const lifeOf = (ttlMs: number): number => Math.max(1, Math.ceil(ttlMs));

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
