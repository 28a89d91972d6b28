// The end of a running service that its operator speaks to: one line of JSON in, one line of JSON out. Who may open the
// socket is decided by the file system: its directory and itself belong to the service's user.

import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import type { ConnectionView } from '../admin/connections';
import type { Environment } from '../config/environment';
import { openControlDirectory, socketPrefix } from './control-places';
import type { ReloadChoice, ReloadOutcome } from './reload';

export interface ControlSocket {
  /** Its file. */
  readonly path: string;
  readonly close: () => Promise<void>;
}

/** What the service does when it is told to. */
export interface ControlVerbs {
  readonly reload: (choice: ReloadChoice) => Promise<ReloadOutcome>;
  readonly connections: () => readonly ConnectionView[];
}

/** What the service answers. */
export type ControlAnswer = { readonly pid: number } & (
  ReloadOutcome | { readonly connections: readonly ConnectionView[] } | { readonly error: string }
);

type Asked = { readonly verb: 'reload'; readonly choice: ReloadChoice } | { readonly verb: 'connections' };

const mostRequestBytes = 1024;
const requestWithinMs = 5000;

/** Listens for requests; undefined where no private directory can be made, or the system has no such sockets. */
export async function openControlSocket(
  configFile: string,
  env: Environment,
  verbs: ControlVerbs,
): Promise<ControlSocket | undefined> {
  const directory = process.platform === 'win32' ? undefined : openControlDirectory(env);
  if (directory === undefined) return undefined;
  const path = join(directory, `${socketPrefix(configFile)}${String(process.pid)}.sock`);
  rmSync(path, { force: true }); // of a process that had our number before
  const server = createServer({ allowHalfOpen: true }, (socket) => void answer(socket, verbs));
  try {
    await listenPrivately(server, path);
  } catch {
    return undefined;
  }
  server.unref();
  return { path, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** The file is made while nobody but us may use what we make. */
function listenPrivately(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const before = process.umask(0o177);
    try {
      server.once('error', reject);
      // Exclusive: the primary of several workers would open it for us, under a mask of its own.
      server.listen({ path, exclusive: true }, () => resolve());
    } finally {
      process.umask(before);
    }
  });
}

async function answer(socket: Socket, { reload, connections }: ControlVerbs): Promise<void> {
  socket.on('error', () => socket.destroy());
  const line = await requestOf(socket);
  const asked = line === undefined ? undefined : readRequest(line);
  if (asked === undefined) {
    socket.end(written({ pid: process.pid, error: 'This is not a request that the service knows.' }));
    return;
  }
  if (asked.verb === 'connections') {
    socket.end(written({ pid: process.pid, connections: connections() }));
    return;
  }
  const outcome = await reload(asked.choice).catch(() => ({
    error: 'The reload failed by a mistake of the program; nothing was changed.',
  }));
  socket.end(written({ pid: process.pid, ...outcome }));
}

const written = (value: ControlAnswer): string => `${JSON.stringify(value)}\n`;

/** The one line; undefined when it is too long or too slow. */
async function requestOf(socket: Socket): Promise<string | undefined> {
  const late = setTimeout(() => socket.destroy(), requestWithinMs);
  let text = '';
  try {
    for await (const chunk of socket.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
      text += String(chunk);
      if (text.includes('\n')) return text;
      if (text.length > mostRequestBytes) return undefined;
    }
    return text;
  } catch {
    return undefined;
  } finally {
    clearTimeout(late);
  }
}

function readRequest(line: string): Asked | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null) return undefined;
    const request = new Map<string, unknown>(Object.entries(value));
    const verb = request.get('verb');
    if (verb === 'connections') return { verb };
    return verb === 'reload'
      ? { verb, choice: { allowRemoval: request.get('allowRemoval') === true } }
      : undefined;
  } catch {
    return undefined;
  }
}
