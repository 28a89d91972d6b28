// A change, judged by the last sign-ins, as lines of a terminal.

import type { Experience } from '../admin/sign-in-log/experience';

export function experienceLines(found: Experience): readonly string[] {
  const { signIns, pass, otherIdentityProvider, byMissingKey, noAddress, otherAddress } = found;
  const lines: readonly (readonly [number, string])[] = [
    [otherIdentityProvider, 'came from another identity provider'],
    ...byMissingKey.map(
      ({ thumbprint, count }) => [count, `signed by a key that goes: ${thumbprint}`] as const,
    ),
    [noAddress, 'without an address where it would be looked for'],
    [otherAddress, 'with another address there: somebody else at the site'],
  ];
  return [
    `Of the last ${String(signIns)} sign-ins ${String(pass)} would pass.`,
    ...lines.filter(([count]) => count > 0).map(([count, what]) => `  ${String(count)} ${what}`),
  ];
}
