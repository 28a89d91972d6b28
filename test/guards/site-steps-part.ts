// The part of src/wix-site/README.md that is written from the table of steps, between its two markers.

import { editorLimits, editorNames, editors } from '../../src/admin/site-places';
import { placeOf, siteSteps, type SiteStep } from '../../src/admin/site-steps';

const begin = '<!-- steps: written by `npm run docs` -->';
const end = '<!-- end of steps -->';

const steps = siteSteps({
  editor: 'editor',
  choice: { oldModules: false, signOn: false, collaborators: false, ownFunctions: false },
  site: 'NAME',
  siteUrl: 'https://www.example.com',
  serviceProvider: 'https://sso.example.com',
  landingPage: '/sso',
  secret: { name: 'saml_config', value: 'the JSON that `wix-saml site` prints' },
  collection: 'SamlAssertions',
  checkLink: 'https://www.example.com/sso?check=…',
});

/** @throws Error where the markers are missing */
export function withSiteSteps(readme: string): string {
  const [before, rest] = [readme.slice(0, readme.indexOf(begin)), readme.slice(readme.indexOf(end))];
  if (!readme.includes(begin) || !readme.includes(end))
    throw new Error('The markers of the steps are missing');
  const limits = editors.map((editor) => `- **${editorNames[editor]}**: ${editorLimits[editor]}`);
  return [
    `${before}${begin}`,
    '',
    ...limits,
    '',
    ...steps.flatMap((step, index) => stepPart(step, index + 1)),
    rest,
  ].join('\n');
}

const stepPart = ({ id, title, what, values, right, optional }: SiteStep, number: number): string[] => [
  `### ${number}. ${title}${optional ? ' (can wait)' : ''}`,
  '',
  what.join(' '),
  '',
  ...values.filter(({ text }) => !text.includes('\n')).map(({ label, text }) => `- ${label}: ${code(text)}`),
  ...editors.map((editor) => `- ${editorNames[editor]}: ${placeOf(editor, id)}`),
  '',
  `Right when ${right}`,
  '',
];

const code = (text: string): string => (text.includes('`') ? text : `\`${text}\``);
