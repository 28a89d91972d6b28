/** A refusal holds no more of what a stranger sent than its bounds say, whoever throws it. */

import { mapTexts, SsoError } from '../../../src/core/errors';
import { eventFields } from '../../../src/core/event-fields';
import { limits } from '../../../src/core/limits';

describe('the detail of a refusal', () => {
  it('is cut to 200 characters a text and ten texts a list', () => {
    const long = 'x'.repeat(100_000);
    const { detail } = new SsoError('SAML_ISSUER_MISMATCH', {
      received: long,
      expected: Array.from({ length: 5000 }, () => long),
      length: 7,
      ticketGivenBack: false,
      problem: undefined,
    });
    expect(detail).toEqual({
      received: 'x'.repeat(200),
      expected: Array.from({ length: 10 }, () => 'x'.repeat(200)),
      length: 7,
      ticketGivenBack: false,
      problem: undefined,
    });
  });

  it('is not cut in the middle of a character', () => {
    const { detail } = new SsoError('SAML_ISSUER_MISMATCH', { received: `${'x'.repeat(199)}😀` });
    expect(detail.received).toBe('x'.repeat(199));
  });

  it('has no more fields than the bound, and the table’s fields fit', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`f${String(index)}`, 'x']));
    const { detail } = new SsoError('INTERNAL_ERROR', many);
    expect(Object.keys(detail)).toHaveLength(limits.detailFields);
    const names = Object.keys(eventFields).length;
    expect(names).toBeGreaterThan(limits.detailFields); // else the bound bounds nothing
  });

  it('is not changed in its numbers and flags when its texts are', () => {
    const detail = { problem: 'a', expected: ['a', 'b'], status: 4, ticketGivenBack: true };
    expect(mapTexts(detail, (text) => text.toUpperCase())).toEqual({
      problem: 'A',
      expected: ['A', 'B'],
      status: 4,
      ticketGivenBack: true,
    });
  });
});
