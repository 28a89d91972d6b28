/** Whatever comes in, what goes out is an SsoError or an honest acceptance: never another error, never another person. */
import fc from 'fast-check';
import { decodeSamlResponse } from '../../src/saml/login/decode';
import {
  parseResponse,
  peekFailureStatus,
  peekInResponseTo,
  peekIssuer,
  peekUnsolicited,
} from '../../src/saml/login/response';
import { judge, makeWorld, NAME_ID, NOW, outcomeOf, toField } from './gate';
import { numRuns, stride } from './runs';

const world = makeWorld();
const runs = numRuns(400);

/** The gate, and everything else that looks at a message before it is verified. */
function mustRefuseOrBeHonest(field: string): string {
  const { accepted, code } = judge(field, world.parties, NOW);
  outcomeOf(() => {
    const response = parseResponse(decodeSamlResponse(field, 384 * 1024));
    for (const peek of [peekFailureStatus, peekInResponseTo, peekIssuer, peekUnsolicited]) peek(response);
    return { data: {}, facts: {} } as never;
  });
  if (accepted === undefined) return code;
  expect(accepted.data.nameId?.value).toBe(NAME_ID);
  return 'accepted';
}

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({ unit: 'binary-ascii', maxLength: 300 }),
);

describe('the gate', () => {
  it('refuses any string as form field', () => {
    fc.assert(
      fc.property(text, (field) => expect(mustRefuseOrBeHonest(field)).not.toBe('accepted')),
      runs,
    );
  });

  it('refuses any bytes and any text as message', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.uint8Array({ maxLength: 400 })), (message) =>
        expect(mustRefuseOrBeHonest(Buffer.from(message as string).toString('base64'))).not.toBe('accepted'),
      ),
      runs,
    );
  });

  it('#message.structure/tokens refuses whatever XML-like tokens are strung together', () => {
    const tokens = fc.constantFrom(
      '<',
      '>',
      '</',
      '/>',
      '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol">',
      '</samlp:Response>',
      '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="a">',
      '</saml:Assertion>',
      '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#">',
      '</ds:Signature>',
      '<samlp:Status><samlp:StatusCode/></samlp:Status>',
      '<a b="',
      '" c=\'',
      "'",
      '&amp;',
      '&#0;',
      '&#x110000;',
      '&unknown;',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?xml version="1.1"?>',
      '<?php ?>',
      '<!DOCTYPE a [<!ENTITY b "c">]>',
      'xmlns:__proto__="a"',
      ' xmlns="" ',
      '\uFEFF',
      '\u0000',
      '\u2028',
      '\uFFFE',
      'text',
    );
    fc.assert(
      fc.property(fc.array(tokens, { maxLength: 40 }), (parts) =>
        expect(mustRefuseOrBeHonest(toField(parts.join('')))).not.toBe('accepted'),
      ),
      numRuns(1500),
    );
  });

  it('refuses every truncation of an honest message, from both ends', () => {
    const bytes = Buffer.from(world.honest({ sign: { response: true, assertion: true } }));
    for (let at = 1; at < bytes.length; at += stride) {
      expect(mustRefuseOrBeHonest(toField(bytes.subarray(0, at)))).not.toBe('accepted');
      expect(mustRefuseOrBeHonest(toField(bytes.subarray(at)))).not.toBe('accepted');
    }
  });

  it('refuses any nesting beyond the limit, however deep', () => {
    const xml = world.honest();
    fc.assert(
      fc.property(
        fc.integer({ min: 64, max: 40_000 }),
        fc.constantFrom('a', 'samlp:Status', 'samlp:Extensions', 'saml:Advice', 'samlp:StatusCode'),
        fc.boolean(),
        (depth, name, closed) => {
          const nested = `<${name}>`.repeat(depth) + (closed ? `</${name}>`.repeat(depth) : '');
          const field = toField(
            xml.replace('<samlp:Status>', () => `${nested.slice(0, 250_000)}<samlp:Status>`),
          );
          return mustRefuseOrBeHonest(field) !== 'accepted';
        },
      ),
      numRuns(60),
    );
  });

  it('takes attribute names and prefixes of JavaScript objects for names like any other', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype']) {
      const signed = world.honest({ attributes: [{ name, nameFormat: name, values: [name] }] });
      expect(mustRefuseOrBeHonest(toField(signed))).toBe('accepted');
      // xml-crypto cannot sign with such a prefix; that ours reads it shows in the refusal.
      const unsigned = world.honest({ sign: {}, style: { assertionPrefix: name } });
      expect(mustRefuseOrBeHonest(toField(unsigned))).toBe('SAML_SIGNATURE_MISSING');
    }
  });
});
