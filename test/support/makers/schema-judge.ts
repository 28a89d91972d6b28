/**
 * The published schema judges every configuration that a test loads: it must accept what the loader accepts, and refuse what
 * the loader refuses, but for what a schema cannot know (`schemaLimits`).
 */

import Ajv from 'ajv';
import { ConfigError } from '../../../src/config/problem';
import { configurationSchema } from '../../../src/config/schema';
import { parseYaml } from '../../../src/config/yaml';

const validate = new Ajv({ allErrors: true, strict: true, strictTypes: false }).compile(
  configurationSchema(),
);

/** What a schema cannot know, by the loader's words: files and keys, the environment, what options say about each other. */
const beyondSchema: readonly RegExp[] = [
  /^cannot be (read|fetched): /,
  /^holds no certificate in PEM form$|^holds a certificate that cannot be read$|^The metadata is not signed as a whole/,
  /^is not a private key|^is protected by a passphrase$|^is not an (RSA|EC) key|belongs? to another key$/,
  /^is a (PKCS#(7|12) file|private key in|Java keystore)|^holds \d+ different private keys|^begins like /,
  /^is not a day: |^is more than \d+ days ahead$|^names no connection: /,
  /^The (RSA key has \d+ bits|key is of the kind|certificate is not PEM)|^This is a private key, not a certificate/,
  /^is not a state key|^holds no API key$/,
  /^uses the environment variable/,
  /^names no site: |^stands beside (emailFrom|`require: mfa`)|which may mean the NameID|^is not used by `via: |^is given twice$/,
  /^is none for another machine$|^has one of user and password$|^holds nothing$|^holds no secret of Standard Webhooks$|^is needed/,
  /^needs a store that outlives|^names no domain that could be proven|^lets an IT admin activate alone|^is not the address of a name server/,
  /^is another entity than the query asks for$|^is for metadata that is fetched; a file has no last reply$/,
];

/** What is wrong with it to an editor; none when it is right. */
export function schemaFindings(value: unknown): readonly string[] {
  if (validate(withoutEmpty(value))) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

/** Loads, and compares the two judges. */
export async function judgedBySchema<T>(text: string, load: () => Promise<T>): Promise<T> {
  const findings = findingsOf(text);
  const loaded = await load().catch((cause: unknown) => {
    if (cause instanceof ConfigError && findings?.length === 0) complainOf(cause, text);
    throw cause;
  });
  if (findings !== undefined && findings.length > 0) {
    throw new Error(`the schema refuses what the loader accepts: ${findings.join('; ')}\n${text}`);
  }
  return loaded;
}

function complainOf({ problems }: ConfigError, text: string): void {
  const formal = problems.filter(({ path, problem }) => path !== '' && !isBeyond(path, problem));
  if (formal.length === 0) return;
  throw new Error(`the schema accepts what the loader refuses: ${JSON.stringify(formal)}\n${text}`);
}

const isBeyond = (path: string, problem: string): boolean =>
  beyondSchema.some((words) => words.test(problem)) ||
  (/exchange\.(apiKeyFile|siteId)$/.test(path) && problem === 'is missing');

/** Undefined when it is no YAML. */
function findingsOf(text: string): readonly string[] | undefined {
  try {
    return schemaFindings(parseYaml(text));
  } catch {
    return undefined;
  }
}

/** An option without a value is none. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => (one === null ? [] : [[key, withoutEmpty(one)]])),
  );
}
