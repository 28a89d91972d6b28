// Who else has the directory open. LMDB knows processes by their PID, so two PID namespaces (two containers) on one
// directory would take each other's readers for dead. Every process therefore listens on a socket in the directory, whose
// name tells its namespace: whether somebody listens is the kernel's word and ends with the process, also with kill -9, so
// nobody ever waits for a heartbeat to go stale.

import { closeSync, constants, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { SsoError } from '../core/errors';
import type { Random } from '../core/ports';
import { unusable } from './file-directory';
import type { Machine } from './file-machine';

const NAME = /^in-(\d*)-\d+-[0-9a-f]+\.sock$/;

/** Our place in the directory; closed with the store. */
export interface Presence {
  close(): void;
}

/** @throws SsoError STATE_DIRECTORY_SHARED when a process of another PID namespace has the directory open */
export async function takePlace(directory: string, machine: Machine, random: Random): Promise<Presence> {
  const namespace = machine.pidNamespace();
  // A socket's path may have 107 bytes; by way of an open directory it always has fewer.
  const descriptor = process.platform === 'linux' ? openSync(directory, constants.O_DIRECTORY) : undefined;
  const within = descriptor === undefined ? directory : `/proc/self/fd/${String(descriptor)}`;
  const serial = random.bytes(6).toString('hex');
  const own = `in-${namespace}-${String(process.pid)}-${serial}.sock`;
  let server: Server | undefined;
  const close = (): void => {
    server?.close();
    rmSync(join(directory, own), { force: true });
    if (descriptor !== undefined) closeSync(descriptor);
  };
  try {
    // Under its name only once it listens: what is bound and does not listen yet looks dead to others.
    server = await listen(join(within, `new-${serial}.sock`));
    renameSync(join(within, `new-${serial}.sock`), join(within, own));
    for (const name of readdirSync(directory)) {
      const [, theirs] = NAME.exec(name) ?? [];
      if (theirs === undefined || name === own) continue;
      if (!(await somebodyListens(join(within, name)))) rmSync(join(directory, name), { force: true });
      else if (theirs !== namespace) throw sharedWith(directory);
    }
    return { close };
  } catch (cause) {
    close();
    throw cause instanceof SsoError ? cause : unusable(directory, cause);
  }
}

const sharedWith = (directory: string): SsoError =>
  new SsoError('STATE_DIRECTORY_SHARED', {
    problem: `a process of another container has the directory ${directory} open`,
  });

function listen(path: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', reject);
    // Exclusive: in a worker of Node's cluster, the primary would listen for us, and live on after us.
    server.listen({ path, exclusive: true }, () => {
      server.unref();
      resolve(server);
    });
  });
}

/** False only when the kernel says that nobody does; whatever else goes wrong counts as somebody. */
function somebodyListens(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT'),
    );
  });
}
