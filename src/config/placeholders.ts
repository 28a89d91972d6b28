// Example addresses that `wix-saml init` writes and nobody has replaced: with them everything looks right and nobody can
// sign in. RFC 2606 §3 keeps these names for examples.

import type { Warning } from '../core/warnings';
import type { ConfigParts } from './config-parts';

const EXAMPLE = /(^|[./@])example\.(com|net|org)$/;

const isExample = (address: string): boolean =>
  EXAMPLE.test(URL.canParse(address) && !address.includes('@') ? new URL(address).hostname : address);

/** One for every option that still holds an example. */
export function placeholderWarnings({
  serviceProvider,
  sites,
  connections,
}: ConfigParts): readonly Warning[] {
  const values: (readonly [string, string | undefined, string])[] = [
    ['serviceProvider.baseUrl', serviceProvider.baseUrl, 'the public address of this service'],
    [
      'serviceProvider.technicalContactEmail',
      serviceProvider.display.technicalContactEmail,
      'a real address',
    ],
    ...[...sites.values()].flatMap(({ name, url, contactEmail }) => [
      [`sites.${name}.url`, url, 'the published address of the Wix site'] as const,
      [`sites.${name}.contactEmail`, contactEmail, 'a real address'] as const,
    ]),
    ...connections.entries.flatMap(({ settings: { name, policy, contactEmail } }) => [
      ...(policy.emailDomains === '*' ? [] : [...policy.emailDomains]).map(
        (domain) =>
          [`connections.${name}.emailDomains`, domain, 'the organisation’s own mail domain'] as const,
      ),
      [`connections.${name}.contactEmail`, contactEmail, 'a real address'] as const,
    ]),
  ];
  return values.flatMap(([path, value, what]) =>
    value !== undefined && isExample(value)
      ? [
          {
            code: 'PLACEHOLDER',
            path,
            problem: `is still the example ${value}`,
            hint: `Write ${what} here.`,
          } as const,
        ]
      : [],
  );
}
