// Groups of names in Redis: a sorted set each, by when a name's time is over. The server's clock decides, as it does for
// records; what is over is swept by whoever enters the next name, and a group goes with its last name.

interface KeysOf {
  pushKey(key: string): unknown;
  push(argument: string): unknown;
}

const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)`;

export const nameScripts = {
  enterName: {
    SCRIPT: `${NOW}
local ttl = tonumber(ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now))
redis.call('ZADD', KEYS[1], string.format('%.0f', now + ttl), ARGV[1])
if redis.call('PTTL', KEYS[1]) < ttl then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end`,
    NUMBER_OF_KEYS: 1,
    parseCommand(to: KeysOf, group: string, name: string, ttlMs: number) {
      to.pushKey(group);
      to.push(name);
      to.push(String(Math.max(1, Math.ceil(ttlMs))));
    },
    transformReply: (): undefined => undefined,
  },
  listNames: {
    SCRIPT: `${NOW}
return redis.call('ZRANGEBYSCORE', KEYS[1], string.format('(%.0f', now), '+inf', 'LIMIT', 0, ARGV[1])`,
    NUMBER_OF_KEYS: 1,
    parseCommand(to: KeysOf, group: string, most: number) {
      to.pushKey(group);
      to.push(String(most));
    },
    transformReply: (reply: unknown): readonly string[] => (Array.isArray(reply) ? reply.map(String) : []),
  },
};
