// npm run test:modes [-- NAME …]: the whole suite of the site's files, once with each switch of the emulator turned alone.

import { spawnSync } from 'node:child_process';

/**
 * What Wix may do besides what it is taken to do; the meaning of each switch is in support/wix/emulator/world.mjs. That Wix does
 * not tell whether an address is verified is missing here: then every member who was there before is refused until the
 * owner adopts them, which is a result of its own (pre-registered.test.ts) and leaves the rest of the suite without members.
 */
const modes = {
  'old modules': { modules: 'old' },
  'secret as text': { secretShape: 'text' },
  'token used once': { tokenSingleUse: true },
  'reload at sign-in': { reloadOnLogin: true },
  'late session': { lateLogin: true },
  'case-blind look-up': { memberQuery: 'caseBlind' },
  'minted is verified': { mintedVerified: true },
  'date is not told': { createdReadable: false },
  collaborators: { userMembers: true },
  'Sign On': { signOn: true },
  'opaque token': { tokenForm: 'opaque' },
  'two containers, quota, cold start': { containers: 2, requestsPerMinute: 5000, coldStartMs: 100 },
  'below a path': { sitePath: '/mysite' },
  'functions of its own': { ownFunctions: true },
};

const wanted = process.argv.slice(2);
let failed = 0;
for (const [name, mode] of Object.entries(modes)) {
  if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue;
  const jest = ['node_modules/jest/bin/jest.js', '-c', 'test/system/jest.config.js', 'test/system/wix-site'];
  const { status, stderr } = spawnSync(process.execPath, [...jest, '--silent'], {
    env: { ...process.env, WIX_SITE_MODE: JSON.stringify(mode) },
  });
  const text = stderr.toString();
  console.log(`${name}: ${/^Tests: .*$/m.exec(text)?.[0].replace(/^Tests: +/, '') ?? 'did not run'}`);
  if (status !== 0) {
    failed += 1;
    for (const [line] of text.matchAll(/^ {2}● .*$/gm)) console.log(`  ${line.trim()}`);
  }
}
process.exitCode = failed === 0 ? 0 : 1;
