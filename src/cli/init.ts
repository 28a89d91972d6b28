// `wix-saml init`: a first configuration, and what is left to do. On a terminal it asks for what no flag says.

import { readFileSync } from 'node:fs';
import { firstQuestions, type FirstAddress } from '../admin/first-addresses';
import { firstPlaces, writeFirstConfiguration, type FirstAddresses } from '../admin/first-configuration';
import { command } from './command';
import { configOption, flag, text } from './options';
import { configFile, exit, type Terminal } from './terminal';
import { UsageError } from './usage';

type Given = Readonly<Partial<Record<FirstAddress, string | undefined>>>;

export const initCommand = command({
  name: 'init',
  description: 'write a first configuration and say what is left to do',
  arguments: [],
  options: {
    config: configOption,
    baseUrl: text('--base-url <url>', 'public address of this service (default: https://sso.example.com)'),
    siteUrl: text('--site-url <url>', 'public address of the Wix site (default: https://www.example.com)'),
    domain: text('--domain <domain>', 'mail domain of the organisation (default: example.com)'),
    emailFrom: text(
      '--email-from <source>',
      'where the IdP puts the address: nameId, or the name of an attribute',
    ),
    yes: flag('-y, --yes', 'ask nothing, take the defaults'),
  },
  run: async (options, terminal) => {
    const file = configFile(options.config, terminal);
    checkFlags(options);
    if (firstPlaces(file).exists) {
      terminal.err(`Nothing was written: ${file} exists already. Name another file with --config.`);
      for (const line of stepsLeft(file)) terminal.err(line);
      return exit.findings;
    }
    const addresses = await complete(options, terminal);
    if (addresses === undefined) {
      terminal.err('Nothing was written.');
      return exit.findings;
    }
    writeFirstConfiguration(file, addresses);
    terminal.out(`Written: ${file}. What is left:`);
    for (const line of stepsLeft(file)) terminal.out(line);
    return exit.fine;
  },
});

function checkFlags(given: Given): void {
  for (const { name, flag: written, problemOf } of firstQuestions) {
    const value = given[name];
    const problem = value === undefined ? undefined : problemOf(value);
    if (problem !== undefined) throw new UsageError(`${written} ${JSON.stringify(value)} ${problem}.`);
  }
}

/** Flags first, then answers, then examples; undefined when the person gave up. */
async function complete(
  given: Given & { readonly yes: boolean },
  { ask }: Terminal,
): Promise<FirstAddresses | undefined> {
  const values = new Map<FirstAddress, string>();
  for (const { name, question, standard, problemOf } of firstQuestions) {
    const flagged = given[name];
    if (flagged !== undefined) values.set(name, flagged);
    else if (ask !== undefined && !given.yes) {
      const check = (answer: string): string | undefined => {
        const problem = problemOf(answer);
        return problem && `This ${problem}.`;
      };
      const answer = await ask({ message: question, standard, check });
      if (answer === undefined) return undefined;
      values.set(name, answer);
    }
  }
  const of = (name: FirstAddress): string =>
    values.get(name) ?? firstQuestions.find((question) => question.name === name)?.standard ?? '';
  return {
    baseUrl: of('baseUrl'),
    siteUrl: of('siteUrl'),
    domain: of('domain'),
    emailFrom: values.get('emailFrom'),
  };
}

/** Lines that still hold what `init` made up, or that nobody has decided. */
function openLines(configuration: string): string[] {
  const written = configuration.replace(/(^|\s)#.*$/gm, '');
  const isExample = (name: string): boolean =>
    new RegExp(`^\\s*${name}:.*\\bexample\\.com\\b`, 'm').test(written);
  return [
    ...(['baseUrl', 'url', 'emailDomains'] as const).filter(isExample).map((name) => lineWords[name]),
    ...(/^\s*emailFrom:/m.test(written) ? [] : ['emailFrom']),
  ];
}

const lineWords = { baseUrl: 'baseUrl', url: 'the site’s url', emailDomains: 'emailDomains' } as const;

/** Only what is not done: a step whose files are there is left out. */
function stepsLeft(file: string): string[] {
  const { keys, idpMetadata, hasKeys, hasIdpMetadata } = firstPlaces(file);
  const named = file === 'wix-saml.yaml' ? '' : ` --config ${file}`;
  const open = openLines(readFileSync(file, 'utf8'));
  const steps: readonly (string | false)[] = [
    open.length > 0 && `Addresses:     edit ${new Intl.ListFormat('en').format(open)} in ${file}`,
    !hasKeys && `Keys:          wix-saml keys --into ${keys}`,
    `Tell the IdP:  wix-saml metadata${named} --values    (--out FILE where it imports a file)`,
    !hasIdpMetadata && `From the IdP:  save its metadata as ${idpMetadata}`,
    `The Wix site:  wix-saml site${named} --into DIRECTORY`,
    `Is it right?   wix-saml check${named}`,
    `Start:         wix-saml serve${named}`,
  ];
  return steps.filter((step) => step !== false).map((step, index) => `  ${index + 1}. ${step}`);
}
