/** What we say about IdP products is complete, well written, and said about the right product. */

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { errorTable, type ErrorCode } from '../../../../src/core/error-table';
import { fieldToChange, idpProducts, productOf } from '../../../../src/admin/idps';
import { undated, type IdpProduct } from '../../../../src/admin/idps/product';
import { topicOf } from '../../../../src/admin/idps/topics';
import { samples, type Sample } from './samples';

const folder = join(__dirname, '../../../../src/admin/idps');
const UNKNOWN = 'https://idp.example.com/metadata';

const sentences = ({ steps, traps, mfa, unchecked, metadata }: IdpProduct): string[] => [
  ...steps,
  ...traps,
  mfa.how,
  ...unchecked,
  ...(metadata.note === undefined ? [] : [metadata.note]),
];

const words = (product: IdpProduct): string[] => [
  product.name,
  ...Object.values(product.ourValues).flat(),
  ...Object.values(product.fieldsToChange),
  ...[product.metadata.address, product.metadata.file].filter((text) => text !== undefined),
];

const addresses = ({ entityId, singleSignOn }: Sample): Parameters<typeof productOf>[0] => ({
  entityId,
  singleSignOnServices: [{ location: singleSignOn }],
});

describe('the list of products', () => {
  it('holds every product file once, under its own name', () => {
    const others = ['index.ts', 'mfa-classes.ts', 'mfa-way.ts', 'product.ts', 'topics.ts', 'value-names.ts'];
    const files = readdirSync(folder).filter((name) => !others.includes(name));
    expect(idpProducts.map(({ id }) => `${id}.ts`).sort()).toEqual(files.sort());
    expect(files.length).toBeGreaterThanOrEqual(21);
    expect(others.filter((name) => !existsSync(join(folder, name)))).toEqual([]);
    expect(new Set(idpProducts.map(({ name }) => name)).size).toBe(idpProducts.length);
  });

  it('has a sample of each', () => {
    expect(Object.keys(samples).sort()).toEqual(idpProducts.map(({ id }) => id).sort());
  });
});

describe.each(idpProducts.map((product) => [product.name, product] as const))('%s', (_name, product) => {
  const own = samples[product.id] ?? [];

  it('is recognised by what its metadata says', () => {
    expect(own.length).toBeGreaterThan(0);
    for (const sample of own) {
      expect([sample.entityId, productOf(addresses(sample))?.id]).toEqual([sample.entityId, product.id]);
      expect(productOf({ entityId: sample.entityId })?.id).toBe(
        sample.chosenEntityId === true ? undefined : product.id,
      );
    }
  });

  it('is claimed by no other, neither by its name nor by its address', () => {
    const claims = idpProducts.filter(
      ({ id, recognise }) =>
        id !== product.id &&
        own.some(
          ({ entityId, singleSignOn }) =>
            recognise.entityId?.test(entityId) === true ||
            recognise.singleSignOnService?.test(singleSignOn) === true,
        ),
    );
    expect(claims.map(({ id }) => id)).toEqual([]);
  });

  it('is recognised by every pattern that it has', () => {
    const { entityId, singleSignOnService } = product.recognise;
    expect(entityId ?? singleSignOnService).toBeDefined();
    expect(entityId === undefined || own.some((sample) => entityId.test(sample.entityId))).toBe(true);
    expect(
      singleSignOnService === undefined ||
        own.some((sample) => singleSignOnService.test(sample.singleSignOn)),
    ).toBe(true);
  });

  it('has no pattern that remembers where it stopped', () => {
    const { entityId, singleSignOnService } = product.recognise;
    const patterns = [entityId, singleSignOnService].filter((pattern) => pattern !== undefined);
    expect(patterns.filter(({ flags }) => /[gy]/.test(flags))).toEqual([]);
  });

  it('says where our values go, and theirs are', () => {
    expect(product.ourValues.entityId?.length).toBeGreaterThan(0);
    expect(product.ourValues.acs?.length).toBeGreaterThan(0);
    expect(Object.values(product.ourValues).every((names) => names.length > 0)).toBe(true);
    expect(product.metadata.address ?? product.metadata.file).toBeDefined();
    expect(product.metadata.address ?? 'https://').toMatch(/^https:\/\//);
  });

  it('says what to do, and what goes wrong', () => {
    expect(product.steps.length).toBeGreaterThanOrEqual(3);
    expect(product.traps.length).toBeGreaterThanOrEqual(1);
    const { audience, acs, nameId, metadata } = product.fieldsToChange;
    expect([audience, acs].every((field) => field !== undefined)).toBe(true);
    if (product.id !== 'rippling') expect(nameId).toBeDefined();
    expect(metadata).toBeDefined();
  });

  it('says how MFA is demanded, or that nobody knows', () => {
    const { requestedAuthnContext = [], attribute, authnContextClassRef = [], how } = product.mfa;
    const classes = [...requestedAuthnContext, ...authnContextClassRef, ...(attribute?.values ?? [])];
    expect(how.length).toBeGreaterThan(60);
    // What is known cannot be called unknown. PingOne's classes are names of customers, and Zitadel's shows nothing.
    const unknown = classes.length === 0 && !['pingone', 'zitadel'].includes(product.id);
    expect(how.startsWith('Unknown: ')).toBe(unknown);
    // A class that never comes back would refuse everybody.
    expect(requestedAuthnContext.filter((uri) => !authnContextClassRef.includes(uri))).toEqual([]);
    // An URI (Core §3.3.2.2.1), or a short word in an attribute.
    expect(classes.filter((uri) => !/^(https?:\/\/|urn:)\S+$|^[a-z]+$/.test(uri))).toEqual([]);
  });

  it('says how old this is, and where it comes from', () => {
    expect(product.checked).toMatch(/^20(19|2\d)-(0[1-9]|1[0-2])$/);
    expect(product.sources.length + product.unchecked.length).toBeGreaterThan(0);
    expect(product.sources.filter((source) => !/^https:\/\/[^\s]+$/.test(source))).toEqual([]);
    expect(new Set(product.sources).size).toBe(product.sources.length);
  });

  it('marks an undated month as one', () => {
    expect(product.unchecked.includes(undated)).toBe(product.checked === '2026-11');
  });

  it('speaks in sentences of one line', () => {
    const wrong = sentences(product).filter((text) => !/^[\p{Lu}“a-z][^\n\r]*[.?!]$/u.test(text));
    expect(wrong).toEqual([]);
    expect(product.steps.filter((text) => !/^\p{Lu}/u.test(text))).toEqual([]);
    expect(new Set(sentences(product)).size).toBe(sentences(product).length);
  });

  it('names its fields without sentence marks, line breaks and spaces around them', () => {
    expect(words(product).filter((text) => text.trim() !== text || /[\n\r]|[.;,]$/.test(text))).toEqual([]);
  });
});

describe('productOf', () => {
  it('knows no product of an unknown name', () => {
    expect(productOf({ entityId: UNKNOWN })).toBeUndefined();
    expect(
      productOf({ entityId: UNKNOWN, singleSignOnServices: [{ location: 'https://idp.example.com/sso' }] }),
    ).toBeUndefined();
  });

  it('believes the entityID more than a sign-on address', () => {
    const [okta] = samples['okta'] ?? [];
    const [keycloak] = samples['keycloak'] ?? [];
    expect(
      productOf({
        entityId: okta?.entityId ?? '',
        singleSignOnServices: [{ location: keycloak?.singleSignOn ?? '' }],
      })?.id,
    ).toBe('okta');
  });

  it('looks at every sign-on address', () => {
    const singleSignOnServices = [
      { location: 'https://pf.acme.example/other' },
      { location: 'https://pf.acme.example/idp/SSO.saml2' },
    ];
    expect(productOf({ entityId: 'acme', singleSignOnServices })?.id).toBe('pingfederate');
  });

  it('is not led astray by a product’s name in a path', () => {
    expect(productOf({ entityId: 'https://evil.example/https://sts.windows.net/x/' })).toBeUndefined();
    expect(productOf({ entityId: 'https://evil.example/http://www.okta.com/exk1' })).toBeUndefined();
    expect(productOf({ entityId: 'https://acme.my.salesforce.com.evil.example' })).toBeUndefined();
  });
});

describe('fieldToChange', () => {
  it.each([
    [
      'SAML_AUDIENCE_MISMATCH',
      'http://www.okta.com/exk1abcdefGHIJKLM0h8',
      'Okta: General → SAML Settings → Audience URI (SP Entity ID)',
    ],
    [
      'SAML_SIGNATURE_ALGORITHM_NOT_ALLOWED',
      'https://app.onelogin.com/saml/metadata/1',
      'OneLogin: SSO → SAML Signature Algorithm: SHA-256',
    ],
    [
      'POLICY_EMAIL_DOMAIN_NOT_ALLOWED',
      'https://sts.windows.net/x/',
      'Microsoft Entra ID: Attributes & Claims → Unique User Identifier: user.mail, format Email address',
    ],
    [
      'SAML_SIGNATURE_INVALID',
      'http://adfs.contoso.example/adfs/services/trust',
      'AD FS: /FederationMetadata/2007-06/FederationMetadata.xml',
    ],
    ['SAML_STATUS_NOT_SUCCESS', 'https://auth.pingone.eu/x', /^PingOne: Access → groups/],
  ] as const)('%s at %s', (code, entityId, field) => {
    const expected: unknown = typeof field === 'string' ? field : expect.stringMatching(field);
    expect(fieldToChange(code, entityId)).toEqual(expected);
  });

  it('finds a product by its sign-on address as well', () => {
    const services = [{ location: 'https://pf.acme.example:9031/idp/SSO.saml2' }];
    expect(fieldToChange('SAML_ASSERTION_EXPIRED', 'acme', services)).toBe(
      'PingFederate: SP Connection → Browser SSO → Assertion Lifetime',
    );
    expect(fieldToChange('SAML_ASSERTION_EXPIRED', 'acme')).toBeUndefined();
  });

  it('says nothing for an unknown product, another refusal, or a product without such a field', () => {
    expect(fieldToChange('SAML_AUDIENCE_MISMATCH', UNKNOWN)).toBeUndefined();
    expect(fieldToChange('SAML_XML_MALFORMED', 'http://www.okta.com/exk1')).toBeUndefined();
    expect(fieldToChange('SAML_DECRYPTION_FAILED', 'https://accounts.google.com/o/saml2?idpid=C0')).toBe(
      undefined,
    );
  });

  it('has a topic only for codes of the error table', () => {
    expect(Object.keys(topicOf).filter((code) => !(code in errorTable))).toEqual([]);
    const mended = Object.values(topicOf).filter((topic) =>
      idpProducts.every(({ fieldsToChange }) => fieldsToChange[topic] === undefined),
    );
    expect(mended).toEqual([]);
  });

  it('answers every code for every sample without a hole in the sentence', () => {
    const answers = Object.keys(errorTable).flatMap((code) =>
      Object.values(samples)
        .flat()
        .map(({ entityId }) => fieldToChange(code as ErrorCode, entityId)),
    );
    expect(answers.filter((answer) => answer !== undefined && !/^[A-Za-z]\S*.*: \S/.test(answer))).toEqual(
      [],
    );
  });
});
