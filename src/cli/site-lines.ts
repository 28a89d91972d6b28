// The set-up of a site as lines for a terminal: the files, then the steps by number, values indented for copying.

import { functionLines, functionsFile, type WrittenFiles } from '../admin/site-files';
import { editorLimits } from '../admin/site-places';
import type { SiteSetup } from '../admin/site-setup';
import type { SiteStep, StepValue } from '../admin/site-steps';

/** @param handout the page that was written; it holds the steps, so they are not printed besides */
export function siteLines(setup: SiteSetup, baseUrl: string, handout: string | undefined): string[] {
  const { site, editor, files, steps, check } = setup;
  return [
    ...(files === undefined ? [] : [...fileLines(files, { site: site.name, url: site.url, baseUrl }), '']),
    ...(handout === undefined
      ? [
          editorLimits[editor],
          '',
          ...steps.flatMap((step, index) => stepLines(step, index + 1)),
          operatorLine(site.name),
        ]
      : [
          `The page for the owner of "${site.name}" is ${handout}. Give it to nobody else: the address in its last step`,
          `works in the first browser that opens it, until ${check.until}. ${operatorLine(site.name)}`,
        ]),
  ];
}

const operatorLine = (site: string): string =>
  `From here, \`wix-saml check --site ${site}\` asks the published site.`;

interface Around {
  readonly site: string;
  readonly url: string;
  readonly baseUrl: string;
}

const fileLines = ({ target, written, kept }: WrittenFiles, around: Around): string[] => [
  `Files for the site "${around.site}" (${around.url}) are in ${target}:`,
  ...written.map((name) => `  ${name}`),
  ...kept.flatMap((name) => keptLines(name, around)),
];

const stepLines = ({ title, where, what, values, right, optional }: SiteStep, number: number): string[] => [
  `${number}. ${title}${optional ? ' (can wait)' : ''}`,
  `   ${where}`,
  ...what.map((line) => `   ${line}`),
  ...values.flatMap(valueLines),
  `   Right when ${right}`,
  '',
];

const valueLines = ({ label, text }: StepValue): string[] =>
  text.includes('\n') ? [`   ${label}:`, '', indented(text), ''] : [`   ${label}: ${text}`];

const indented = (code: string): string =>
  code
    .split('\n')
    .map((line) => `     ${line}`.trimEnd())
    .join('\n');

function keptLines(name: string, { baseUrl, site }: Around): string[] {
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
