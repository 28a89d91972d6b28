/** docs/warnings.md, made from the table of warnings. */

import { warningTable } from '../../../src/core/warnings';
import { code, prose, table } from './markdown';

const asked = {
  configuration: 'always',
  site: 'with `--site`',
  state: 'where the state is shared',
} as const;

export const warningsPage = (): string => `# Warnings

<!-- Made from src/core/warnings.ts by \`npm run docs\`. -->

What works and is worth a look. \`wix-saml check\` prints each with its place and a hint; \`check --strict\` fails on those that
nobody has acknowledged, so it fits a daily job. An acknowledgement has a reason and an end:

\`\`\`yaml fragment
acknowledged:
  - warning: SHA1_ALLOWED
    connection: acme
    reason: the IdP is replaced in March
    until: 2027-03-31
\`\`\`

${table(
  ['code', 'meaning', 'looked for'],
  Object.entries(warningTable).map(([name, { meaning, source }]) => [
    code(name),
    prose(meaning),
    asked[source],
  ]),
)}
`;
