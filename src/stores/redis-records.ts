// Records in Redis. A replica that takes over has not seen the last moments of its master: what was spent in them would
// lie there again, and a server that starts from its last snapshot has lost even more. Every record therefore carries the
// replication ID of the server that it was written to, which changes with each such step (a promotion, a start), and one of
// another ID counts as not there: people whose sign-in was under way begin again, sessions
// end, and nothing can be used twice. The server
// compares, within the script that takes: a client cannot know in time whom it speaks to.
//
// A claim counts whatever its ID. It may be lost, but an answer that was claimed needs its request, which is such a record.

import type { Arguments } from './redis-documents';

/** A server that has no replication ID (none of Redis, Valkey and KeyDB) is taken for always the same. */
const ID = `
local id = string.match(redis.call('INFO', 'replication'), 'master_replid:(%w+)') or ''
local function opened(value)
  if value and string.sub(value, 1, #id + 1) == id .. ' ' then return string.sub(value, #id + 2) end
  return false
end
`;

const PUT = `${ID} redis.call('SET', KEYS[1], id .. ' ' .. ARGV[1], 'PX', ARGV[2]) return true`;

const TAKE = `${ID} return opened(redis.call('GETDEL', KEYS[1]))`;

/** RENAME keeps the time that is left. */
const MOVE = `${ID}
local value = opened(redis.call('GET', KEYS[1]))
if value then redis.call('RENAME', KEYS[1], KEYS[2]) end
return value`;

const PEEK = `${ID} return opened(redis.call('GET', KEYS[1]))`;

const CLAIM = `${ID} if redis.call('SET', KEYS[1], id .. ' ', 'NX', 'PX', ARGV[1]) then return 1 end return 0`;

const textOrNull = (reply: unknown): string | null => (typeof reply === 'string' ? reply : null);

/** Scripts for the client to register. */
export const recordScripts = {
  putRecord: {
    SCRIPT: PUT,
    NUMBER_OF_KEYS: 1,
    parseCommand(to: Arguments, key: string, value: string, ttlMs: number) {
      to.pushKey(key);
      to.push(value, String(ttlMs));
    },
    transformReply: () => undefined,
  },
  takeRecord: {
    SCRIPT: TAKE,
    NUMBER_OF_KEYS: 1,
    parseCommand: (to: Arguments, key: string) => void to.pushKey(key),
    transformReply: textOrNull,
  },
  peekRecord: {
    SCRIPT: PEEK,
    NUMBER_OF_KEYS: 1,
    parseCommand: (to: Arguments, key: string) => void to.pushKey(key),
    transformReply: textOrNull,
  },
  moveRecord: {
    SCRIPT: MOVE,
    NUMBER_OF_KEYS: 2,
    parseCommand(to: Arguments, key: string, other: string) {
      to.pushKey(key);
      to.pushKey(other);
    },
    transformReply: textOrNull,
  },
  claimRecord: {
    SCRIPT: CLAIM,
    NUMBER_OF_KEYS: 1,
    parseCommand(to: Arguments, key: string, ttlMs: number) {
      to.pushKey(key);
      to.push(String(ttlMs));
    },
    transformReply: (reply: unknown): boolean => reply === 1,
  },
};
