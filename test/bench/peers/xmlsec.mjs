// The command xmlsec1: one process for each message, as scripts use it. It verifies the signature and checks nothing of SAML.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @returns undefined, said loudly, when it is not installed */
export function startXmlsec() {
  if (spawnSync('xmlsec1', ['--version'], { stdio: 'ignore' }).status !== 0) {
    console.log('xmlsec1 is not installed: not compared with it');
    return undefined;
  }
  const directory = mkdtempSync(join(tmpdir(), 'wix-saml-bench-'));
  const [message, trusted] = [join(directory, 'message.xml'), join(directory, 'idp.pem')];
  return {
    /** CPU milliseconds per process; those of the processes that this one waited for. */
    measure({ certificate }, field, times) {
      writeFileSync(message, Buffer.from(field, 'base64'));
      writeFileSync(trusted, certificate);
      const from = childrensCpu();
      for (let time = 0; time < times; time++)
        execFileSync(
          'xmlsec1',
          ['--verify', '--enabled-key-data', 'x509,raw-x509-cert', '--pubkey-cert-pem', trusted].concat([
            '--id-attr:ID',
            'Assertion',
            '--id-attr:ID',
            'Response',
            message,
          ]),
          { stdio: 'ignore' },
        );
      return Promise.resolve((childrensCpu() - from) / times);
    },
    stop: () => rmSync(directory, { recursive: true }),
  };
}

/** cutime and cstime of this process, in clock ticks of 10 ms (Linux, proc(5)). */
function childrensCpu() {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10;
}
