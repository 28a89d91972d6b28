import { createPublicKey } from 'node:crypto';
import {
  MetadataError,
  readIdentityProviderMetadata,
} from '../../../../src/saml/metadata/identity-provider-metadata';
import { makeIdpKeys, type KeyKind } from '../../../support/idp/keys';
import { shapes } from '../../../support/makers/metadata-shapes';

const now = Date.parse('2026-03-01T12:00:00Z');
const first = makeIdpKeys({ commonName: 'first' });
const second = makeIdpKeys({ commonName: 'second' });
const POST = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST';

interface Parts {
  readonly entityAttributes?: string;
  readonly roleAttributes?: string;
  readonly protocol?: string;
  readonly keys?: string;
  readonly location?: string;
  readonly services?: string;
}

const keyDescriptor = (certificate: string, use = ' use="signing"'): string =>
  `<KeyDescriptor${use}><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></KeyDescriptor>`;

/** One valid document; every test changes one thing. */
function metadata(parts: Parts = {}): string {
  const location = parts.location ?? 'https://idp.example/sso';
  return `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" ${parts.entityAttributes ?? 'entityID="https://idp.example/"'}>
<IDPSSODescriptor protocolSupportEnumeration="${parts.protocol ?? 'urn:oasis:names:tc:SAML:2.0:protocol'}" ${parts.roleAttributes ?? ''}>
${parts.keys ?? keyDescriptor(first.certificateBase64)}
${parts.services ?? `<SingleSignOnService Binding="${POST}" Location="${location}"/>`}
</IDPSSODescriptor></EntityDescriptor>`;
}

const read = (xml: string, entityId?: string) =>
  readIdentityProviderMetadata(xml, entityId === undefined ? { now } : { now, entityId });

function refusal(xml: string, entityId?: string): MetadataError {
  try {
    read(xml, entityId);
  } catch (error) {
    if (error instanceof MetadataError) return error;
    throw error;
  }
  throw new Error('the metadata was accepted');
}

const certificateOf = (kind: KeyKind): string => makeIdpKeys({ kind }).certificateBase64;

describe('metadata of real products', () => {
  it.each(shapes.map((shape) => [shape.product, shape] as const))(
    '#metadata.idp/products reads the shape of %s',
    (_name, shape) => {
      const provider = read(shape.xml([first.certificateBase64, second.certificateBase64]));
      const at = (binding: string) =>
        provider.singleSignOnServices.find((service) => service.binding === binding)?.location;
      expect(provider.entityId).toBe(shape.entityId);
      expect(at('redirect')).toBe(shape.redirect);
      expect(at('post')).toBe(shape.post);
      expect(provider.singleLogoutServices).toHaveLength(shape.logout);
      expect(provider.signingKeys).toHaveLength(shape.signingKeys);
      expect(provider.signingKeys.some(({ key }) => key.equals(first.publicKey))).toBe(true);
      expect(provider.wantAuthnRequestsSigned).toBe(shape.wantSigned);
      expect(provider.displayName).toBe(shape.displayName);
    },
  );
});

describe('entities', () => {
  const one = metadata();
  const other = metadata({ entityAttributes: 'entityID="https://other.example/"' });
  const aggregate = (...entities: string[]): string =>
    `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">${entities.join('')}</md:EntitiesDescriptor>`;

  it('#metadata.idp/aggregate takes the wanted one of several', () => {
    expect(read(aggregate(one, aggregate(other)), 'https://other.example/').entityId).toBe(
      'https://other.example/',
    );
  });

  it('asks which one when several IdPs would fit', () => {
    const { problem, hint } = refusal(aggregate(one, other));
    expect(problem).toBe('There are 2 IdPs in it.');
    expect(hint).toContain('https://idp.example/, https://other.example/');
  });

  it('refuses an entity that is there twice', () => {
    expect(refusal(aggregate(one, one), 'https://idp.example/').problem).toContain('2 times');
  });

  it('names what is there when the wanted one is not', () => {
    const { problem, hint } = refusal(aggregate(one), 'https://idp.example');
    expect(problem).toContain('There is no entity https://idp.example in it');
    expect(hint).toContain('https://idp.example/');
  });

  it('recognises our own or another service provider’s metadata', () => {
    const sp = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://sp.example/"><SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"/></EntityDescriptor>`;
    expect(refusal(sp).hint).toContain('describes a service provider');
    expect(refusal(sp, 'https://sp.example/').problem).toContain('no IDPSSODescriptor');
  });

  it.each([
    ['absent', ''],
    ['empty', 'entityID=""'],
    ['surrounded by white space', 'entityID=" https://idp.example/"'],
    ['too long', `entityID="https://idp.example/${'a'.repeat(1024)}"`],
  ])('refuses an entityID that is %s', (_name, entityAttributes) => {
    expect(refusal(metadata({ entityAttributes })).problem).toContain('no usable entityID');
  });

  it('refuses a role that does not speak SAML 2.0', () => {
    expect(refusal(metadata({ protocol: 'urn:oasis:names:tc:SAML:1.1:protocol' })).problem).toContain(
      'does not speak SAML 2.0',
    );
  });

  it('refuses two roles for SAML 2.0', () => {
    const role = /<IDPSSODescriptor[\s\S]*<\/IDPSSODescriptor>/.exec(one)?.[0] ?? '';
    expect(refusal(one.replace(role, role + role)).problem).toContain('2 IDPSSODescriptors');
  });
});

describe('documents', () => {
  it.each([
    ['a web page', '<!DOCTYPE html><html><body>Sign in</body></html>', 'This is a web page, not metadata.'],
    ['a Response', '<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol"/>', 'is a Response'],
    ['cut off', metadata().slice(0, 300), 'not plain XML'],
    ['a DOCTYPE', `<!DOCTYPE EntityDescriptor [<!ENTITY x "y">]>${metadata()}`, 'not plain XML'],
    ['the names without the namespace', '<EntityDescriptor entityID="x"/>', 'not SAML metadata'],
  ])('refuses %s', (_name, xml, problem) => {
    expect(refusal(xml).problem).toContain(problem);
  });

  it('refuses a document over the size limit', () => {
    expect(refusal(`<a>${'a'.repeat(4 * 1024 * 1024)}</a>`).problem).toContain('larger than 4 MB');
  });

  it('refuses two elements with one ID', () => {
    const xml = metadata({
      entityAttributes: 'entityID="https://idp.example/" ID="a"',
      roleAttributes: 'ID="a"',
    });
    expect(refusal(xml).problem).toContain('two elements share an ID');
  });
});

describe('#metadata.idp/valid-until validUntil', () => {
  it.each([
    [
      'the entity',
      (time: string) =>
        metadata({ entityAttributes: `entityID="https://idp.example/" validUntil="${time}"` }),
    ],
    ['the role', (time: string) => metadata({ roleAttributes: `validUntil="${time}"` })],
    [
      'the aggregate',
      (time: string) =>
        `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" validUntil="${time}">${metadata()}</md:EntitiesDescriptor>`,
    ],
  ])('binds on %s, with the usual skew', (_name, withTime) => {
    expect(refusal(withTime('2026-03-01T11:57:00Z')).problem).toContain(
      'valid until 2026-03-01T11:57:00.000Z',
    );
    expect(read(withTime('2026-03-01T11:57:01Z')).entityId).toBe('https://idp.example/');
  });

  it('reads a time without a zone as UTC, wherever we are', () => {
    const at = (time: string) => metadata({ roleAttributes: `validUntil="${time}"` });
    expect(refusal(at('2026-03-01T11:57:00')).problem).toContain('2026-03-01T11:57:00.000Z');
    expect(refusal(at('2026-03-01T13:57:00+02:00')).problem).toContain('2026-03-01T11:57:00.000Z');
  });

  it.each(['tomorrow', '2026', '', '2026-13-45T00:00:00Z'])('refuses what is not a time: %p', (time) => {
    expect(refusal(metadata({ roleAttributes: `validUntil="${time}"` })).problem).toContain('not a time');
  });
});

describe('endpoints', () => {
  it.each([
    'javascript:alert(1)',
    'javascript://localhost/%0aalert(1)',
    'ftp://127.0.0.1/',
    'http://idp.example/sso',
    'http://127.0.0.1.evil.example/',
    'http://localhost.evil.example/',
    'https://user@idp.example/sso',
    'https://user:pass@idp.example/sso',
    'https://idp.example/sso#fragment',
    'https://idp.example/a b',
    'https://idp.example/&#10;Set-Cookie:x',
    'ftp://idp.example/',
    '//idp.example/sso',
    '/sso',
    '',
    'data:text/html,hi',
  ])('#metadata.idp/sso-address refuses the address %p', (location) => {
    expect(refusal(metadata({ location })).problem).toContain('is not usable');
  });

  it.each([
    'https://idp.example/sso?a=1&amp;b=2',
    'http://localhost:8080/',
    'http://127.0.0.1/',
    'http://[::1]:8080/',
  ])('accepts the address %p', (location) => {
    expect(read(metadata({ location })).singleSignOnServices).toEqual([
      { binding: 'post', location: location.replace('&amp;', '&') },
    ]);
  });

  it.each(['javascript:0', 'http://idp.example/slo', '/slo', ''])(
    'leaves out the logout address %p: it is no reason to stop signing in',
    (location) => {
      const services = `<SingleLogoutService Binding="${POST}" Location="${location}"/><SingleLogoutService Binding="${POST}" Location="https://idp.example/slo"/><SingleSignOnService Binding="${POST}" Location="https://idp.example/"/>`;
      expect(read(metadata({ services })).singleLogoutServices).toEqual([
        { binding: 'post', location: 'https://idp.example/slo' },
      ]);
    },
  );

  it('#metadata.idp/response-location reads where answers to a logout go (IIP-SP17)', () => {
    const rest = `<SingleSignOnService Binding="${POST}" Location="https://idp.example/"/>`;
    const logout = (response: string): unknown =>
      read(
        metadata({
          services: `<SingleLogoutService Binding="${POST}" Location="https://idp.example/slo"${response}/>${rest}`,
        }),
      ).singleLogoutServices;
    const known = { binding: 'post', location: 'https://idp.example/slo' };
    expect(logout(' ResponseLocation=" https://idp.example/answers "')).toEqual([
      { ...known, responseLocation: 'https://idp.example/answers' },
    ]);
    expect(logout(' ResponseLocation=""')).toEqual([known]);
    expect(logout(' ResponseLocation="javascript:0"')).toEqual([]);
  });

  it.each(['urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact', 'constructor', 'toString', '__proto__'])(
    'refuses an IdP whose only endpoints are of bindings that are not used: %s',
    (binding) => {
      const services = `<SingleSignOnService Binding="${binding}" Location="https://idp.example/"/>`;
      expect(refusal(metadata({ services })).problem).toContain('offers no SingleSignOnService');
    },
  );
});

describe('signing keys', () => {
  it('takes twenty and no more: any stranger can let us try them all', () => {
    const certificates = Array.from({ length: 21 }, () => keyDescriptor(certificateOf('ec-p256')));
    expect(read(metadata({ keys: certificates.slice(1).join('') })).signingKeys).toHaveLength(20);
    expect(refusal(metadata({ keys: certificates.join('') })).problem).toContain('21 signing certificates');
  });

  it.each(['rsa-2048', 'rsa-3072', 'ec-p256', 'ec-p384', 'ec-p521'] as const)('accepts %s', (kind) => {
    const [key] = read(metadata({ keys: keyDescriptor(certificateOf(kind)) })).signingKeys;
    expect(key?.type).toBe(kind.slice(0, kind.indexOf('-')));
  });

  it('#metadata.idp/expired-certificate accepts an expired certificate: only the key counts', () => {
    const expired = makeIdpKeys({ notBefore: new Date('2015-01-01'), notAfter: new Date('2016-01-01') });
    const [key] = read(metadata({ keys: keyDescriptor(expired.certificateBase64) })).signingKeys;
    expect(key?.notAfter).toBe(Date.parse('2016-01-01'));
    expect(key?.thumbprint).toBe(expired.fingerprint256);
    expect(createPublicKey(key?.certificate ?? '').equals(expired.publicKey)).toBe(true);
  });

  it('#metadata.idp/weak-key refuses a weak key and says which rule it breaks', () => {
    const { problem } = refusal(metadata({ keys: keyDescriptor(certificateOf('rsa-1024')) }));
    expect(problem).toBe('A signing certificate is not usable: The RSA key has 1024 bits.');
  });

  it('does not mind a weak key that only encrypts', () => {
    const keys =
      keyDescriptor(certificateOf('rsa-1024'), ' use="encryption"') + keyDescriptor(first.certificateBase64);
    expect(read(metadata({ keys })).signingKeys).toHaveLength(1);
  });

  it('counts one certificate once', () => {
    const keys = keyDescriptor(first.certificateBase64) + keyDescriptor(first.certificateBase64, '');
    expect(read(metadata({ keys })).signingKeys).toHaveLength(1);
  });

  it('takes several certificates of one X509Data', () => {
    const keys = keyDescriptor(
      `${first.certificateBase64}</ds:X509Certificate><ds:X509Certificate>${second.certificateBase64}`,
    );
    expect(read(metadata({ keys })).signingKeys).toHaveLength(2);
  });

  it.each([
    ['there is none', ''],
    ['there is one for encryption only', keyDescriptor(first.certificateBase64, ' use="encryption"')],
    [
      'there is a bare key value only',
      '<KeyDescriptor><ds:KeyInfo><ds:KeyName>k</ds:KeyName></ds:KeyInfo></KeyDescriptor>',
    ],
  ])('refuses metadata when %s', (_name, keys) => {
    expect(refusal(metadata({ keys })).problem).toBe('There is no signing certificate in it.');
  });

  it.each([
    ['empty', ''],
    ['not base64', 'MIIC*'],
    ['cut off', first.certificateBase64.slice(0, 400)],
    ['an element', '<ds:a/>'],
  ])('refuses a certificate that is %s', (_name, certificate) => {
    expect(refusal(metadata({ keys: keyDescriptor(certificate) })).problem).toContain(
      'certificate is not usable',
    );
  });
});
