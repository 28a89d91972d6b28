/** `npm run demo`: a whole sign-in on this machine, to click through; with --check it clicks by itself. */

import { signIn } from './sign-in';
import { startDemo, type Demo } from './start';

/**
 * Listens from the beginning: whoever stops the demo while it starts leaves nothing behind either. Ctrl-C arrives twice,
 * from the terminal and from npm; and when npm itself is gone, nobody is left to end the demo.
 */
const interrupted = new Promise<void>((resolve) => {
  const startedBy = process.ppid;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  setInterval(() => {
    if (process.ppid !== startedBy) resolve();
  }, 500).unref();
});

async function main(): Promise<number> {
  const demo = await startDemo();
  try {
    const isCheck = process.argv.includes('--check');
    return await Promise.race([
      isCheck ? check(demo) : wait(demo),
      interrupted.then(() => (isCheck ? 1 : 0)),
    ]);
  } finally {
    await demo.stop();
  }
}

async function check(demo: Demo): Promise<number> {
  const { steps, member, page } = await signIn(demo, 'alice');
  steps.forEach((step, index) => process.stdout.write(`${index + 1}. ${step}\n`));
  const right = member.email === 'alice@example.com';
  process.stdout.write(
    `${right ? 'Signed in' : 'WRONG MEMBER'}: ${member.name} <${member.email}> on ${page}\n`,
  );
  return right ? 0 : 1;
}

async function wait({ baseUrl, idp, site }: Demo): Promise<number> {
  process.stdout.write(
    [
      `Service provider   ${baseUrl}`,
      `Identity provider  ${idp.url}`,
      `Wix site           ${site.url}`,
      '',
      `Open ${site.url} and click "Sign in". Ctrl-C ends the demo.`,
      '',
    ].join('\n'),
  );
  await interrupted;
  return 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (cause: unknown) => {
    process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
    process.exitCode = 1;
  },
);
