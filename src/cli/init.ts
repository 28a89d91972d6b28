// `wix-saml init`: a first configuration, and what is left to do.

import { writeFirstConfiguration } from '../admin/first-configuration';
import { command } from './command';
import { configOption, text, textOr } from './options';
import { configFile, exit } from './terminal';

export const initCommand = command({
  name: 'init',
  description: 'write a first configuration and say what is left to do',
  arguments: [],
  options: {
    config: configOption,
    baseUrl: textOr('--base-url <url>', 'public address of this service', 'https://sso.example.com'),
    siteUrl: textOr('--site-url <url>', 'public address of the Wix site', 'https://www.example.com'),
    domain: textOr('--domain <domain>', 'mail domain of the organisation', 'example.com'),
    emailFrom: text(
      '--email-from <source>',
      'where the IdP puts the address: nameId, or the name of an attribute',
    ),
  },
  run: (options, terminal) => {
    const file = configFile(options.config, terminal);
    const places = writeFirstConfiguration(file, options);
    if (places === undefined) {
      terminal.err(`Nothing was written: ${file} exists already. Name another file with --config.`);
      return exit.findings;
    }
    const named = file === 'wix-saml.yaml' ? '' : ` --config ${file}`;
    for (const line of [
      `Written: ${file}. What is left:`,
      `  1. Addresses:     edit baseUrl, the site’s url, emailDomains and emailFrom in ${file}`,
      `  2. Keys:          wix-saml keys --into ${places.keys}`,
      `  3. Tell the IdP:  wix-saml metadata${named} --values    (--out FILE where it imports a file)`,
      `  4. From the IdP:  save its metadata as ${places.idpMetadata}`,
      `  5. The Wix site:  wix-saml site${named} --into DIRECTORY`,
      `  6. Is it right?   wix-saml check${named}`,
      `  7. Start:         wix-saml serve${named}`,
    ]) {
      terminal.out(line);
    }
    return exit.fine;
  },
});
