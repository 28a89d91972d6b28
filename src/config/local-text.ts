// One text, or one for each language.

import type { LocalText } from '../saml/service-provider';
import type { Kind } from './option';
import { below, isMapping, report, shown, type At } from './reading';

/** RFC 5646, as far as metadata uses it: `de`, `pt-BR`, `zh-Hant`. */
const languageTag = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;

export function byLanguage(kind: Kind<string>): Kind<LocalText> {
  const read = (raw: unknown, at: At): LocalText | undefined => {
    if (!isMapping(raw)) return kind.read(raw, at);
    const texts = Object.entries(raw).map(([language, text]) => {
      const place = below(at, language);
      if (!languageTag.test(language))
        report(
          place,
          `is not a language, but ${shown(language)}`,
          'Use a language tag such as en, de or pt-BR.',
        );
      return [language, kind.read(text, place)] as const;
    });
    if (texts.length === 0) return report(at, 'has no text', 'Write a text, or remove the line.');
    const found = texts.filter((pair): pair is readonly [string, string] => pair[1] !== undefined);
    return Object.freeze(Object.fromEntries(found));
  };
  return {
    label: `${kind.label}, or one by language`,
    schema: {
      anyOf: [
        kind.schema,
        {
          type: 'object',
          propertyNames: { pattern: languageTag.source },
          minProperties: 1,
          additionalProperties: kind.schema,
        },
      ],
    },
    read,
  };
}
