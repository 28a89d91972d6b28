/** A captured answer judged as an administrator asks for it: captures of real IdPs, at their own clock time. */

import { createPrivateKey } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { capturedMessage } from '../../../src/admin/capture/captured-message';
import {
  explainCaptured,
  NoGroundError,
  standsAlone,
  type ExplainChoice,
  type ExplainedAnswer,
  type ExplainGround,
} from '../../../src/admin/explain';
import { idpMetadata } from '../../support/idp';
import { makeExample } from '../../support/makers/configuration';

const captures = join(__dirname, '../../vectors/captures');
const read = (name: string): string => readFileSync(join(captures, name), 'utf8');
const decryptionKeys = ['sp/sign.key', 'sp/enc.key'].map((name) => createPrivateKey(read(name)));

interface Capture {
  readonly epochMs: number;
  readonly acsUrl: string;
  readonly spEntityId: string;
  readonly response: { readonly inResponseTo?: string };
}

const xmlOf = (name: string): string => Buffer.from(read(`${name}.b64`), 'base64').toString();

/** What an administrator would say about a capture; each test changes one thing. */
function choiceFor(name: string, change: Partial<ExplainChoice> = {}): ExplainChoice {
  const capture = JSON.parse(read(`${name}.json`)) as Capture;
  const entityId = /Issuer[^>]*>([^<]+)</.exec(xmlOf(name))?.[1] ?? '';
  const pems = read(`${name}.cert.pem`).match(/-----BEGIN[^]*?-----END [A-Z]+-----/g)!;
  const certificates = pems.map((pem) => pem.replace(/-----[^-]+-----|\s/g, ''));
  return {
    samlResponse: capturedMessage(Buffer.from(read(`${name}.b64`))) ?? '',
    at: capture.epochMs,
    connection: undefined,
    acsUrl: capture.acsUrl,
    entityId: capture.spEntityId,
    idpMetadata: idpMetadata({ entityId, ssoUrl: 'https://idp.example/sso', certificates }),
    decryptionKeys,
    inResponseTo: capture.response.inResponseTo,
    allowSha1: name.endsWith('rsa-sha1'),
    ...change,
  };
}

const explained = (choice: ExplainChoice): ExplainedAnswer => explainCaptured(choice, undefined);
const base64 = (xml: string): string => Buffer.from(xml).toString('base64');

const refused: Readonly<Record<string, string>> = {
  'simplesamlphp-idp-initiated': 'SAML_RESPONSE_UNSOLICITED',
  'samlp-idp-initiated': 'SAML_RESPONSE_UNSOLICITED',
  'simplesamlphp-passive-no-session': 'SAML_STATUS_NOT_SUCCESS',
  'simplesamlphp-user-without-mail': 'POLICY_NAMEID_TRANSIENT',
};

const names = readdirSync(captures)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -5));

describe('an explanation', () => {
  it.each(names)('judges %s as the gate does', (name) => {
    const { verdict, code, email } = explained(choiceFor(name));
    const expected = refused[name];
    expect({ verdict, code, email }).toEqual(
      expected === undefined
        ? { verdict: 'accept', code: undefined, email: 'alice@example.com' }
        : { verdict: 'refuse', code: expected, email: undefined },
    );
  });

  it.each([
    ['two StatusCodes', '$&$&'],
    ['two StatusCodes of a failure', '<samlp:StatusCode Value="urn:x"/><samlp:StatusCode Value="urn:x"/>'],
  ])('has a verdict for a Status that cannot be read: %s', (_, replacement) => {
    const name = 'simplesamlphp-sign-assertion-only';
    const xml = xmlOf(name);
    const changed = xml.replace(/<samlp:StatusCode [^>]*\/>/, replacement);
    expect(changed).not.toBe(xml);
    const { verdict, code, rows } = explained(choiceFor(name, { samlResponse: base64(changed) }));
    expect({ verdict, code }).toEqual({ verdict: 'refuse', code: 'SAML_STRUCTURE_INVALID' });
    expect(rows.at(-1)).toMatchObject({ id: 'message.structure', verdict: 'fail' });
  });

  it('E16: does not blame the IdP for an encryption when no decryption key is given', () => {
    const { code, rows } = explained(choiceFor('samlp-encrypted-assertion', { decryptionKeys: undefined }));
    expect(code).toBe('SAML_DECRYPTION_FAILED');
    expect(rows.find(({ verdict }) => verdict === 'fail')).toMatchObject({
      expected: 'a private key to decrypt with',
      received: 'none is configured or given',
    });
  });

  it('shows both sides of every failed rule, also behind a broken signature', () => {
    const name = 'simplesamlphp-sign-assertion-only';
    const forged = xmlOf(name).replaceAll('alice@example.com', 'admin@example.com');
    const { verdict, code, email, rows } = explained(
      choiceFor(name, { samlResponse: base64(forged), entityId: 'https://other.example' }),
    );
    expect({ verdict, code, email }).toEqual({
      verdict: 'refuse',
      code: 'SAML_SIGNATURE_INVALID',
      email: undefined,
    });
    const audience = rows.find(({ id }) => id === 'conditions.audience');
    expect(audience).toMatchObject({
      verdict: 'fail',
      expected: 'https://other.example',
      received: 'http://localhost:9480/saml/metadata',
    });
    const signature = rows.find(({ id }) => id === 'signature');
    expect(signature?.received).toMatch(
      /^Assertion signed by .*rsa-sha256, certificate in the message [0-9a-f]{64}/,
    );
  });

  it('asks for a certificate only where a key is what failed, not for an algorithm', () => {
    const signature = (choice: ExplainChoice) => explained(choice).rows.find(({ id }) => id === 'signature');
    const sha1 = signature(choiceFor('samlp-rsa-sha1', { allowSha1: false }));
    expect(sha1).toMatchObject({ code: 'SAML_SIGNATURE_ALGORITHM_NOT_ALLOWED' });
    expect(sha1?.expected).toBeUndefined();
    expect(sha1?.received).toContain('#rsa-sha1');

    const tripleDes = xmlOf('samlp-encrypted-assertion').replace(
      /"[^"]*aes[^"]*"/,
      '"http://www.w3.org/2001/04/xmlenc#tripledes-cbc"',
    );
    const cipher = signature(choiceFor('samlp-encrypted-assertion', { samlResponse: base64(tripleDes) }));
    expect(cipher).toMatchObject({
      code: 'SAML_DECRYPTION_ALGORITHM_NOT_ALLOWED',
      received: 'http://www.w3.org/2001/04/xmlenc#tripledes-cbc',
    });
    expect(cipher?.expected).toBeUndefined();
  });

  it('does not judge InResponseTo when nobody knows the request any more', () => {
    const { verdict, rows } = explained(choiceFor('simplesamlphp-sign-both', { inResponseTo: undefined }));
    expect(verdict).toBe('accept');
    expect(rows.find(({ id }) => id === 'response.inResponseTo')?.verdict).toBe('unknown');
  });

  it('refuses a message that answers another request', () => {
    const choice = choiceFor('simplesamlphp-sign-both', { inResponseTo: '_another' });
    expect(explained(choice).code).toBe('SAML_IN_RESPONSE_TO_MISMATCH');
  });

  it('blames the recipient alone when only the recipient is wrong', () => {
    const choice = choiceFor('simplesamlphp-sign-both', { acsUrl: 'https://other.example/saml/acs' });
    const { rows } = explained(choice);
    const failed = rows.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);
    expect(failed).toEqual(['response.destination', 'confirmation.recipient']);
    expect(rows.find(({ id }) => id === 'confirmation.open')?.verdict).toBe('unknown');
  });

  it('explains what is no SAML message at all', () => {
    const { verdict, code } = explained(
      choiceFor('simplesamlphp-sign-both', { samlResponse: 'hello world' }),
    );
    expect({ verdict, code }).toEqual({ verdict: 'refuse', code: 'SAML_BASE64_INVALID' });
  });

  it('names the field on the screen of an IdP that is known', () => {
    const name = 'simplesamlphp-sign-both';
    const own = choiceFor(name, { entityId: 'https://other.example' });
    const known = { ...own, idpMetadata: own.idpMetadata?.replace(/entityID="[^"]*"/, OKTA) };
    const fieldOf = (choice: ExplainChoice) =>
      explained(choice).rows.find(({ id }) => id === 'conditions.audience')?.field;
    expect(fieldOf(known)).toMatch(/Audience URI/);
    expect(explained(known).identityProvider).toBe('http://www.okta.com/exk1');
  });
});

const OKTA = 'entityID="http://www.okta.com/exk1"';

describe('by whose connection an answer is judged', () => {
  const name = 'simplesamlphp-sign-both';
  let ground: ExplainGround;
  beforeAll(async () => {
    const example = makeExample();
    const { serviceProvider, connections: directory, maxMessageBytes } = await example.load();
    const connections = directory.ready;
    example.remove();
    const acme = connections.get('acme')!;
    const issuer = /Issuer[^>]*>([^<]+)</.exec(xmlOf(name))?.[1] ?? '';
    const theirs = {
      ...acme,
      name: 'theirs',
      identityProvider: { ...acme.identityProvider, entityId: issuer },
    };
    ground = {
      serviceProvider,
      maxMessageBytes,
      connections: new Map([acme, theirs].map((one) => [one.name, one])),
    };
  });
  const judgedBy = (change: Partial<ExplainChoice>, connections = ground.connections) =>
    explainCaptured(choiceFor(name, { idpMetadata: undefined, ...change }), { ...ground, connections })
      .connection;
  const noGround = (run: () => unknown): unknown => {
    try {
      return run();
    } catch (cause) {
      if (cause instanceof NoGroundError) return cause.ground;
      throw cause;
    }
  };

  it('is the one that is named', () => {
    expect(judgedBy({ connection: 'acme' })).toBe('acme');
  });

  it('is the one that its request names', () => {
    const id = `_${'0'.repeat(40)}-acme`;
    const answer = xmlOf(name).replaceAll(/InResponseTo="[^"]*"/g, `InResponseTo="${id}"`);
    expect(judgedBy({ samlResponse: base64(answer) })).toBe('acme');
  });

  it('is the one with its issuer, where several could be meant', () => {
    expect(judgedBy({})).toBe('theirs');
  });

  it('is the only one there is', () => {
    expect(judgedBy({}, new Map([['acme', ground.connections.get('acme')!]]))).toBe('acme');
  });

  it('is none when nothing fits, and that is said', () => {
    const unknown = {
      samlResponse: base64(xmlOf(name).replaceAll(/(Issuer[^>]*>)[^<]+</g, '$1https://x.example<')),
    };
    expect(noGround(() => judgedBy(unknown))).toEqual({ kind: 'noIdentityProvider' });
    expect(noGround(() => explained(choiceFor(name, { idpMetadata: undefined })))).toEqual({
      kind: 'noIdentityProvider',
    });
    expect(noGround(() => judgedBy({ connection: 'shop' }))).toEqual({
      kind: 'noSuchConnection',
      name: 'shop',
      names: ['acme', 'theirs'],
    });
    expect(noGround(() => explained(choiceFor(name, { idpMetadata: '<html/>' })))).toMatchObject({
      kind: 'metadata',
    });
  });

  it('takes from an aggregate the IdP that issued the answer', () => {
    const { idpMetadata: own = '' } = choiceFor(name);
    const other = own.replace(/entityID="[^"]*"/, OKTA);
    const plain = [other, own].map((xml) => xml.replace(/^<\?xml[^>]*\?>\s*/, '')).join('');
    const aggregate = `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">${plain}</md:EntitiesDescriptor>`;
    expect(explained(choiceFor(name, { idpMetadata: aggregate })).verdict).toBe('accept');
  });
});

describe('a choice', () => {
  it.each([
    ['all that is needed', {}, true],
    ['no metadata', { idpMetadata: undefined }, false],
    ['no ACS', { acsUrl: undefined }, false],
    ['no entityID', { entityId: undefined }, false],
    ['the name of a connection', { connection: 'acme' }, false],
  ])('with %s stands alone: %s', (_title, change, expected) => {
    expect(standsAlone(choiceFor('simplesamlphp-sign-both', change))).toBe(expected);
  });
});
