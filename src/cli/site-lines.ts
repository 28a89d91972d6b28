// The set-up of a site as lines for a terminal: what was copied, then the steps by number, code indented for copying.

import type { SiteSetup, SiteStep } from '../admin/site-setup';

export const siteLines = ({ site, copied, steps }: SiteSetup, baseUrl: string): string[] => [
  `Files for the site "${site.name}" (${site.url}) are in ${copied.target}:`,
  ...copied.written.map((name) => `  ${name}`),
  ...copied.kept.map((name) => `  ${name} was there and was left alone${keptHint(name, baseUrl, site.name)}`),
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

const keptHint = (name: string, baseUrl: string, site: string): string =>
  name.endsWith('settings.js')
    ? `: it must say serviceProvider: '${baseUrl}' and site: '${site}'.`
    : ': add the two functions post_samlSession and post_samlSessionCheck to it.';
