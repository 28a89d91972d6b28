// A configuration as it may be shown to somebody else: which options are set, and the values that are numbers, switches or one
// of our own words. Every other text is somebody's name, address, file or secret, and becomes `[set]`.

import type { Option, Options } from './option';
import { configuration } from './options';
import { isMapping } from './reading';

const SET = '[set]';
/** Names of sites and connections (option.ts, namedSections). */
const NAME = /^[a-z0-9-]{1,32}$/;

/** @param raw the configuration as it stands in its file */
export const redactedConfiguration = (raw: unknown): unknown =>
  sectionOf(raw, configuration.inner?.options ?? {});

function sectionOf(raw: unknown, options: Options): unknown {
  if (!isMapping(raw)) return SET;
  const known = Object.entries(raw).flatMap(([key, value]) => {
    const option = Object.hasOwn(options, key) ? options[key] : undefined;
    return option === undefined ? [] : [[key, valueOf(value, option)] as const];
  });
  const unknown = Object.keys(raw).length - known.length;
  return { ...Object.fromEntries(known), ...(unknown === 0 ? {} : { 'unknown options': unknown }) };
}

function valueOf(raw: unknown, option: Option<unknown>): unknown {
  const { inner } = option;
  if (inner === undefined) return leafOf(raw, option);
  if (inner.suffix === '') return sectionOf(raw, inner.options);
  if (inner.suffix === '[]')
    return Array.isArray(raw) ? raw.map((one: unknown) => sectionOf(one, inner.options)) : SET;
  if (!isMapping(raw)) return SET;
  return Object.fromEntries(
    Object.entries(raw).map(([name, one], index) => [
      NAME.test(name) ? name : `name ${index + 1}`,
      sectionOf(one, inner.options),
    ]),
  );
}

function leafOf(raw: unknown, { schema }: Option<unknown>): unknown {
  if (typeof raw === 'number' || typeof raw === 'boolean') return raw;
  if (Array.isArray(raw)) return `[${raw.length} set]`;
  const words = [schema, ...(schema.anyOf ?? [])].flatMap((one) => one.enum ?? []);
  return typeof raw === 'string' && words.includes(raw) ? raw : SET;
}

/** A path of an option as it may be shown: what somebody wrote in the place of an option's name is `[?]`. */
export const redactedPath = (path: string): string =>
  path === '' ? '' : shownSteps(path.split('.'), configuration.inner?.options ?? {}).join('.');

function shownSteps([first, ...rest]: readonly string[], options: Options): readonly string[] {
  if (first === undefined) return [];
  const [, name = '', index = ''] = /^([A-Za-z0-9-]+)((?:\[\d+\])*)$/.exec(first) ?? [];
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (option === undefined) return ['[?]'];
  const { inner } = option;
  if (inner?.suffix !== '.NAME') return [name + index, ...shownSteps(rest, inner?.options ?? {})];
  const [chosen, ...below] = rest;
  if (chosen === undefined) return [name];
  return [name, ...(NAME.test(chosen) ? [chosen, ...shownSteps(below, inner.options)] : ['[?]'])];
}
