/**
 * Why other judges say something else. A row covers disagreements by judge, by what the judge does, by case and by the
 * gate's code; a disagreement that no row covers fails the test, and so does a row that covers none.
 */
import type { ErrorCode } from '../../src/core/errors';
import type { JudgeName } from './opinion';
import type { Disagreement } from './table';

export interface Explanation {
  readonly judge: JudgeName;
  /** What the judge does and the gate does not. */
  readonly kind: Disagreement['kind'];
  readonly ids: RegExp;
  /** The gate's codes, where it is the gate that refuses. */
  readonly codes?: readonly ErrorCode[];
  readonly reason: string;
  /** Depends on the version of the tool that is installed: may cover nothing. */
  readonly byVersion?: true;
}

const hostile = /^[A-Z]-|^captured-/;

const row = (
  judge: JudgeName,
  kind: Disagreement['kind'],
  what: RegExp | readonly ErrorCode[],
  ...[reason, more = {}]: [string, Partial<Explanation>?]
): Explanation =>
  what instanceof RegExp
    ? { judge, kind, ids: what, reason, ...more }
    : { judge, kind, ids: hostile, codes: what, reason, ...more };

/* --- node-saml 5.1.0 accepts what the gate refuses: what it does not check is what the gate is for --- */

const nodeSamlAccepts: readonly Explanation[] = [
  row('node-saml', 'accepts', ['SAML_STATUS_NOT_SUCCESS'], 'reads Status only when there is no assertion'),
  row(
    'node-saml',
    'accepts',
    ['SAML_ASSERTION_MISSING'],
    'answers NoPassive with nobody instead of an error',
  ),
  row('node-saml', 'accepts', ['SAML_DESTINATION_MISMATCH'], 'does not check Destination (its issue 437)'),
  row('node-saml', 'accepts', ['SAML_RECIPIENT_MISMATCH'], 'does not check Recipient (its issue 405)'),
  row(
    'node-saml',
    'accepts',
    ['SAML_SUBJECT_MISSING', 'SAML_SUBJECT_CONFIRMATION_INVALID', 'SAML_SUBJECT_CONFIRMATION_EXPIRED'],
    'demands no Subject and no bearer confirmation, and judges none',
  ),
  row(
    'node-saml',
    'accepts',
    ['SAML_IN_RESPONSE_TO_MISMATCH', 'SAML_RESPONSE_UNSOLICITED'],
    'its store of requests is not used: ours is atomic, its is not',
  ),
  row('node-saml', 'accepts', ['SAML_ISSUER_MISMATCH'], 'compares the Issuer of logout messages only'),
  row('node-saml', 'accepts', ['SAML_VERSION_UNSUPPORTED'], 'does not read Version'),
  row(
    'node-saml',
    'accepts',
    ['SAML_CONDITION_UNKNOWN'],
    'ignores conditions that it does not know (Core §2.5.1 forbids it)',
  ),
  row(
    'node-saml',
    'accepts',
    ['SAML_TIME_INVALID'],
    'reads times by Date.parse, sees no empty window, bounds no lifetime, and does not read all of them',
  ),
  row(
    'node-saml',
    'accepts',
    [
      'SAML_ASSERTION_EXPIRED',
      'SAML_ASSERTION_NOT_YET_VALID',
      'SAML_AUTHN_STATEMENT_MISSING',
      'SAML_SESSION_EXPIRED',
    ],
    'reads neither IssueInstant nor AuthnInstant nor SessionNotOnOrAfter, and demands no AuthnStatement',
  ),
  row(
    'node-saml',
    'accepts',
    /^S-(rsa|digest)-|^S-transform-swapped$/,
    'has no list of allowed algorithms: SHA-1 and any order of transforms pass',
    {
      codes: ['SAML_SIGNATURE_ALGORITHM_NOT_ALLOWED'],
    },
  ),
  row(
    'node-saml',
    'accepts',
    /^(S|C-mixup)-.*(resp|assert)/,
    'one good signature is enough for it here; the gate demands that every signature verifies',
    {
      codes: ['SAML_SIGNATURE_INVALID'],
    },
  ),
  row(
    'node-saml',
    'accepts',
    /^P-attr-xmlns-lookalike/,
    'xml-crypto leaves attributes whose name starts with xmlns out of the digest',
    {
      codes: ['SAML_SIGNATURE_INVALID'],
    },
  ),
  row(
    'node-saml',
    'accepts',
    ['SAML_SIGNATURE_MALFORMED'],
    'takes Signatures of other shapes than Core §5.4 allows; what it reads is what was signed',
  ),
  row(
    'node-saml',
    'accepts',
    ['SAML_STRUCTURE_INVALID', 'SAML_ROOT_INVALID'],
    'reads what was signed and ignores whatever stands around it or is named otherwise',
  ),
  row('node-saml', 'accepts', ['SAML_XML_DOCTYPE'], 'xmldom reads over a DOCTYPE'),
  row(
    'node-saml',
    'accepts',
    ['SAML_XML_PROCESSING_INSTRUCTION'],
    'xmldom keeps processing instructions, and xml-crypto digests their text',
  ),
  row('node-saml', 'accepts', ['SAML_XML_MALFORMED'], 'xmldom repairs what is not well-formed'),
  row(
    'node-saml',
    'accepts',
    ['SAML_BASE64_INVALID', 'SAML_ENCODING_INVALID'],
    'Buffer skips what is not base64; declared encodings are not read',
  ),
  row(
    'node-saml',
    'accepts',
    ['SAML_DECRYPTION_ALGORITHM_NOT_ALLOWED'],
    'xml-encryption only warns about 3DES',
  ),
  row(
    'node-saml',
    'accepts',
    ['SAML_DECRYPTION_FAILED'],
    'judges neither the shape of EncryptedAssertion nor what surrounds the decrypted element',
  ),
];

/* --- node-saml 5.1.0 refuses what the gate accepts --- */

const nodeSamlRefuses: readonly Explanation[] = [
  row(
    'node-saml',
    'refuses',
    /^B-(rsa-sha384|rsa-pss-sha(384|512)|ecdsa)/,
    'xml-crypto has no RSA-SHA384, no ECDSA and no SHA-384 digest',
  ),
  row(
    'node-saml',
    'refuses',
    /^B-conditions-notbefore-only$/,
    'cannot read Conditions with NotBefore alone, which Core §2.5.1.2 allows',
  ),
  row(
    'node-saml',
    'refuses',
    /^B-(audience|times)-white-space$/,
    'reads xs:anyURI and xs:dateTime with their white space, which XML Schema collapses',
  ),
  row(
    'node-saml',
    'refuses',
    /^B-u2028-u0085$/,
    'xmldom turns U+2028 and U+0085 into line feeds, so the digest differs',
  ),
  row(
    'node-saml',
    'refuses',
    /^B-enc-oaep(11|-mgf1p-sha256)/,
    'xml-encryption 3 knows rsa-oaep-mgf1p with SHA-1 only',
  ),
  row(
    'node-saml',
    'refuses',
    /^B-enc-several-recipients$/,
    'xml-encryption tries the first EncryptedKey only',
  ),
  row(
    'node-saml',
    'refuses',
    /^(B-enc-key-beside-no-retrieval|E-retrieval-)/,
    'finds an EncryptedKey beside EncryptedData by RetrievalMethod only; the gate follows no reference and takes the keys that are there',
  ),
  row(
    'node-saml',
    'reads another name',
    /^B-enc-id|^captured-.*encrypted-nameid$/,
    'does not read EncryptedID',
  ),
  row(
    'node-saml',
    'reads another name',
    /^I-reference-(2028|0085)$/,
    'xmldom turns U+2028 and U+0085 into line feeds; policy refuses either reading',
  ),
  row(
    'node-saml',
    'reads another name',
    /^I-nameid-blank$/,
    'xml2js drops a text of white space; policy refuses either reading',
  ),
];

/* --- python3-saml 1.12, strict --- */

const pythonAccepts: readonly Explanation[] = [
  row(
    'python3-saml',
    'accepts',
    /^(C-cond-(expired|future)-just|C-.*issueinstant-|C-authn-instant-)/,
    'allows its own skew of 300 s, and reads neither IssueInstant nor AuthnInstant',
    {
      codes: ['SAML_ASSERTION_EXPIRED', 'SAML_ASSERTION_NOT_YET_VALID'],
    },
  ),
  row(
    'python3-saml',
    'accepts',
    ['SAML_AUDIENCE_MISMATCH'],
    'collects the audiences of all restrictions (OR, where Core §2.5.1.4 says AND) and accepts none at all',
  ),
  row(
    'python3-saml',
    'accepts',
    ['SAML_DESTINATION_MISMATCH'],
    'compares the beginning of Destination, and demands none on signed Responses',
  ),
  row(
    'python3-saml',
    'accepts',
    ['SAML_RECIPIENT_MISMATCH'],
    'looks for our address anywhere in Recipient, and demands none',
  ),
  row(
    'python3-saml',
    'accepts',
    ['SAML_IN_RESPONSE_TO_MISMATCH', 'SAML_RESPONSE_UNSOLICITED'],
    'compares InResponseTo only where it is present on both sides',
  ),
  row(
    'python3-saml',
    'accepts',
    ['SAML_ISSUER_MISMATCH'],
    'ignores an empty Issuer, its Format, and its absence in a signed Response',
  ),
  row(
    'python3-saml',
    'accepts',
    ['SAML_SUBJECT_CONFIRMATION_INVALID'],
    'allows NotBefore, no NotOnOrAfter, and an empty Method in a bearer confirmation',
  ),
  row('python3-saml', 'accepts', ['SAML_STATUS_NOT_SUCCESS'], 'takes an empty status code for none'),
  row(
    'python3-saml',
    'accepts',
    ['SAML_TIME_INVALID'],
    'sees no empty window, bounds no lifetime, and reads a time without a zone as UTC',
  ),
  row('python3-saml', 'accepts', ['SAML_VERSION_UNSUPPORTED'], 'does not read the Version of the Assertion'),
  row(
    'python3-saml',
    'accepts',
    ['SAML_SIGNATURE_ALGORITHM_NOT_ALLOWED'],
    'takes SHA-1 and MD5 digests and signatures where the xmlsec beneath does',
    { byVersion: true },
  ),
  row(
    'python3-saml',
    'accepts',
    ['SAML_SIGNATURE_MALFORMED'],
    'takes Signatures of other shapes than Core §5.4 allows; xmlsec verifies all of it',
  ),
  row('python3-saml', 'accepts', ['SAML_STRUCTURE_INVALID'], 'its schema allows OneTimeUse twice'),
  row(
    'python3-saml',
    'accepts',
    ['SAML_XML_PROCESSING_INSTRUCTION'],
    'ignores processing instructions outside of values',
  ),
  row('python3-saml', 'accepts', ['SAML_XML_MALFORMED'], 'libxml2 reads XML 1.1 as 1.0'),
  row('python3-saml', 'accepts', ['SAML_ENCODING_INVALID'], 'libxml2 reads any declared or marked encoding'),
  row('python3-saml', 'accepts', ['SAML_BASE64_INVALID'], 'skips what is not base64'),
  row(
    'python3-saml',
    'accepts',
    ['SAML_DECRYPTION_ALGORITHM_NOT_ALLOWED'],
    'decrypts RSA 1.5 and 3DES where the xmlsec beneath does',
    { byVersion: true },
  ),
  row('python3-saml', 'accepts', ['SAML_DECRYPTION_FAILED'], 'ignores text around the decrypted Assertion'),
];

const pythonRefuses: readonly Explanation[] = [
  row('python3-saml', 'refuses', /^B-rsa-pss/, 'the xmlsec beneath (1.2) has no RSA-PSS', {
    byVersion: true,
  }),
  row(
    'python3-saml',
    'refuses',
    /^B-enc-oaep/,
    'the xmlsec beneath (1.2) knows rsa-oaep-mgf1p with SHA-1 only',
    { byVersion: true },
  ),
  row(
    'python3-saml',
    'refuses',
    /^(B-skew-(confirmation|session)|B-sc-notbefore-within-skew)$/,
    'allows no skew on SubjectConfirmationData and SessionNotOnOrAfter',
  ),
  row(
    'python3-saml',
    'refuses',
    /^B-(audience|times)-white-space$/,
    'reads xs:anyURI and xs:dateTime with their white space, which XML Schema collapses',
  ),
  row(
    'python3-saml',
    'refuses',
    /^B-enc-no-type$/,
    'fails on EncryptedData without Type, which XML Encryption §3.1 makes optional',
  ),
  row(
    'python3-saml',
    'refuses',
    /^B-two-authn-statements$/,
    'allows one AuthnStatement only; Core §2.3.3 allows any number',
  ),
  row(
    'python3-saml',
    'refuses',
    /^B-nameid-qualifiers$/,
    'wants SPNameQualifier to be our entityID; an affiliation may stand there (Core §8.3.7)',
  ),
  row(
    'python3-saml',
    'refuses',
    /^B-enc-attribute-ignored$/,
    'refuses EncryptedAttribute; the gate ignores what it cannot use (IIP-SP10)',
  ),
  row(
    'python3-saml',
    'refuses',
    /^(B-enc-key-beside-no-retrieval|E-retrieval-)/,
    'finds an EncryptedKey beside EncryptedData by RetrievalMethod only; the gate follows no reference and takes the keys that are there',
  ),
  row(
    'python3-saml',
    'refuses',
    /^(S-sig-last-in-assertion|C-other-statement|I-baseid|E-sameid-inside)$/,
    'validates the schema, which the gate replaces by its own list of places; nothing here changes what was signed',
  ),
];

/* --- xmlsec1 answers one question: were the bytes that this Signature names signed with this key? --- */

const xmlsec: readonly Explanation[] = [
  row(
    'xmlsec1',
    'accepts',
    [
      'SAML_STRUCTURE_INVALID',
      'SAML_ASSERTION_MULTIPLE',
      'SAML_ASSERTION_MISSING',
      'SAML_ROOT_INVALID',
      'SAML_XML_DUPLICATE_ID',
      'SAML_SIGNATURE_MISSING',
    ],
    'does not ask what is signed, where it stands and what stands beside it (signature wrapping)',
  ),
  row(
    'xmlsec1',
    'accepts',
    ['SAML_SIGNATURE_MALFORMED'],
    'implements all of XML Signature; Core §5.4 allows one form of it',
  ),
  row('xmlsec1', 'accepts', ['SAML_SIGNATURE_ALGORITHM_NOT_ALLOWED'], 'still verifies SHA-1 and MD5', {
    byVersion: true,
  }),
  row('xmlsec1', 'accepts', /^S-keyvalue/, 'believes a KeyValue in the message unless it is told not to', {
    codes: ['SAML_SIGNATURE_INVALID'],
    byVersion: true,
  }),
  row(
    'xmlsec1',
    'accepts',
    ['SAML_XML_DOCTYPE', 'SAML_XML_PROCESSING_INSTRUCTION'],
    'allows a DOCTYPE and processing instructions, as XML does',
  ),
  row(
    'xmlsec1',
    'accepts',
    ['SAML_XML_MALFORMED', 'SAML_ENCODING_INVALID'],
    'libxml2 forgives namespace errors, reads XML 1.1 as 1.0 and any declared encoding',
  ),
  row('xmlsec1', 'accepts', ['SAML_BASE64_INVALID'], 'is given the decoded bytes'),
  row('xmlsec1', 'accepts', ['SAML_DECRYPTION_ALGORITHM_NOT_ALLOWED'], 'still decrypts RSA 1.5 and 3DES', {
    byVersion: true,
  }),
  row(
    'xmlsec1',
    'accepts',
    ['SAML_DECRYPTION_FAILED'],
    'does not ask what surrounds the decrypted Assertion, or what else is in it',
  ),
  row('xmlsec1', 'refuses', /^B-rsa-pss/, 'version 1.2 has no RSA-PSS', { byVersion: true }),
  row(
    'xmlsec1',
    'refuses',
    /^B-enc-oaep/,
    'version 1.2 knows rsa-oaep-mgf1p with SHA-1 only, so it sees no signature inside',
    { byVersion: true },
  ),
  row(
    'xmlsec1',
    'refuses',
    /^(B-enc-key-beside|B-enc-several-recipients-beside|E-retrieval-)/,
    'does not find an EncryptedKey beside EncryptedData here, so it sees no signature inside',
  ),
];

export const explanations: readonly Explanation[] = [
  ...nodeSamlAccepts,
  ...nodeSamlRefuses,
  ...pythonAccepts,
  ...pythonRefuses,
  ...xmlsec,
];

export const covers = (explanation: Explanation, { judge, kind, id, code }: Disagreement): boolean =>
  explanation.judge === judge &&
  explanation.kind === kind &&
  explanation.ids.test(id) &&
  (explanation.codes === undefined || explanation.codes.some((each) => each === code));
