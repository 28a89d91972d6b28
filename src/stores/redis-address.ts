// What `state` says about Redis: one server, the master that Sentinels name, or a Cluster. WHATWG URLs have one host; these
// have several, so they are read here.

export interface RedisHost {
  readonly host: string;
  readonly port: number;
}

export interface RedisAddress {
  readonly kind: 'server' | 'sentinel' | 'cluster';
  /** Servers; of `sentinel`, the Sentinels; of `cluster`, nodes to begin with. At least one. */
  readonly hosts: readonly [RedisHost, ...RedisHost[]];
  readonly tls: boolean;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly database: number | undefined;
  /** Of `sentinel`: how Sentinels call the master. */
  readonly master: string | undefined;
  /** File of certificates (PEM) that TLS trusts instead of those of Node; as it is written. */
  readonly ca: string | undefined;
}

const FORM =
  /^(rediss?)(?:\+(sentinel|cluster))?:\/\/(?:([^@/?#]*)@)?([^@/?#]+)(?:\/([^?#]*))?(?:\?ca=([^&#]+))?$/;
const STANDARD_PORTS = { server: 6379, sentinel: 26379, cluster: 6379 } as const;

/** Undefined for what is none of the forms `redis://`, `redis+sentinel://…/MASTER`, `redis+cluster://`, each with `rediss` for TLS. */
export function readRedisAddress(text: string): RedisAddress | undefined {
  const [, protocol, several, user, places = '', path = '', ca] = FORM.exec(text) ?? [];
  if (protocol === undefined) return undefined;
  const kind = several === 'sentinel' || several === 'cluster' ? several : 'server';
  const hosts = places.split(',').map((place) => readHost(place, STANDARD_PORTS[kind]));
  const [first, ...others] = hosts.flatMap((host) => host ?? []);
  const credentials = readCredentials(user);
  const rest = readPath(kind, path);
  const tls = protocol === 'rediss';
  if (first === undefined || others.length + 1 < hosts.length) return undefined;
  if (kind === 'server' && others.length > 0) return undefined;
  if (credentials === undefined || rest === undefined || (ca !== undefined && !tls)) return undefined;
  return Object.freeze({
    ...{ kind, tls, hosts: [first, ...others] as const },
    ...credentials,
    ...rest,
    ca: ca === undefined ? undefined : decoded(ca),
  });
}

function readHost(place: string, standardPort: number): RedisHost | undefined {
  const [, v6, name, port] = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9._-]+))(?::(\d{1,5}))?$/.exec(place) ?? [];
  const host = v6 ?? name;
  const number = port === undefined ? standardPort : Number(port);
  return host === undefined || number < 1 || number > 65_535 ? undefined : { host, port: number };
}

function readCredentials(user = ''): Pick<RedisAddress, 'username' | 'password'> | undefined {
  const [name = '', ...others] = user.split(':');
  const username = decoded(name);
  const password = decoded(others.join(':'));
  if (username === undefined || password === undefined) return undefined;
  return {
    username: username === '' ? undefined : username,
    password: password === '' ? undefined : password,
  };
}

function readPath(
  kind: RedisAddress['kind'],
  path: string,
): Pick<RedisAddress, 'master' | 'database'> | undefined {
  if (kind === 'server') {
    if (!/^\d{0,5}$/.test(path)) return undefined;
    return { master: undefined, database: path === '' ? undefined : Number(path) };
  }
  if (kind === 'cluster') return path === '' ? { master: undefined, database: undefined } : undefined;
  return /^[A-Za-z0-9._-]{1,100}$/.test(path) ? { master: path, database: undefined } : undefined;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
