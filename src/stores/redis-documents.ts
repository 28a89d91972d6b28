// Documents in Redis: two hashes per collection, `documents:{COLLECTION}:versions` (name → version) and `…:values`
// (name → version, line feed, value). Not keys of their own, because a list by SCAN may miss or repeat what changes
// meanwhile, and an index beside many keys would span slots. The braces put both hashes into one slot of a Redis Cluster, so
// that a script may touch both; a collection is bounded, so one slot and one answer hold it.
//
// Compare and set is a script: Redis runs it as one step. WATCH would need a connection of its own for every writer, because
// it watches per connection. A version is reserved before the script runs, since the value's seal is bound to it: a counter
// in the first hash, which outlives every delete. A reservation that others have overtaken is refused and repeated, so
// versions never run backwards.

import { SsoError } from '../core/errors';
import { limits } from '../core/limits';
import { documentName, documentPrefix } from './document-name';
import type { StateStore, StoredDocument } from './state-store';

/** Fields that are no documents; names of documents begin with a letter or digit. */
const COUNTER = '#last';
const DELETED = '#deleted';
const SEPARATOR = '\n';
/** Reserving again takes as many overtakings by deletes in between. */
const ATTEMPTS = 10;

const WRITE = `
local held = redis.call('HGET', KEYS[1], ARGV[1])
if (held or '') ~= ARGV[2] then return 'changed' end
local before = held or redis.call('HGET', KEYS[1], '${DELETED}') or '0'
if tonumber(before) >= tonumber(ARGV[3]) then return 'overtaken' end
if not held and redis.call('HLEN', KEYS[2]) >= tonumber(ARGV[5]) then return 'full' end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[3] .. '\\n' .. ARGV[4])
return 'written'`;

const DELETE = `
local held = redis.call('HGET', KEYS[1], ARGV[1])
if held ~= ARGV[2] then return 'changed' end
local deleted = redis.call('HGET', KEYS[1], '${DELETED}') or '0'
if tonumber(held) > tonumber(deleted) then redis.call('HSET', KEYS[1], '${DELETED}', held) end
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[1])
return 'deleted'`;

/** What a script's arguments are written to; pushKey adds the client's prefix. */
export interface Arguments {
  pushKey(key: string): unknown;
  push(...values: string[]): unknown;
}

const script = (text: string) => ({
  SCRIPT: text,
  NUMBER_OF_KEYS: 2,
  parseCommand(to: Arguments, collection: string, ...values: string[]) {
    to.pushKey(versionsOf(collection));
    to.pushKey(valuesOf(collection));
    to.push(...values);
  },
  transformReply: (reply: unknown): string => String(reply),
});

/** Scripts for the client to register; it sends a script's text only to a server that does not know it yet. */
export const documentScripts = { writeDocument: script(WRITE), deleteDocument: script(DELETE) };

/** The commands of a client that documents need. Each rejects with STATE_UNAVAILABLE when it fails. */
export interface DocumentCommands {
  hGet(key: string, field: string): Promise<string | null>;
  hGetAll(key: string): Promise<Readonly<Record<string, string>>>;
  hIncrBy(key: string, field: string, by: number): Promise<number>;
  writeDocument(collection: string, ...values: string[]): Promise<string>;
  deleteDocument(collection: string, ...values: string[]): Promise<string>;
}

export function redisDocuments(
  commands: DocumentCommands,
): Pick<StateStore, 'get' | 'putIf' | 'list' | 'delete'> {
  return {
    async get(name) {
      const { collection } = documentName(name);
      const text = await commands.hGet(valuesOf(collection), name);
      return text === null ? undefined : storedDocument(text);
    },
    async putIf(name, value, expected) {
      const { collection } = documentName(name);
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const version = String(await commands.hIncrBy(versionsOf(collection), COUNTER, 1));
        const text = typeof value === 'string' ? value : value(version);
        if (text.length > limits.documentChars) throw unavailable('the document is too large');
        const most = String(limits.documentsPerCollection);
        const outcome = await commands.writeDocument(collection, name, expected ?? '', version, text, most);
        if (outcome === 'written') return version;
        if (outcome === 'changed') return undefined;
        if (outcome !== 'overtaken') throw unavailable('the collection is full');
      }
      throw unavailable('the collection does not come to rest');
    },
    async list(prefix) {
      const { collection } = documentPrefix(prefix);
      const versions = Object.entries(await commands.hGetAll(versionsOf(collection)));
      return versions
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, version]) => ({ name, version }))
        .sort((one, other) => (one.name < other.name ? -1 : 1));
    },
    async delete(name, expected) {
      const { collection } = documentName(name);
      return (await commands.deleteDocument(collection, name, expected)) === 'deleted';
    },
  };
}

const versionsOf = (collection: string): string => `documents:{${collection}}:versions`;
const valuesOf = (collection: string): string => `documents:{${collection}}:values`;

function storedDocument(text: string): StoredDocument {
  const end = text.indexOf(SEPARATOR);
  return Object.freeze({ version: text.slice(0, end), value: text.slice(end + 1) });
}

const unavailable = (problem: string): SsoError => new SsoError('STATE_UNAVAILABLE', { problem });
