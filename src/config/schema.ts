// The options table as one JSON Schema document, for editors and for whoever generates a configuration. `npm run docs` writes
// it to docs/wix-saml.schema.json, which the package holds.

import type { JsonSchema } from './json-schema';
import { configuration } from './options';

/** What the schema cannot know, or says otherwise than the loader; each is met in a test. */
export const schemaLimits: readonly string[] = Object.freeze([
  'Files, keys, certificates and the metadata of IdPs are not read, and variables of the environment are not looked up: a value with ${NAME} in it passes.',
  'What options say about each other is not checked: the site that a connection names, emailFrom beside emailAttribute, requestedAuthnContext beside require, the options of setup with state and emailDomains, the options that belong to one value of exchange.via.',
  'An option without a value (`port:` and nothing) is the same as none to the loader; the schema marks it.',
  'Blanks around a text count in its length here and not there, and an address whose scheme is written in capitals is marked here.',
  'Of an address only the beginning, blanks, "@", query and fragment are judged here; the loader parses it.',
]);

/** Draft 7, which every YAML editor speaks. */
export function configurationSchema(): JsonSchema {
  return Object.freeze({
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Configuration of wix-saml',
    description:
      'Relative paths start at the configuration file. ${NAME} takes a value from the environment.',
    $comment: `The loader decides (wix-saml check). ${schemaLimits.join(' ')}`,
    ...configuration.schema,
  });
}

/** The document as it is published. */
export const schemaText = (): string => `${JSON.stringify(configurationSchema(), undefined, 2)}\n`;
