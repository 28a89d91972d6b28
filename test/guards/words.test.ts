/**
 * E19: what people read is English as it is spoken, and says what to do. The phrases below stood in an earlier version, and
 * each is one of a kind that a translator leaves behind.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorTable, visitorSentences } from '../../src/core/error-table';
import { causesOf } from '../../src/core/remedies';
import { warningTable } from '../../src/core/warnings';
import { loadCommands } from '../../src/cli/program';
import type { ErrorCode } from '../../src/core/errors';
import { root } from './sources';

const translated: readonly RegExp[] = [
  /\bis all\./,
  /\bLet the IdP\b/,
  /^Correct the IdP\.$/,
  /\bIt is spent now\b/,
  /\bWrite one that it has\b/,
  /^chmod \d+ it/,
  /\bOur name at\b/,
  /\b(?:an|the) answer\b.*\b(?:IdP|identity provider) (?:sent|posts)/,
  /\bcaptured answer\b/,
  /\bthat shall be\b/,
  /\b(?:reads?|reload) everything anew\b/,
];

const codes = Object.keys(errorTable) as ErrorCode[];
const texts: readonly (readonly [where: string, text: string])[] = [
  ...codes.map((code) => [code, errorTable[code].remedy] as const),
  ...codes.flatMap((code) => causesOf(code).map(({ remedy }) => [`a cause of ${code}`, remedy] as const)),
  ...Object.entries(visitorSentences),
  ...Object.entries(warningTable).map(([code, { meaning }]) => [code, meaning] as const),
  ...[
    'README.md',
    'SECURITY.md',
    'CONTRIBUTING.md',
    'docs/set-up.md',
    'docs/operation.md',
    'docs/wix-site.md',
  ].flatMap((name) =>
    readFileSync(join(root, name), 'utf8')
      .split('\n')
      .map((line, index) => [`${name}:${index + 1}`, line] as const),
  ),
];

const isTranslated = (text: string): boolean => translated.some((phrase) => phrase.test(text));

it('E19: no sentence reads as translated', async () => {
  const help = (await loadCommands()).flatMap(({ name, description, options }) => [
    [name, description] as const,
    ...Object.values(options).map((option) => [`${name} ${option.flags}`, option.description] as const),
  ]);
  expect([...texts, ...help].filter(([, text]) => isTranslated(text))).toEqual([]);
});

/** A clause of a remedy begins with what to do, unless nothing is needed. */
const action =
  /(?:^|[.:;,?] )(?:and |or |then )?(?:add|approve|ask|assign|capture|check|choose|compare|configure|copy|correct|find|get|give|keep|limit|list|load|look|make|map|mount|name|publish|reduce|register|remove|require|run|send|set|start|stop|switch|treat|sign|unblock|use|write)\b|There is nothing to repair/i;

it.each(codes)('E19: the remedy of %s says what to do', (code) => {
  const { remedy } = errorTable[code];
  expect(remedy).toMatch(action);
  expect(remedy).toMatch(/[.?]$/);
});
