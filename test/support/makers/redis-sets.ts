/** Several real Redis servers on loopback: a Cluster of three masters, and a master with two replicas under three Sentinels. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './free-port';

export interface RedisSet {
  /** For `state`. */
  readonly url: string;
  /** Ports of the servers; of Sentinels' set, the first master is the first. */
  readonly ports: readonly number[];
  /** kill -9 */
  kill(port: number): Promise<void>;
  /** Stops a server in its tracks, or lets it go on. */
  signal(port: number, by: 'SIGSTOP' | 'SIGCONT'): void;
  stop(): Promise<void>;
}

const common = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--protected-mode', 'no'];

class Servers {
  readonly directory = mkdtempSync(join(tmpdir(), 'wix-saml-redis-set-'));
  readonly #running = new Map<number, ChildProcess>();

  async start(port: number, ...more: readonly string[]): Promise<void> {
    const child = spawn('redis-server', [...more, '--port', String(port), '--dir', this.directory], {
      stdio: 'ignore',
    });
    this.#running.set(port, child);
    await until(async () => (await command(port, 'PING')).includes('PONG'));
  }

  async kill(port: number): Promise<void> {
    const child = this.#running.get(port);
    this.#running.delete(port);
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  signal(port: number, by: 'SIGSTOP' | 'SIGCONT'): void {
    this.#running.get(port)?.kill(by);
  }

  async stop(): Promise<void> {
    for (const port of [...this.#running.keys()]) await this.kill(port);
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** One command by the inline protocol. @returns what came within a moment; empty when nobody answers */
export function command(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => void socket.write(`${text}\r\nQUIT\r\n`));
    socket.setTimeout(2000, () => socket.destroy());
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
  });
}

export async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (await isSo()) return;
    await pause(50);
  }
  throw new Error('the servers did not come to that');
}

const setOf = (servers: Servers, url: string, ports: readonly number[]): RedisSet => ({
  ...{ url, ports },
  kill: (port) => servers.kill(port),
  signal: (port, by) => servers.signal(port, by),
  stop: () => servers.stop(),
});

export async function startCluster(): Promise<RedisSet> {
  const servers = new Servers();
  const ports = [await freePort(), await freePort(), await freePort()];
  for (const [index, port] of ports.entries()) {
    const file = `nodes-${String(port)}.conf`;
    const bus = String(await freePort());
    const cluster = [
      '--cluster-enabled',
      'yes',
      '--cluster-config-file',
      file,
      '--cluster-node-timeout',
      '2000',
    ];
    await servers.start(port, ...common, ...cluster, '--cluster-port', bus);
    const slot = (at: number): number => Math.floor((at * 16_384) / 3);
    await command(port, `CLUSTER ADDSLOTSRANGE ${String(slot(index))} ${String(slot(index + 1) - 1)}`);
    if (port !== ports[0]) {
      const [first = 0] = ports;
      const firstBus = /:(\d+)@(\d+)/.exec(await command(first, 'CLUSTER NODES'))?.[2] ?? '';
      await command(port, `CLUSTER MEET 127.0.0.1 ${String(first)} ${firstBus}`);
    }
  }
  for (const port of ports)
    await until(async () => (await command(port, 'CLUSTER INFO')).includes('cluster_state:ok'));
  const url = `redis+cluster://${ports.map((port) => `127.0.0.1:${String(port)}`).join(',')}`;
  return setOf(servers, url, ports);
}

/** @param downAfterMs after which Sentinels promote a replica */
export async function startSentinels(downAfterMs = 10_000): Promise<RedisSet> {
  const servers = new Servers();
  const ports = [await freePort(), await freePort(), await freePort()];
  const [master, ...replicas] = ports as [number, number, number];
  await servers.start(master, ...common, '--repl-diskless-sync-delay', '0');
  for (const port of replicas) {
    await servers.start(
      port,
      ...common,
      '--replicaof',
      `127.0.0.1 ${String(master)}`,
      '--repl-diskless-sync-delay',
      '0',
    );
    await until(async () => (await command(port, 'INFO replication')).includes('master_link_status:up'));
  }
  const sentinels: number[] = [];
  for (let count = 0; count < 3; count++) {
    const port = await freePort();
    const file = join(servers.directory, `sentinel-${String(port)}.conf`);
    writeFileSync(
      file,
      [
        'bind 127.0.0.1',
        'protected-mode no',
        `sentinel monitor ours 127.0.0.1 ${String(master)} 2`,
        `sentinel down-after-milliseconds ours ${String(downAfterMs)}`,
        'sentinel failover-timeout ours 5000',
        '',
      ].join('\n'),
    );
    await servers.start(port, file, '--sentinel');
    sentinels.push(port);
  }
  for (const port of sentinels) {
    await until(async () =>
      /num-slaves\r\n\$1\r\n2[\s\S]*num-other-sentinels\r\n\$1\r\n2/.test(
        await command(port, 'SENTINEL MASTER ours'),
      ),
    );
  }
  const url = `redis+sentinel://${sentinels.map((port) => `127.0.0.1:${String(port)}`).join(',')}/ours`;
  return setOf(servers, url, ports);
}
