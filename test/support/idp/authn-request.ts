/** Reads AuthnRequests as an identity provider must: Redirect (DEFLATE) and POST binding, with their signatures. */
import { constants, createVerify, verify } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { SaxesParser } from 'saxes';
import { verifyElement } from './sign';
import type { ServiceProviderInfo } from './metadata';

export interface ReceivedRequest {
  readonly id: string;
  readonly issuer: string;
  readonly acsUrl: string | null;
  readonly destination: string | null;
  readonly forceAuthn: boolean;
  readonly isPassive: boolean;
  readonly nameIdFormat: string | null;
  readonly contextClasses: readonly string[];
  readonly relayState: string | null;
  readonly binding: 'redirect' | 'post';
  readonly signed: boolean;
  readonly xml: string;
}

export class RequestRefused extends Error {}

/** `rawQuery` is the query string as received, without the question mark: the signature covers its very characters. */
export function receiveRedirect(
  rawQuery: string,
  find: (entityId: string) => ServiceProviderInfo | undefined,
): ReceivedRequest {
  const raw = new Map(rawQuery.split('&').map((pair) => [pair.split('=', 1)[0] ?? '', pair]));
  const parameters = new URLSearchParams(rawQuery);
  const encoded = parameters.get('SAMLRequest');
  if (encoded === null) throw new RequestRefused('SAMLRequest is missing');
  const xml = inflateRawSync(Buffer.from(encoded, 'base64'), { maxOutputLength: 65_536 }).toString('utf8');
  const request = readRequest(xml);
  const serviceProvider = known(request.issuer, find);
  const signed = parameters.has('Signature');
  if (signed) {
    const signedText = ['SAMLRequest', 'RelayState', 'SigAlg']
      .flatMap((name) => raw.get(name) ?? [])
      .join('&');
    const value = Buffer.from(parameters.get('Signature') ?? '', 'base64');
    const algorithm = parameters.get('SigAlg') ?? '';
    if (!serviceProvider.signingCertificates.some((pem) => verifyQuery(signedText, value, algorithm, pem))) {
      throw new RequestRefused('the signature of the request does not verify');
    }
  }
  return finish(
    { ...request, relayState: parameters.get('RelayState'), binding: 'redirect', signed, xml },
    serviceProvider,
  );
}

export function receivePost(
  form: URLSearchParams,
  find: (entityId: string) => ServiceProviderInfo | undefined,
): ReceivedRequest {
  const xml = Buffer.from(form.get('SAMLRequest') ?? '', 'base64').toString('utf8');
  const request = readRequest(xml);
  const serviceProvider = known(request.issuer, find);
  const signature = /<((?:\w+:)?)Signature[\s>][^]*<\/\1Signature>/.exec(xml)?.[0];
  if (signature !== undefined) {
    const accepted = serviceProvider.signingCertificates.some((pem) => {
      const bytes = verifyElement(xml, signature, pem);
      return bytes !== null && readRequest(bytes).id === request.id;
    });
    if (!accepted) throw new RequestRefused('the signature of the request does not verify');
  }
  return finish(
    { ...request, relayState: form.get('RelayState'), binding: 'post', signed: signature !== undefined, xml },
    serviceProvider,
  );
}

function finish(request: ReceivedRequest, serviceProvider: ServiceProviderInfo): ReceivedRequest {
  if (serviceProvider.authnRequestsSigned && !request.signed)
    throw new RequestRefused('the request is not signed');
  if (request.acsUrl !== null && !serviceProvider.acsUrls.includes(request.acsUrl)) {
    throw new RequestRefused('the AssertionConsumerServiceURL is not a registered one');
  }
  return request;
}

function known(
  entityId: string,
  find: (entityId: string) => ServiceProviderInfo | undefined,
): ServiceProviderInfo {
  const found = find(entityId);
  if (found === undefined) throw new RequestRefused(`unknown service provider ${entityId}`);
  return found;
}

function verifyQuery(text: string, value: Buffer, algorithm: string, pem: string): boolean {
  const name = algorithm.slice(algorithm.indexOf('#') + 1);
  const hash = /sha(?:256|384|512)/.exec(name)?.[0];
  if (hash === undefined) return false;
  if (name.startsWith('rsa-sha')) return createVerify(hash).update(text).verify(pem, value);
  if (name.startsWith('ecdsa-'))
    return verify(hash, Buffer.from(text), { key: pem, dsaEncoding: 'ieee-p1363' }, value);
  const pss = {
    key: pem,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  };
  return verify(hash, Buffer.from(text), pss, value);
}

function readRequest(xml: string): Omit<ReceivedRequest, 'relayState' | 'binding' | 'signed' | 'xml'> {
  const request = {
    id: '',
    issuer: '',
    acsUrl: null as string | null,
    destination: null as string | null,
    forceAuthn: false,
    isPassive: false,
    nameIdFormat: null as string | null,
    contextClasses: [] as string[],
  };
  let text = '';
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', (tag) => {
    const attribute = (name: string): string | null => tag.attributes[name]?.value ?? null;
    text = '';
    if (tag.local === 'AuthnRequest') {
      request.id = attribute('ID') ?? '';
      request.acsUrl = attribute('AssertionConsumerServiceURL');
      request.destination = attribute('Destination');
      request.forceAuthn = attribute('ForceAuthn') === 'true' || attribute('ForceAuthn') === '1';
      request.isPassive = attribute('IsPassive') === 'true' || attribute('IsPassive') === '1';
    }
    if (tag.local === 'NameIDPolicy') request.nameIdFormat = attribute('Format');
  });
  parser.on('text', (part) => {
    text += part;
  });
  parser.on('closetag', (tag) => {
    if (tag.local === 'Issuer') request.issuer = text.trim();
    if (tag.local === 'AuthnContextClassRef') request.contextClasses.push(text.trim());
  });
  try {
    parser.write(xml).close();
  } catch {
    throw new RequestRefused('the request is not XML');
  }
  if (request.id === '' || request.issuer === '') throw new RequestRefused('this is no AuthnRequest');
  return request;
}
