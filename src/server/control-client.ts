// Speaks to the services that run with a configuration file on this machine (control-socket).

import { readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { ConnectionView } from '../admin/connections';
import type { Environment } from '../config/environment';
import { lookedInDirectories, mayLookInto, socketPrefix } from './control-places';
import type { ReloadChoice } from './reload';

/** A reload reads twice and may wait ten seconds for a new address; several can queue. */
const answerWithinMs = 60_000;
const mostAnswerBytes = 1024 * 1024;

export type Reached =
  | { readonly kind: 'answered'; readonly text: string }
  /** Nobody listens there any more. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed'; readonly reason: string };

/** Sockets of this configuration file. */
export function findSockets(configFile: string, env: Environment): readonly string[] {
  const prefix = socketPrefix(configFile);
  return lookedInDirectories(env)
    .filter(mayLookInto)
    .flatMap((directory) =>
      readdirSync(directory)
        .filter((name) => name.startsWith(prefix) && name.endsWith('.sock'))
        .map((name) => join(directory, name)),
    );
}

export const askToReload = (socketPath: string, choice: ReloadChoice): Promise<Reached> =>
  askFor(socketPath, { verb: 'reload', ...choice });

/** @returns the connections as one running service has them; undefined when none answers */
export async function askForConnections(
  configFile: string,
  env: Environment,
): Promise<{ readonly pid: number; readonly connections: readonly ConnectionView[] } | undefined> {
  for (const socket of findSockets(configFile, env)) {
    const reached = await askFor(socket, { verb: 'connections' });
    const answer = reached.kind === 'answered' ? readAnswer(reached.text) : undefined;
    if (answer !== undefined) return answer;
  }
  return undefined;
}

/** Written by another process of this program, perhaps of another version. */
function readAnswer(text: string) {
  try {
    const { pid, connections } = JSON.parse(text) as { pid?: number; connections?: ConnectionView[] };
    return pid === undefined || !Array.isArray(connections) ? undefined : { pid, connections };
  } catch {
    return undefined;
  }
}

async function askFor(socketPath: string, request: object): Promise<Reached> {
  const reached = await ask(socketPath, `${JSON.stringify(request)}\n`);
  if (reached.kind === 'gone') rmSync(socketPath, { force: true });
  return reached;
}

function ask(path: string, request: string): Promise<Reached> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const chunks: string[] = [];
    const late = setTimeout(() => socket.destroy(new Error('no answer in time')), answerWithinMs);
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      chunks.push(chunk);
      if (chunks.join('').length > mostAnswerBytes) socket.destroy(new Error('the answer is too long'));
    });
    socket.once('connect', () => socket.end(request));
    socket.once('error', ({ code, message }: NodeJS.ErrnoException) => {
      const gone = code === 'ECONNREFUSED' || code === 'ENOENT';
      resolve(gone ? { kind: 'gone' } : { kind: 'failed', reason: code ?? message });
    });
    socket.once('close', () => {
      clearTimeout(late);
      resolve({ kind: 'answered', text: chunks.join('') });
    });
  });
}
