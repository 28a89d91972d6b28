// Connections to Redis: one server, the master of Sentinels, or a Cluster, behind the same commands. The only file that imports
// @redis/client, and only when a Redis store is made. No command waits for a reconnect; the client connects anew by itself.

import type { RedisAddress } from './redis-address';
import { documentScripts } from './redis-documents';
import { nameScripts } from './redis-names';
import { recordScripts } from './redis-records';

export interface RedisClientOptions {
  readonly address: RedisAddress;
  /** Certificates that TLS trusts, in PEM; undefined for those of Node. */
  readonly ca: string | undefined;
  readonly keyPrefix: string;
  readonly timeoutMs: number;
  readonly onError: (error: unknown) => void;
}

const PING_MS = 5000;
const LONGEST_PAUSE_MS = 2000;
/** Commands in flight; a server that stopped answering must not fill our memory. */
const QUEUE = 1000;
/** Sentinels tell of a new master at once; this is for what was missed. */
const LOOK_EVERY_MS = 2000;
/**
 * All of it lies in one slot, since scripts touch two keys: for so little data a Cluster is there to survive, not to share. In
 * front of every key, so that the braces of documents do not count.
 */
const ONE_SLOT = '{all}:';

/** Starts to connect; until it is connected every command rejects. */
export async function openRedis(options: RedisClientOptions) {
  const { address } = options;
  const redis = await import('@redis/client');
  const scripts = {
    putRecord: redis.defineScript(recordScripts.putRecord),
    takeRecord: redis.defineScript(recordScripts.takeRecord),
    peekRecord: redis.defineScript(recordScripts.peekRecord),
    moveRecord: redis.defineScript(recordScripts.moveRecord),
    claimRecord: redis.defineScript(recordScripts.claimRecord),
    enterName: redis.defineScript(nameScripts.enterName),
    listNames: redis.defineScript(nameScripts.listNames),
    writeDocument: redis.defineScript(documentScripts.writeDocument),
    deleteDocument: redis.defineScript(documentScripts.deleteDocument),
  };
  const node = nodeOptions(options);
  const common = { scripts, keyPrefix: options.keyPrefix, commandOptions: { timeout: options.timeoutMs } };
  const hosts = address.hosts.map((each) => ({ ...each }));
  if (address.kind === 'cluster') {
    const keyPrefix = options.keyPrefix + ONE_SLOT;
    const rootNodes = hosts.map((host) => ({ ...node, socket: { ...node.socket, ...host } }));
    const make = () => redis.createCluster({ ...common, keyPrefix, rootNodes, defaults: node });
    return persistent(options, make);
  }
  if (address.kind === 'sentinel') {
    const make = () =>
      redis.createSentinel({
        ...common,
        name: address.master ?? '',
        sentinelRootNodes: hosts,
        nodeClientOptions: node,
        sentinelClientOptions: { socket: node.socket, disableOfflineQueue: true },
        passthroughClientErrorEvents: true,
        scanInterval: LOOK_EVERY_MS,
      });
    return persistent(options, make);
  }
  const { database } = address;
  const socket = { ...node.socket, ...hosts[0] };
  const own = { ...common, ...node, socket, ...(database === undefined ? {} : { database }) };
  return persistent(options, () => redis.createClient(own));
}

function nodeOptions({ address, ca, timeoutMs }: RedisClientOptions) {
  const { username, password, tls } = address;
  return {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    disableOfflineQueue: true,
    commandsQueueMaxLength: QUEUE,
    // A connection that died in silence is noticed by its missing pong and opened anew.
    pingInterval: PING_MS,
    socket: {
      socketTimeout: 3 * PING_MS,
      connectTimeout: timeoutMs,
      reconnectStrategy: pauseAfter,
      ...(tls ? { tls: true as const, ...(ca === undefined ? {} : { ca }) } : {}),
    },
  };
}

const pauseAfter = (attempts: number): number => Math.min(50 * 2 ** Math.min(attempts, 10), LONGEST_PAUSE_MS);

interface Connecting {
  readonly isOpen: boolean;
  connect(): Promise<unknown>;
  destroy(): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
}

/** Clients of Sentinels and Clusters give up when they find nobody at the start; then another one begins. */
function persistent<C extends Connecting>({ onError }: RedisClientOptions, make: () => C) {
  let isClosed = false;
  let client: C;
  const begin = (attempt: number): void => {
    client = make();
    client.on('error', onError);
    client.connect().catch((error: unknown) => {
      if (isClosed) return;
      onError(error);
      setTimeout(() => {
        if (!isClosed) begin(attempt + 1);
      }, pauseAfter(attempt)).unref();
    });
  };
  begin(0);
  return {
    get client() {
      return client;
    },
    close: () => {
      isClosed = true;
      // Of a Sentinel's client it is a promise.
      if (client.isOpen) void Promise.resolve(client.destroy()).catch(() => undefined);
    },
  };
}
