/** The fuzzer itself: it finds nothing in the gate within a few thousand messages, and it does find what is there. */
import { SsoError } from '../../src/core/errors';
import { pass } from '../properties/gate';
import { verifyElement } from '../support/idp';
import { ATTACKER, makeCorpus, VICTIM } from './corpus';
import { fuzz, type Gate } from './fuzz';
import { mutate } from './mutations';
import { Dice } from './random';

/** The whole number with `npm run test:properties`. */
const MESSAGES = { full: 2500, half: 1250, quarter: 800 }[process.env['PROPERTY_RUNS'] ?? ''] ?? 500;
const corpus = makeCorpus();
const runs = (count: number) => (done: number) => done < count;

/** Some signature in the document verifies; the first NameID of the text is believed: a wrapping attack's dream. */
const believesTheFirstNameId: Gate = (field, parties, now) => {
  const xml = Buffer.from(field, 'base64').toString('utf8');
  const signature = /<(\w+:)?Signature[ >][^]*?<\/\1Signature>/.exec(xml)?.[0];
  const valid = parties.keys.some(
    ({ certificate }) => signature !== undefined && verifyElement(xml, signature, certificate) !== null,
  );
  const nameId = /<(?:\w+:)?NameID[^>]*>([^<]*)</.exec(xml)?.[1];
  if (!valid || nameId === undefined) throw new SsoError('SAML_SIGNATURE_INVALID');
  if (nameId === ATTACKER)
    return pass(Buffer.from(corpus.seeds[0]?.xml ?? '').toString('base64'), parties, now);
  return { data: { nameId: { value: nameId }, attributes: new Map() } } as never;
};

const throwsSomethingElse: Gate = (field) => {
  if (Buffer.from(field, 'base64').toString('utf8').includes(VICTIM)) throw new TypeError('oops');
  throw new SsoError('SAML_SIGNATURE_INVALID');
};

describe('the fuzzer', () => {
  afterEach(() => jest.restoreAllMocks());

  it('#message.structure/fuzz finds nothing in the gate', () => {
    const report = fuzz({ corpus, seed: 20260115, goOn: runs(MESSAGES) });
    expect(report.finding).toBeUndefined();
    expect(report.runs).toBe(MESSAGES);
    // It reaches every depth of the gate: parser, structure, signature, digest, decryption, rules, acceptance.
    expect(report.accepted).toBeGreaterThan(MESSAGES / 50);
    for (const code of [
      'SAML_XML_MALFORMED',
      'SAML_STRUCTURE_INVALID',
      'SAML_ASSERTION_MULTIPLE',
      'SAML_XML_DUPLICATE_ID',
      'SAML_SIGNATURE_MISSING',
      'SAML_SIGNATURE_MALFORMED',
      'SAML_SIGNATURE_INVALID',
      'SAML_DECRYPTION_FAILED',
    ]) {
      expect(report.refused.get(code) ?? 0).toBeGreaterThan(0);
    }
  }, 60_000);

  it('finds a verifier that can be wrapped', () => {
    // xmldom complains aloud about what it then repairs.
    for (const level of ['warn', 'error'] as const) jest.spyOn(console, level).mockReturnValue();
    const report = fuzz({ corpus, seed: 1, goOn: runs(5000), gate: believesTheFirstNameId });
    expect(report.finding?.problem).toContain('accepted what nobody signed');
  }, 60_000);

  it('finds an error that is no refusal', () => {
    const report = fuzz({ corpus, seed: 1, goOn: runs(500), gate: throwsSomethingElse });
    expect(report.finding?.problem).toContain('TypeError');
  });

  it('makes the same message again from the same seed', () => {
    expect(mutate(corpus, new Dice(7)).field.length).toBe(mutate(corpus, new Dice(7)).field.length);
    expect(new Dice(7).below(1000)).toBe(new Dice(7).below(1000));
  });
});
