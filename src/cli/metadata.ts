// `wix-saml metadata`: what an IdP needs to know about us, as XML for an import or as single values for a form.
// Works before the IdP's own metadata is here: most IdPs give theirs only after ours was entered.

import { writeFileSync } from 'node:fs';
import { ownValues } from '../admin/own-values';
import { loadOurSide } from '../config/load';
import {
  buildServiceProviderMetadata,
  buildSignedServiceProviderMetadata,
} from '../saml/metadata/service-provider-metadata';
import type { ServiceProvider } from '../saml/service-provider';
import { systemClock } from '../server/system';
import { command } from './command';
import { ownSideInUse } from './key-store';
import { configOption, flag, jsonOption, text } from './options';
import { configFile, exit, json } from './terminal';
import { valueLines } from './value-lines';

interface Form {
  readonly json: boolean;
  readonly values: boolean;
  readonly signed: boolean;
}

export const metadataCommand = command({
  name: 'metadata',
  description: 'print our metadata for the IdP',
  arguments: [],
  options: {
    config: configOption,
    out: text('-o, --out <file>', 'write it to a file'),
    signed: flag('--signed', 'sign it with the first signing key, for a federation that asks for it'),
    values: flag('--values', 'single values with the field names of the IdPs’ forms'),
    json: jsonOption,
  },
  run: async (options, terminal) => {
    const surroundings = { env: terminal.env, now: systemClock.now() };
    const configured = loadOurSide(configFile(options.config, terminal), surroundings);
    const { serviceProvider } = await ownSideInUse(configured);
    const document = await documentOf(serviceProvider, options);
    if (options.out === undefined) {
      terminal.out(document);
    } else {
      writeFileSync(options.out, document);
      terminal.err(`Written to ${options.out}.`);
    }
    return exit.fine;
  },
});

function documentOf(serviceProvider: ServiceProvider, form: Form): string | Promise<string> {
  if (form.json) return json(ownValues(serviceProvider));
  if (form.values) return valueLines(ownValues(serviceProvider), serviceProvider.baseUrl).join('\n');
  return form.signed
    ? buildSignedServiceProviderMetadata(serviceProvider, systemClock.now())
    : buildServiceProviderMetadata(serviceProvider, systemClock.now());
}
