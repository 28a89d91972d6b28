// `wix-saml explain FILE|-`: a captured answer of an IdP, judged step by step, with the field to change on that IdP's
// screen. Needs a connection of the configuration, or no configuration at all when the expected values are given.
// Shows addresses shortened unless asked not to.

import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { capturedMessage } from '../admin/capture/captured-message';
import { describeCapture } from '../admin/capture/describe-capture';
import {
  explainCaptured,
  NoGroundError,
  standsAlone,
  type ExplainChoice,
  type ExplainedAnswer,
  type ExplainGround,
  type NoGround,
} from '../admin/explain';
import type { ConfigParts } from '../config/config-parts';
import { loadConfig } from '../config/load';
import { decodePrivateKey } from '../config/private-key';
import { parseDateTime } from '../saml/xml/date-time';
import { systemClock } from '../server/system';
import { reasonOf } from '../sso/directory';
import { command } from './command';
import { explanationLines } from './explanation-lines';
import { configOption, flag, jsonOption, repeatedText, text } from './options';
import { liveDirectory } from './setup-documents';
import { configFile, exit, json, type Terminal } from './terminal';
import { UsageError } from './usage';

export const explainCommand = command({
  name: 'explain',
  description: 'judge a captured response of an IdP, rule by rule; accepts nothing',
  arguments: [
    {
      name: '<file>',
      description:
        'base64, XML, form, copied request (cURL, fetch, PowerShell), HAR or SAML-tracer file; - for standard input',
    },
  ],
  options: {
    config: configOption,
    connection: text(
      '--connection <name>',
      'the connection to judge by (default: the one that the message names)',
    ),
    at: text('--at <time>', 'judge at this time, such as 2026-01-31T12:00:00Z (default: now)'),
    acsUrl: text('--acs-url <url>', 'expected Destination and Recipient'),
    entityId: text('--entity-id <uri>', 'expected Audience'),
    inResponseTo: text('--in-response-to <id>', 'expected InResponseTo (default: not judged)'),
    idpMetadata: text('--idp-metadata <file>', 'metadata of the IdP, instead of the connection’s'),
    decryptionKey: repeatedText('--decryption-key <file>', 'private key in PEM form; may be repeated'),
    allowSha1: flag('--allow-sha1', 'as if the connection allowed SHA-1'),
    showEmail: flag('--show-email', 'do not shorten addresses in the text'),
    json: jsonOption,
  },
  run: async (options, terminal, file = '-') => {
    const captured = read(file);
    const samlResponse = capturedMessage(captured);
    if (samlResponse === undefined) {
      throw new UsageError(`${file}: no SAMLResponse in there: ${describeCapture(captured)}.`);
    }
    const now = systemClock.now();
    const ground =
      options.config === undefined && standsAlone(options)
        ? undefined
        : await groundIn(
            await loadConfig(configFile(options.config, terminal), { env: terminal.env, now }),
            options,
            terminal,
          );
    const choice: ExplainChoice = {
      ...options,
      samlResponse,
      at: judgedAt(options.at, now),
      idpMetadata: options.idpMetadata === undefined ? undefined : read(options.idpMetadata).toString('utf8'),
      decryptionKeys: options.decryptionKey?.map(readKey),
    };
    const answer = explained(choice, ground, options.idpMetadata);
    if (options.json) terminal.out(json(forMachines(answer, choice.at)));
    else for (const line of explanationLines(answer, options.showEmail)) terminal.out(line);
    return answer.verdict === 'accept' ? exit.fine : exit.findings;
  },
});

/** @throws UsageError when the named connection has no metadata to judge by */
async function groundIn(
  config: ConfigParts,
  { connection }: { readonly connection: string | undefined },
  terminal: Terminal,
): Promise<ExplainGround> {
  const connections = await liveDirectory(config, terminal);
  const state = connection === undefined ? undefined : connections.byName(connection)?.state;
  if (state !== undefined && state.kind !== 'ready')
    throw new UsageError(`The connection ${connection ?? ''} cannot be judged by: ${reasonOf(state)}`);
  return { ...config, connections: connections.ready };
}

function read(file: string): Buffer {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (cause) {
    throw new UsageError(`${file} cannot be read (${(cause as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
}

function readKey(file: string): KeyObject {
  const reading = decodePrivateKey(read(file), file);
  if ('key' in reading) return reading.key;
  throw new UsageError(`${file} ${reading.problem}. ${reading.hint}`);
}

/** xs:dateTime in UTC, or milliseconds since 1970. */
function judgedAt(at: string | undefined, now: number): number {
  if (at === undefined) return now;
  const time = /^\d{12,14}$/.test(at) ? Number(at) : parseDateTime(at);
  if (time === undefined) throw new UsageError('--at takes a time such as 2026-01-31T12:00:00Z');
  return time;
}

function explained(
  choice: ExplainChoice,
  ground: ExplainGround | undefined,
  metadataFile = '',
): ExplainedAnswer {
  try {
    return explainCaptured(choice, ground);
  } catch (cause) {
    if (cause instanceof NoGroundError) throw new UsageError(whatIsMissing(cause.ground, metadataFile));
    throw cause;
  }
}

function whatIsMissing(ground: NoGround, metadataFile: string): string {
  if (ground.kind === 'metadata') return `${metadataFile}: ${ground.problem} ${ground.hint}`;
  if (ground.kind === 'noIdentityProvider')
    return 'Which IdP? Name a connection (--connection NAME) or give --idp-metadata FILE.';
  return `No connection ${ground.name}. There are: ${ground.names.join(', ')}`;
}

const forMachines = (answer: ExplainedAnswer, at: number): object => {
  const { verdict, code, restarts, email, connection, identityProvider, rows } = answer;
  return {
    verdict,
    code,
    restarts,
    email,
    connection,
    identityProvider,
    at: new Date(at).toISOString(),
    rules: rows,
  };
};
