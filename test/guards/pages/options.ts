/** docs/options.md, made from the table of options and from what `init` writes. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFirstConfiguration } from '../../../src/admin/first-configuration';
import { optionRows, type OptionRow } from '../../../src/config/options';
import { code, prose, table } from './markdown';

const titles: Readonly<Record<string, string>> = {
  serviceProvider: 'This service',
  listen: 'Listening',
  state: 'State',
  verification: 'Verification',
  log: 'Log',
  acknowledged: 'Acknowledged warnings',
  admin: 'A listener for operators',
  audit: 'Audit log',
  sites: 'Wix sites',
  connections: 'Connections to identity providers',
};

/** `stateKeys` belongs to `state`; everything else to the word before its first full stop. */
function sectionOf({ path }: OptionRow): string {
  const [first = ''] = path.split(/[.[]/);
  return first === 'stateKeys' ? 'state' : first;
}

function section(name: string): string {
  const rows = optionRows().filter((row) => sectionOf(row) === name);
  const cells = rows.map(({ path, type, default: standard, meaning, example }) => [
    code(path),
    prose(type),
    prose(standard),
    prose(meaning) + (example === undefined ? '' : ` Example: ${code(example)}`),
  ]);
  return `## ${titles[name] ?? name}\n\n${table(['option', 'type', 'default', 'meaning'], cells)}`;
}

function firstConfiguration(): string {
  const directory = mkdtempSync(join(tmpdir(), 'wix-saml-page-'));
  try {
    const file = join(directory, 'wix-saml.yaml');
    writeFirstConfiguration(file, {
      baseUrl: 'https://sso.example.com',
      siteUrl: 'https://www.example.com',
      domain: 'example.com',
      emailFrom: 'nameId',
    });
    // Where this machine has the package is nobody's concern.
    return readFileSync(file, 'utf8')
      .replace(/\$schema=.*/, '$schema=node_modules/wix-saml/docs/wix-saml.schema.json')
      .trimEnd();
  } finally {
    rmSync(directory, { recursive: true });
  }
}

export const optionsPage = (): string => `# Options

<!-- Made from src/config/options.ts by \`npm run docs\`. -->

Everything that may stand in \`wix-saml.yaml\`; \`wix-saml init\` writes [a first one](#a-first-configuration). Relative paths
start at the file. \`\${NAME}\` in a value is replaced from the environment. Secrets stand in files or in the environment, never
in the configuration. Unknown options are refused, with the nearest name that exists. No option switches a check off.

\`docs/wix-saml.schema.json\` says the same to an editor: the first line of what \`init\` writes leads there.

${[...new Set(optionRows().map(sectionOf))].map(section).join('\n\n')}

## A first configuration

\`\`\`yaml
${firstConfiguration()}
\`\`\`
`;
