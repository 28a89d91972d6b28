// Real proxies with the example files as they stand in docs/examples; only addresses, ports and certificate files are others.

import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../guards/sources';
import { stopped } from '../real/processes';

export interface Ports {
  /** With TLS, for visitors. */
  readonly proxy: number;
  readonly service: number;
}

export interface Certificate {
  readonly key: string;
  readonly certificate: string;
}

export interface ProxyProduct {
  readonly name: string;
  /** Debian's package. */
  readonly packageName: string;
  readonly program: string;
  /** Files below `directory`; gives the arguments to start with. */
  readonly configure: (directory: string, ports: Ports, tls: Certificate) => readonly string[];
}

const example = (name: string): string => readFileSync(join(root, 'docs', 'examples', name), 'utf8');

/** Fails when the example no longer has the line: then the test would start something else than what is documented. */
function replaced(text: string, changes: Readonly<Record<string, string>>): string {
  return Object.entries(changes).reduce((changed, [from, to]) => {
    if (!changed.includes(from)) throw new Error(`the example has no "${from}"`);
    return changed.replace(from, to);
  }, text);
}

const caddy: ProxyProduct = {
  name: 'Caddy',
  packageName: 'caddy',
  program: '/usr/bin/caddy',
  configure: (directory, ports, { key, certificate }) => {
    const file = join(directory, 'Caddyfile');
    const alone = [
      'admin off',
      'auto_https disable_redirects',
      'skip_install_trust',
      `storage file_system ${join(directory, 'caddy')}`,
      'servers {\n\t\tprotocols h1 h2\n\t}',
    ];
    const site = `https://localhost:${String(ports.proxy)} {\n\tbind 127.0.0.1\n\ttls ${certificate} ${key}`;
    const text = replaced(example('Caddyfile'), {
      'sso.example.com {': site,
      '127.0.0.1:3000': `127.0.0.1:${String(ports.service)}`,
    });
    writeFileSync(file, `{\n${alone.map((line) => `\t${line}\n`).join('')}}\n\n${text}`);
    return ['run', '--adapter', 'caddyfile', '--config', file];
  },
};

const nginx: ProxyProduct = {
  name: 'nginx',
  packageName: 'nginx-light',
  program: '/usr/sbin/nginx',
  configure: (directory, ports, { key, certificate }) => {
    const file = join(directory, 'nginx.conf');
    const site = join(directory, 'site.conf');
    writeFileSync(
      site,
      replaced(example('nginx.conf'), {
        'listen 443 ssl;': `listen 127.0.0.1:${String(ports.proxy)} ssl;`,
        'server_name sso.example.com;': 'server_name localhost;',
        '/etc/ssl/sso.example.com.crt': certificate,
        '/etc/ssl/sso.example.com.key': key,
        'http://127.0.0.1:3000': `http://127.0.0.1:${String(ports.service)}`,
      }),
    );
    mkdirSync(join(directory, 'nginx'));
    const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
    const lines = [
      ...(process.getuid?.() === 0 ? ['user root;'] : []),
      'daemon off;',
      'worker_processes 1;',
      `pid ${join(directory, 'nginx.pid')};`,
      'error_log stderr warn;',
      'events {}',
      'http {',
      'access_log off;',
      ...folders.map((name) => `${name}_temp_path ${join(directory, 'nginx', name)};`),
      `include ${site};`,
      '}',
    ];
    writeFileSync(file, `${lines.join('\n')}\n`);
    return ['-e', 'stderr', '-p', directory, '-c', file];
  },
};

export const proxyProducts: readonly ProxyProduct[] = [caddy, nginx];

export const isHere = ({ program }: ProxyProduct): boolean => existsSync(program);

/** For the name localhost, by openssl. */
export function makeCertificate(directory: string): Certificate {
  const key = join(directory, 'proxy.key');
  const certificate = join(directory, 'proxy.crt');
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-days', '2'];
  execFileSync('openssl', ['req', '-x509', ...curve, ...names, '-keyout', key, '-out', certificate], {
    stdio: 'pipe',
  });
  return { key, certificate };
}

export interface RunningProxy {
  readonly said: () => string;
  stop(): Promise<void>;
}

export function startProxy({ program }: ProxyProduct, args: readonly string[], home: string): RunningProxy {
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home },
  });
  const lines: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
  return { said: () => lines.join(''), stop: () => stopped(child) };
}
