/** python3-saml from the operating system, strict, in one process for all cases. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Case } from './cases';
import type { Opinion } from './opinion';

/** The system's own interpreter: the package belongs to it. */
const PYTHON = '/usr/bin/python3';

export function hasPythonSaml(): boolean {
  return spawnSync(PYTHON, ['-c', 'import onelogin.saml2'], { stdio: 'ignore' }).status === 0;
}

export function askPythonSaml(cases: readonly Case[]): Opinion[] {
  const input = cases.map(({ field, parties, certificates, decryptionKeys, now }) =>
    JSON.stringify({
      field,
      certificates,
      decryptionKeys,
      now,
      identityProvider: parties.identityProvider,
      serviceProvider: parties.serviceProvider,
      assertionConsumerServiceUrl: parties.assertionConsumerServiceUrl,
      requestId: parties.requestId ?? null,
      allowSha1: parties.allowSha1 ?? false,
    }),
  );
  const { stdout, stderr, status } = spawnSync(PYTHON, [join(__dirname, 'python_saml.py')], {
    input: input.join('\n'),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const answers = stdout.split('\n').filter((line) => line.startsWith('{'));
  if (status !== 0 || answers.length !== cases.length)
    throw new Error(`python3-saml stopped: ${stderr.slice(-2000)}`);
  return answers.map((line) => JSON.parse(line) as Opinion);
}
