// The set-up of a site as lines for a terminal: the files, then the steps by number, code indented for copying.

import { functionLines, functionsFile } from '../admin/site-files';
import type { SiteSetup, SiteStep } from '../admin/site-setup';

export const siteLines = ({ site, files, steps }: SiteSetup, baseUrl: string): string[] => [
  `Files for the site "${site.name}" (${site.url}) are in ${files.target}:`,
  ...files.written.map((name) => `  ${name}`),
  ...files.kept.flatMap((name) => keptLines(name, baseUrl, site.name)),
  '',
  ...steps.flatMap((step, index) => stepLines(step, index + 1)),
];

const stepLines = ({ text, code, after }: SiteStep, number: number): string[] => [
  ...text.map((line, index) => (index === 0 ? `${number}. ${line}` : `   ${line}`)),
  ...(code === undefined ? [] : ['', indented(code), '']),
  ...(after === undefined ? [] : [`   ${after}`]),
];

const indented = (code: string): string =>
  code
    .split('\n')
    .map((line) => `     ${line}`.trimEnd())
    .join('\n');

function keptLines(name: string, baseUrl: string, site: string): string[] {
  if (name === functionsFile) {
    return [
      `  ${name} was there and was left alone. Add these lines to it:`,
      '',
      indented(functionLines()),
      '',
    ];
  }
  return [
    `  ${name}: the settings and sentences at its head were changed and were left alone. They must say`,
    `  serviceProvider: '${baseUrl}' and site: '${site}'.`,
  ];
}
