// `wix-saml metadata`: what an IdP needs to know about us, as XML for an import or as single values for a form.
// Works before the IdP's own metadata is here: most IdPs give theirs only after ours was entered.

import { writeFileSync } from 'node:fs';
import { systemClock } from '../server/compose';
import { loadOurSide } from '../config/load';
import { describeCertificate, readCertificate } from '../saml/signature/certificate';
import type { ServiceProvider } from '../saml/service-provider';
import {
  buildServiceProviderMetadata,
  buildSignedServiceProviderMetadata,
} from '../saml/metadata/service-provider-metadata';
import { configFile, exit, json, type Terminal } from './terminal';

export interface MetadataOptions {
  readonly config?: string;
  readonly out?: string;
  /** With our enveloped signature: federations ask for it, single IdPs do not. */
  readonly signed: boolean;
  readonly values: boolean;
  readonly json: boolean;
}

export async function metadata(options: MetadataOptions, terminal: Terminal): Promise<number> {
  const surroundings = { env: terminal.env, now: systemClock.now() };
  const { serviceProvider } = loadOurSide(configFile(options.config, terminal), surroundings);
  const text = await textOf(serviceProvider, options);
  if (options.out === undefined) {
    terminal.out(text);
  } else {
    writeFileSync(options.out, text);
    terminal.err(`Written to ${options.out}.`);
  }
  return exit.fine;
}

function textOf(serviceProvider: ServiceProvider, options: MetadataOptions): string | Promise<string> {
  if (options.json) return json(valuesOf(serviceProvider));
  if (options.values) return valueLines(serviceProvider).join('\n');
  return options.signed
    ? buildSignedServiceProviderMetadata(serviceProvider)
    : buildServiceProviderMetadata(serviceProvider);
}

interface Values {
  readonly entityId: string;
  readonly assertionConsumerServiceUrl: string;
  readonly metadataUrl: string;
  readonly nameIdFormat: string;
  readonly signing: readonly CertificateValue[];
  readonly encryption: readonly CertificateValue[];
}

interface CertificateValue {
  readonly thumbprint: string;
  readonly certificate: string;
}

function valuesOf(serviceProvider: ServiceProvider): Values {
  const certificateOf = ({ certificate }: { readonly certificate: string }): CertificateValue => ({
    thumbprint: describeCertificate(readCertificate(certificate)).thumbprint,
    certificate,
  });
  return {
    entityId: serviceProvider.entityId,
    assertionConsumerServiceUrl: serviceProvider.assertionConsumerServiceUrl,
    metadataUrl: `${serviceProvider.baseUrl}/saml/metadata`,
    nameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
    signing: serviceProvider.signing.map(certificateOf),
    encryption: serviceProvider.decryption.slice(0, 1).map(certificateOf),
  };
}

// The names in brackets are the IdPs' own field names: nobody should have to guess which of ours belongs where.
function valueLines(serviceProvider: ServiceProvider): string[] {
  const values = valuesOf(serviceProvider);
  const certificates = (title: string, list: readonly CertificateValue[]): string[] =>
    list.flatMap(({ thumbprint, certificate }) => [
      '',
      `${title} (SHA-256 ${thumbprint})`,
      certificate.trim(),
    ]);
  return [
    'Entity ID (Identifier, Audience URI, Audience, SP Entity ID, Client ID)',
    `  ${values.entityId}`,
    'Assertion consumer service (ACS URL, Reply URL, Single sign-on URL, Recipient, Destination, Application Callback',
    'URL), binding HTTP-POST',
    `  ${values.assertionConsumerServiceUrl}`,
    'ACS (Consumer) URL Validator, at OneLogin',
    `  ^${values.assertionConsumerServiceUrl.replace(/[/.?+*^$()[\]{}|\\-]/g, '\\$&')}$`,
    'Login URL (Sign on URL, Service Provider Login URL), where one is asked for; NAME is the connection’s name',
    `  ${serviceProvider.baseUrl}/saml/login?connection=NAME`,
    'Metadata address',
    `  ${values.metadataUrl}`,
    'Name ID: the member’s e-mail address, format',
    `  ${values.nameIdFormat}`,
    'Default RelayState, Start URL: leave empty',
    'Signature: SHA-256; sign the response, the assertion, or both',
    ...certificates('Certificate of our requests', values.signing),
    ...certificates('Certificate for encrypting assertions (optional)', values.encryption),
  ];
}
