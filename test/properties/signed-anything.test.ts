/**
 * What a strange, broken or hostile identity provider may sign: damaged assertions with a good signature. Behind the
 * signature the same holds as in front of it: a refusal by code, or a reading that the rules and the policy can judge.
 */
import { createHash } from 'node:crypto';
import { SsoError } from '../../src/core/errors';
import { resolveMember } from '../../src/policy/member';
import { canonicalizeExclusive } from '../../src/saml/xml/canonicalize';
import { attributeOf, childElements, type XmlElement } from '../../src/saml/xml/element';
import { parseXml } from '../../src/saml/xml/parse';
import { makeCorpus } from '../fuzz/corpus';
import { damage } from '../fuzz/mutations';
import { Dice } from '../fuzz/random';
import { localName, write, type Node } from '../fuzz/tree';
import { signBytes } from '../support/idp';
import { NOW, toField, verify } from './gate';

const corpus = makeCorpus();
const EXC = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const DS = 'http://www.w3.org/2000/09/xmldsig#';

function signatureOver(canonical: string, id: string): string {
  const digest = createHash('sha256').update(canonical).digest('base64');
  const uri = id.replace(
    /[&<"\t\n\r]/g,
    (character) => `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`,
  );
  const method = (name: string, algorithm: string): string =>
    `<ds:${name} Algorithm="${algorithm}"></ds:${name}>`;
  const signedInfo = (declaration: string): string =>
    `<ds:SignedInfo${declaration}>${method('CanonicalizationMethod', EXC)}` +
    `${method('SignatureMethod', 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256')}<ds:Reference URI="#${uri}">` +
    `<ds:Transforms>${method('Transform', `${DS}enveloped-signature`)}${method('Transform', EXC)}</ds:Transforms>` +
    `${method('DigestMethod', 'http://www.w3.org/2001/04/xmlenc#sha256')}<ds:DigestValue>${digest}</ds:DigestValue>` +
    `</ds:Reference></ds:SignedInfo>`;
  const value = signBytes(signedInfo(` xmlns:ds="${DS}"`), corpus.idp);
  return `<ds:Signature xmlns:ds="${DS}">${signedInfo('')}<ds:SignatureValue>${value}</ds:SignatureValue></ds:Signature>`;
}

/** The document with its Assertion signed anew; undefined when there is none that a parser can find. */
function signed(root: Node): string | undefined {
  const at = root.children.findIndex((child) => 'name' in child && localName(child) === 'Assertion');
  let parsed: XmlElement;
  try {
    parsed = parseXml(write(root));
  } catch {
    return undefined;
  }
  const assertion = childElements(parsed).find(({ local }) => local === 'Assertion');
  const id = assertion && attributeOf(assertion, 'ID');
  if (at < 0 || assertion === undefined || id === undefined) return undefined;
  const old = childElements(assertion).find(({ local }) => local === 'Signature');
  const canonical = canonicalizeExclusive(assertion, old === undefined ? {} : { without: old });
  const end = canonical.lastIndexOf('</');
  const raw = canonical.slice(0, end) + signatureOver(canonical, id) + canonical.slice(end);
  // The Response around it stays unsigned: a damaged signature there would hide everything behind it.
  const around = root.children
    .map((child, index) => (index === at ? { raw } : child))
    .filter((child) => !('name' in child) || localName(child) !== 'Signature');
  return write({ ...root, children: around });
}

function outcome(xml: string): string {
  try {
    const assertion = verify(toField(xml), corpus.parties, NOW);
    return resolveMember(assertion, { emailDomains: '*' }, NOW, 0).email;
  } catch (error) {
    if (error instanceof SsoError) return error.code;
    throw error;
  }
}

/** Each is signed anew, which makes this the dearest property. */
const RUNS = { full: 8000, half: 4000, quarter: 2800 }[process.env['PROPERTY_RUNS'] ?? ''] ?? 2800;

it('damaged assertions with a good signature are refused by a code, or read', () => {
  const outcomes = new Map<string, number>();
  for (let run = 0; run < RUNS; run++) {
    const { root } = damage(corpus, new Dice(Math.imul(run + 1, 0x9e3779b1)));
    const xml = signed(root);
    if (xml === undefined) continue;
    const found = outcome(xml);
    outcomes.set(found, (outcomes.get(found) ?? 0) + 1);
  }
  // It reaches what stands behind the signature: the reader, the rules and the policy.
  for (const code of [
    'SAML_STRUCTURE_INVALID',
    'SAML_TIME_INVALID',
    'SAML_AUDIENCE_MISMATCH',
    'SAML_ISSUER_MISMATCH',
    'POLICY_EMAIL_INVALID',
  ]) {
    expect([code, outcomes.get(code) ?? 0]).not.toEqual([code, 0]);
  }
  expect(outcomes.get('mallory@example.com') ?? 0).toBeGreaterThan(RUNS / 40);
  expect(outcomes.get('SAML_SIGNATURE_INVALID') ?? 0).toBeLessThan(outcomes.get('mallory@example.com') ?? 0);
}, 120_000);
