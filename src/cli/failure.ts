// Why a command failed → a sentence with what to do. The system's codes stay in it, because people search for them.

import { types } from 'node:util';

interface SystemFailure {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly address?: unknown;
  readonly port?: unknown;
  readonly path?: unknown;
  readonly message: string;
}

export function failureText(cause: unknown): string {
  if (!types.isNativeError(cause)) return 'Failed: unknown reason';
  const failure: SystemFailure = cause;
  const remedy = typeof failure.code === 'string' ? remedyFor(failure.code, failure) : undefined;
  return remedy === undefined ? `Failed: ${cause.message}` : `Failed: ${remedy} (${String(failure.code)})`;
}

function remedyFor(code: string, { syscall, address, port, path }: SystemFailure): string | undefined {
  if (syscall === 'listen' || syscall === 'getaddrinfo') {
    return listenRemedy(code, typeof address === 'string' ? address : 'this address', String(port));
  }
  return typeof path === 'string' ? fileRemedies[code]?.(path) : undefined;
}

function listenRemedy(code: string, address: string, port: string): string | undefined {
  if (code === 'EADDRINUSE')
    return `another process listens on ${address}:${port}. Stop it, or change listen.port.`;
  if (code === 'EACCES')
    return `this user may not listen on port ${port}. Take one above 1023 and put the proxy in front.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return 'this machine does not have the address of listen.host. Write one that it has, or 0.0.0.0 for all.';
  return undefined;
}

const fileRemedies: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => `${path} cannot be written: there is no such directory. Make it first.`,
  EACCES: (path) => `${path}: this user may not write there. Choose another place, or another user.`,
  EPERM: (path) => `${path}: this user may not write there. Choose another place, or another user.`,
  EROFS: (path) => `${path} is on a file system that is read-only. Choose another place.`,
  EISDIR: (path) => `${path} is a directory. Name a file.`,
  ENOTDIR: (path) => `${path}: a part of it is a file, not a directory. Choose another place.`,
  EEXIST: (path) => `${path} exists already and was not replaced. Choose another place.`,
  ENOSPC: (path) => `${path} cannot be written: the disk is full.`,
};
