// What a log may keep of an address, and of what is none.

import { domainsInWords } from '../../../src/policy/email-domains';
import { isMaskedLocalPart, maskedAddress } from '../../../src/policy/masked-address';

it.each([
  ['alice@corp.example', 'a***@corp.example'],
  ['a@corp.example', 'a***@corp.example'],
  ['@corp.example', '***@corp.example'],
  ['"alice"@corp.example', '***@corp.example'],
  ['alice@evil.example@corp.example', 'a***@corp.example'],
  ['Alice <alice@corp.example>', 'A***@corp.example…'],
  ['alice@corp.example Alice Smith', 'a***@corp.example…'],
  ['alice@bücher.example', 'a***@bücher.example'],
  ['alice@', 'a***@'],
  ['CORP\\alice', 'C***'],
  ['', '***'],
  [`alice@${'x'.repeat(300)}`, `a***@${'x'.repeat(64)}…`],
])('%j is shown as %j', (text, shown) => {
  expect(maskedAddress(text)).toBe(shown);
});

it('a masked local part is known again, a longer one is not', () => {
  expect(['a***@', '***@', '7***@'].every(isMaskedLocalPart)).toBe(true);
  expect(['al***@', 'a**@', 'alice@', '@', 'a***', 'a****@', 'xa***@'].some(isMaskedLocalPart)).toBe(false);
});

it('domains are said in words, also when no other connection names one', () => {
  expect(domainsInWords({ emailDomains: '*' })).toMatch(/\(these are none\)$/);
  expect(domainsInWords({ emailDomains: new Set(['a.example', 'b.example']) })).toBe(
    'an address at a.example, b.example',
  );
});
