// dist/demo: the local identity provider and the emulated Wix site of `wix-saml demo` and `wix-saml dev`. Demo only: nothing else
// of the package loads it. The provider is bundled; the site's process takes its files as they are.

import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const inRoot = (name) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

await build({
  absWorkingDir: inRoot('.'),
  entryPoints: ['test/demo/parts.ts'],
  outfile: 'dist/demo/main.js',
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  banner: {
    js: '// DEMO ONLY: an identity provider that signs in whoever clicks a name. Listens on this machine alone.',
  },
  logLevel: 'warning',
});

for (const name of ['emulator', 'browser', 'pages/members.js']) {
  const target = inRoot(`dist/demo/wix/${name}`);
  mkdirSync(dirname(target), { recursive: true });
  cpSync(inRoot(`test/support/wix/${name}`), target, { recursive: true });
}

writeFileSync(
  inRoot('dist/demo/README.md'),
  `# Demo only

An identity provider that signs in whoever clicks a name, and an emulated Wix site, for \`wix-saml demo\` and \`wix-saml dev\`.
Both listen on 127.0.0.1 and answer no other host. The service itself never loads them.
`,
);
