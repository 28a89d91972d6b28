/** Whether what a code block says would work: configurations by the table of options, programs by their parser. */

import { readFileSync } from 'node:fs';
import ts from 'typescript';
import * as api from '../../../src/index';
import { configuration } from '../../../src/config/options';
import { parseYaml } from '../../../src/config/yaml';
import type { Problem } from '../../../src/core/problem';
import type { CodeBlock } from './document';

/** What is wrong with it; empty when nothing is. */
export function troublesOf(block: CodeBlock): readonly string[] {
  try {
    switch (block.language) {
      case 'yaml':
        return configurationTroubles(block);
      case 'ts':
      case 'js':
        return programTroubles(block);
      case 'json':
        JSON.parse(block.text);
        return [];
      case 'sh': // commands are checked with those in the text
      case 'text':
        return [];
      default:
        return [`a block of the language "${block.language}", which nobody checks`];
    }
  } catch (cause) {
    return [cause instanceof Error ? cause.message : String(cause)];
  }
}

/** A fragment may lack what a whole configuration must have; a name that does not exist is wrong in both. */
function configurationTroubles({ text, words }: CodeBlock): readonly string[] {
  if (words !== '' && words !== 'fragment') return [`"${words}" behind yaml`];
  const problems: Problem[] = [];
  // A day of an acknowledgement may lie 400 days ahead of this one.
  const now = Date.parse('2026-11-25');
  const at = {
    path: '',
    problems,
    notices: [],
    env: {},
    baseDir: '/',
    now,
    fetchMetadata: false,
    readFile: readFileSync,
  };
  configuration.read(parseYaml(text), at);
  return problems
    .filter(({ problem }) => words === '' || problem !== 'is missing')
    .map(({ path, problem }) => `${path} ${problem}`);
}

function programTroubles({ text, language }: CodeBlock): readonly string[] {
  const { diagnostics = [] } = ts.transpileModule(text, {
    reportDiagnostics: true,
    fileName: `block.${language}`,
    compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, allowJs: true },
  });
  const imported = [...text.matchAll(/import \{([^}]*)\} from 'wix-saml'/g)].flatMap(([, names = '']) =>
    names.split(',').map((name) => name.trim()),
  );
  return [
    ...diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')),
    ...imported.filter((name) => name !== '' && !(name in api)).map((name) => `wix-saml exports no ${name}`),
  ];
}
