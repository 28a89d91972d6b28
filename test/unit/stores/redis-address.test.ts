/** What `state` may say about Redis, and what it may not. */

import { readRedisAddress } from '../../../src/stores/redis-address';

const plain = {
  tls: false,
  username: undefined,
  password: undefined,
  database: undefined,
  master: undefined,
  ca: undefined,
};

it.each([
  ['redis://r', { ...plain, kind: 'server', hosts: [{ host: 'r', port: 6379 }] }],
  [
    'rediss://[::1]:7000/3',
    { ...plain, kind: 'server', tls: true, database: 3, hosts: [{ host: '::1', port: 7000 }] },
  ],
  [
    'rediss://me:a%40b%3Ac@r.example.com?ca=certs/redis%20ca.pem',
    {
      ...plain,
      ...{ kind: 'server', tls: true, username: 'me', password: 'a@b:c', ca: 'certs/redis ca.pem' },
      hosts: [{ host: 'r.example.com', port: 6379 }],
    },
  ],
  [
    'redis+sentinel://:secret@a,b:26380/my-master',
    {
      ...plain,
      ...{ kind: 'sentinel', password: 'secret', master: 'my-master' },
      hosts: [
        { host: 'a', port: 26_379 },
        { host: 'b', port: 26_380 },
      ],
    },
  ],
  [
    'rediss+cluster://a:1,b:2',
    {
      ...plain,
      ...{ kind: 'cluster', tls: true },
      hosts: [
        { host: 'a', port: 1 },
        { host: 'b', port: 2 },
      ],
    },
  ],
])('reads %s', (text, address) => expect(readRedisAddress(text)).toEqual(address));

it.each([
  'http://r',
  'redis://',
  'redis://a,b',
  'redis://r:0',
  'redis://r:70000',
  'redis://r/master',
  'redis://r?ca=ca.pem',
  'redis://r?db=2',
  'redis+sentinel://a:26379',
  'redis+sentinel://a,,b/m',
  'redis+cluster://a/1',
  'redis+other://a',
  'redis://%zz:x@r',
])('does not read %s', (text) => expect(readRedisAddress(text)).toBeUndefined());
