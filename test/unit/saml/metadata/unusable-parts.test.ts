// A2, A8–A12, A14: what is of no use in metadata is skipped and named; it is refused only where nothing is left, with the
// very fault.

import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  MetadataError,
  readMetadata,
  type ReadMetadata,
} from '../../../../src/saml/metadata/identity-provider-metadata';
import { makeIdpKeys } from '../../../support/idp/keys';
import { idpKeys, NOW } from '../../../support/makers/valid';

const MD = 'urn:oasis:names:tc:SAML:2.0:metadata';
const DS = 'http://www.w3.org/2000/09/xmldsig#';
const SAMLP = 'urn:oasis:names:tc:SAML:2.0:protocol';
const B = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-';
const good = idpKeys.certificateBase64;
const weak = makeIdpKeys({ kind: 'rsa-1024', commonName: 'old one' }).certificateBase64;
const weaker = makeIdpKeys({ kind: 'rsa-1024', commonName: 'older one' }).certificateBase64;

const sso = (location: string, binding = 'Redirect'): string =>
  `<SingleSignOnService Binding="${B}${binding}" Location="${location}"/>`;
const key = (certificate: string, use = ' use="signing"'): string =>
  `<KeyDescriptor${use}><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></KeyDescriptor>`;
const SSO = sso('https://idp.example/sso');
const entity = (content: string, { entityId = 'https://idp.example/', extensions = '' } = {}): string =>
  `<EntityDescriptor xmlns="${MD}" xmlns:ds="${DS}" entityID="${entityId}">${extensions}<IDPSSODescriptor protocolSupportEnumeration="${SAMLP}">${content}</IDPSSODescriptor></EntityDescriptor>`;

const read = (xml: string, entityId?: string): ReadMetadata => readMetadata(xml, { now: NOW, entityId });
const refused = (xml: string): MetadataError => {
  try {
    read(xml);
  } catch (error) {
    if (error instanceof MetadataError) return error;
    throw error;
  }
  throw new Error('it was accepted');
};
const report = (name: string): string =>
  readFileSync(join(__dirname, '../../../vectors/reports', name), 'utf8');
const now = Date.parse('2026-11-25T08:00:00Z');

describe('A2: a part that is of no use beside a good one', () => {
  it('is skipped and named, whatever is wrong with it', () => {
    const unread = 'A signing certificate that cannot be read';
    const cases: [certificate: string, which: string, problem: string][] = [
      [weak, 'The signing certificate CN=old one', 'The RSA key has 1024 bits.'],
      ['', unread, 'The certificate is empty.'],
      [' \n ', unread, 'The certificate is empty.'],
      ['YQ==', unread, 'The certificate cannot be read.'],
      ['<ds:a/>', unread, 'The certificate is not PEM, base64 or DER.'],
    ];
    for (const [certificate, which, problem] of cases) {
      const { identityProvider, skipped } = read(entity(key(certificate) + key(good) + SSO));
      expect(identityProvider.signingKeys).toHaveLength(1);
      expect(skipped.map((part) => part.problem)).toEqual([`${which} is not used: ${problem}`]);
    }
  });

  it('M17: an Ed25519 certificate beside an RSA one', () => {
    const { identityProvider, skipped } = readMetadata(report('M17-ed25519-beside-rsa.xml'), { now });
    expect(identityProvider.signingKeys.map(({ type }) => type)).toEqual(['rsa']);
    expect(skipped).toEqual([
      {
        problem: 'The signing certificate CN=Example EdDSA is not used: The key is of the kind ed25519.',
        hint: expect.stringMatching(/RSA key of at least 2048 bits/) as unknown,
      },
    ]);
  });

  it('an address', () => {
    for (const location of ['', 'http://idp.example/sso']) {
      const { identityProvider, skipped } = read(entity(key(good) + sso(location, 'POST') + SSO));
      expect(identityProvider.singleSignOnServices).toEqual([
        { binding: 'redirect', location: 'https://idp.example/sso' },
      ]);
      expect(skipped[0]?.problem).toBe(`The SingleSignOnService address "${location}" is not usable.`);
    }
  });

  it('nothing is skipped in metadata that is all right', () => {
    expect(read(entity(key(good) + SSO)).skipped).toEqual([]);
    expect(read(entity(key(good) + key(weak, ' use="encryption"') + SSO)).skipped).toEqual([]);
  });

  it('A14: of several that are of no use alone, each is named', () => {
    const error = refused(entity(key(weak) + key(weaker) + SSO));
    expect(error.problem).toBe(
      'No signing certificate is usable. The signing certificate CN=old one: The RSA key has 1024 bits. The signing certificate CN=older one: The RSA key has 1024 bits.',
    );
  });
});

describe('A8: a processing instruction', () => {
  const sheet = '<?xml-stylesheet type="text/xsl" href="/idp.xsl"?>';
  it('outside the root is skipped', () => {
    const xml = `<?xml version="1.0"?>\n${sheet}\n${entity(key(good) + SSO)}${sheet}`;
    expect(read(xml).identityProvider.entityId).toBe('https://idp.example/');
  });

  it('inside is refused, and so is a DOCTYPE anywhere', () => {
    const error = refused(entity(key(good) + sheet + SSO));
    expect([error.problem, error.hint]).toEqual([
      'The metadata is not plain XML: processing instruction.',
      expect.stringMatching(/^Remove the lines/),
    ]);
    expect(refused(`${sheet}<!DOCTYPE x>${entity(key(good) + SSO)}`).problem).toMatch(/document type/);
  });
});

describe('A9: two certificates run together in one text', () => {
  it('M05: the first is taken', () => {
    const { identityProvider } = readMetadata(report('M05-two-certificates-run-together.xml'), { now });
    expect(identityProvider.signingKeys).toHaveLength(1);
    expect(identityProvider.signingKeys[0]?.subject).toBe('CN=idpx');
  });

  it('by no chance of padding', () => {
    const endings = new Set<string>();
    // An ECDSA signature has one octet more or less by chance: after so many certificates each ending has been there.
    for (let attempt = 0; endings.size < 3 && attempt < 100; attempt += 1) {
      const keys = makeIdpKeys({ kind: 'ec-p256', commonName: 'x'.repeat(1 + (attempt % 9)) });
      endings.add(/=*$/.exec(keys.certificateBase64)?.[0] ?? '');
      const { signingKeys } = read(entity(key(keys.certificateBase64 + good) + SSO)).identityProvider;
      expect(signingKeys.map(({ thumbprint }) => thumbprint)).toEqual([keys.fingerprint256]);
    }
    expect([...endings].sort()).toEqual(['', '=', '==']);
  });
});

describe('A10: an entityID', () => {
  it('M07: is a name to compare, not always a URI', () => {
    const xml = report('M07-two-idps-one-is-no-uri.xml');
    expect(readMetadata(xml, { now, entityId: 'localhost' }).identityProvider.entityId).toBe('localhost');
  });
});

describe('A11: metadata of Entra ID for all tenants', () => {
  it.each([report('M16-entra-common-endpoint.xml'), entity(key(good) + SSO, { entityId: 'x/{TenantID}/' })])(
    'M16: is refused, with the address to use',
    (xml) => {
      const { problem, hint } = refused(xml);
      expect(problem).toMatch(/template for all tenants of Entra ID/);
      expect(hint).toContain('https://login.microsoftonline.com/TENANT-ID/federationmetadata/');
    },
  );
});

describe('A12: a KeyDescriptor with a bare key', () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  const bare = `<KeyDescriptor><ds:KeyInfo><ds:KeyValue><ds:RSAKeyValue><ds:Modulus>${n}</ds:Modulus><ds:Exponent>${e}</ds:Exponent></ds:RSAKeyValue></ds:KeyValue></ds:KeyInfo></KeyDescriptor>`;
  it('is named', () => {
    expect(refused(entity(bare + SSO)).problem).toBe(
      'A KeyDescriptor holds a bare KeyValue and no certificate, which is not supported.',
    );
    expect(read(entity(bare + key(good) + SSO)).skipped).toHaveLength(1);
  });
});

describe('A14: small faults of hand-made metadata', () => {
  it.each([
    ['', 'no namespace'],
    [' xmlns="urn:oasis:names:tc:SAML:2.0:assertion"', 'the namespace urn:oasis:names:tc:SAML:2.0:assertion'],
  ])('a missing namespace: %s', (declaration, where) => {
    const { problem, hint } = refused(`<EntityDescriptor${declaration} entityID="x"/>`);
    expect(problem).toBe(`The EntityDescriptor is in ${where}, so it is not SAML metadata.`);
    expect(hint).toBe(`Its start tag needs xmlns="${MD}".`);
  });

  it('KeyInfo in the namespace of metadata', () => {
    const error = refused(entity(key(good).replaceAll('ds:', '') + SSO));
    expect([error.problem, error.hint]).toEqual([
      'The KeyInfo of a KeyDescriptor is not in the namespace of XML Signature.',
      `KeyInfo and all in it need xmlns="${DS}".`,
    ]);
  });

  it('an empty use', () => {
    const { identityProvider, skipped } = read(entity(key(good, ' use=""') + SSO));
    expect(identityProvider.signingKeys).toHaveLength(1);
    expect(skipped[0]?.problem).toMatch(/^A KeyDescriptor has an empty use/);
  });

  it('a use that SAML does not know', () => {
    const { identityProvider, skipped } = read(entity(key(good) + key(weak, ' use="sign"') + SSO));
    expect(identityProvider.signingKeys).toHaveLength(1);
    expect(skipped[0]?.problem).toMatch(/^A KeyDescriptor has the use "sign"/);
  });

  it('a raw & in an address', () => {
    const { problem, hint } = refused(entity(key(good) + sso('https://idp.example/sso?a=1&b=2')));
    expect(problem).toBe(
      'The metadata is not plain XML: an "&" stands by itself, in "https://idp.example/sso?a=1&b=2".',
    );
    expect(hint).toBe('Write &amp; in its place.');
    // One in a comment is none, and another fault is not blamed on it.
    expect(refused(`<a><!-- R&D -->&amp;`).problem).toMatch(/unclosed tag/);
  });

  it('the same id twice in foreign Extensions, on which nothing depends', () => {
    const extensions =
      '<Extensions><x:a xmlns:x="urn:x" id="x"/><x:b xmlns:x="urn:x" id="x" ID="x"/></Extensions>';
    expect(read(entity(key(good) + SSO, { extensions })).skipped).toEqual([]);
  });
});

describe('#metadata.idp/declared-algorithms algorithms that an IdP declares', () => {
  const extensions = (...methods: string[]): string =>
    `<Extensions xmlns:alg="urn:oasis:names:tc:SAML:metadata:algsupport">${methods.join('')}</Extensions>`;
  const signing = '<alg:SigningMethod Algorithm=" urn:s "/>';
  const digest = '<alg:DigestMethod Algorithm="urn:d"/>';
  const algorithmsOf = (inEntity: string, inRole: string) =>
    read(entity(inRole + key(good) + SSO, { extensions: inEntity })).identityProvider.algorithms;

  it('are read from the role, or from the entity', () => {
    expect(algorithmsOf('', '')).toBeUndefined();
    expect(algorithmsOf(extensions(digest, '<alg:SigningMethod/>'), extensions(signing))).toEqual({
      signing: ['urn:s'],
      digest: ['urn:d'],
    });
    expect(algorithmsOf(extensions(signing, digest), '')).toEqual({ signing: ['urn:s'], digest: ['urn:d'] });
  });
});

describe('how long metadata is kept', () => {
  const lifetime = (attributes: string) => {
    const { validUntil, cacheDurationMs } = read(
      `<EntitiesDescriptor xmlns="${MD}" ${attributes}>${entity(key(good) + SSO).replace('entityID', 'cacheDuration="P1D" entityID')}</EntitiesDescriptor>`,
    );
    return { validUntil, cacheDurationMs };
  };
  it.each([
    ['', undefined, 86_400_000],
    ['validUntil="2030-01-01T00:00:00Z"', Date.UTC(2030, 0, 1), 86_400_000],
    ['cacheDuration="PT1H30M5.5S"', undefined, 5_405_000],
    ['cacheDuration="P1Y2M"', undefined, 86_400_000],
    ['cacheDuration="a day"', undefined, 86_400_000],
  ])('A5: the earliest of all levels wins: %s', (attributes, validUntil, cacheDurationMs) => {
    expect(lifetime(attributes)).toEqual({ validUntil, cacheDurationMs });
  });
});

describe('errorURL, the IdP’s page of help', () => {
  const errorUrlOf = (address: string): string | undefined =>
    read(entity(key(good) + SSO).replace('<IDPSSODescriptor', `<IDPSSODescriptor errorURL="${address}"`))
      .identityProvider.errorUrl;

  it('is read, and one that cannot be used is no reason to stop signing in', () => {
    expect(errorUrlOf(' https://idp.example/help?c=ERRORURL_CODE ')).toBe(
      'https://idp.example/help?c=ERRORURL_CODE',
    );
    expect(errorUrlOf('http://idp.example/help')).toBeUndefined();
  });
});
