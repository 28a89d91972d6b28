/** The type of what `parseConfig` reads, made from the options table: an interface with a sentence at every option. */

import { fromEnvironment, type JsonSchema } from '../../src/config/json-schema';
import { configuration } from '../../src/config/options';

/** Sections that get a name of their own, by their place. */
const NAMES: Readonly<Record<string, string>> = {
  'serviceProvider.signing[]': 'KeyPairInput',
  'serviceProvider.decryption[]': 'KeyPairInput',
  'sites.NAME': 'SiteInput',
  'connections.NAME': 'ConnectionInput',
};

const HEAD = `// What \`parseConfig\` reads, as a type. Made from the options table by \`npm run docs\`; never edited by hand.

/** A text with a variable in it, such as \`\${PORT}\`: read from the environment that is given to \`parseConfig\`. */
export type FromEnvironment = \`\${string}\\\${\${string}}\${string}\`;
`;

export function configInputSource(): string {
  const named = new Map<string, string>();
  const whole = `export interface ConfigInput ${membersOf(configuration.schema, '', named, '')}\n`;
  return [HEAD, ...named.values(), whole].join('\n');
}

function membersOf(schema: JsonSchema, path: string, named: Map<string, string>, indent: string): string {
  const inside = `${indent}  `;
  const members = Object.entries(schema.properties ?? {}).flatMap(([key, one]) => {
    const isRequired = schema.required?.includes(key) === true;
    const type = typeOf(one, path === '' ? key : `${path}.${key}`, named, inside);
    const comment = one.description === undefined ? [] : [`${inside}/** ${one.description} */`];
    return [...comment, `${inside}readonly ${key}${isRequired ? `: ${type}` : `?: ${type} | undefined`};`];
  });
  return `{\n${members.join('\n')}\n${indent}}`;
}

function typeOf(schema: JsonSchema, path: string, named: Map<string, string>, indent: string): string {
  if (schema === fromEnvironment) return 'FromEnvironment';
  // Text may be told apart further; to the compiler it is text.
  if (schema.anyOf !== undefined && schema.type === undefined) {
    const types = new Set(schema.anyOf.map((one) => typeOf(one, path, named, indent)));
    if (types.has('string')) types.delete('FromEnvironment');
    if (types.has('readonly string[]')) types.delete("readonly '*'[]");
    return [...types].join(' | ');
  }
  if (schema.type === 'array') {
    const item = typeOf(schema.items ?? {}, `${path}[]`, named, indent);
    return `readonly ${item.includes(' ') ? `(${item})` : item}[]`;
  }
  if (schema.type !== 'object') return plainTypeOf(schema, path);
  if (typeof schema.additionalProperties === 'object') {
    return `Readonly<Record<string, ${typeOf(schema.additionalProperties, `${path}.NAME`, named, indent)}>>`;
  }
  const name = NAMES[path];
  if (name === undefined) return membersOf(schema, path, named, indent);
  if (!named.has(name)) named.set(name, `export interface ${name} ${membersOf(schema, path, named, '')}\n`);
  return name;
}

function plainTypeOf(schema: JsonSchema, path: string): string {
  if (schema.enum !== undefined) return schema.enum.map((word) => `'${word}'`).join(' | ');
  if (schema.const !== undefined) return `'${schema.const}'`;
  if (schema.type === 'integer') return 'number';
  if (schema.type === 'boolean' || schema.type === 'string') return schema.type;
  throw new Error(`${path} has a schema without a type`);
}
