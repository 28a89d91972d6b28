// Implementations in JavaScript, each as its documentation sets it up for these messages. A peer is `make(setting)`, which
// gives a function from the form field to the name of the person; it rejects what it refuses.

import { names } from '../messages.mjs';

const bare = (certificate) => certificate.replace(/-----[^-]+-----|\s/g, '');
const pem = (key) => key.export({ type: 'pkcs8', format: 'pem' });

function nodeSamlOptions({ certificate, decryptionKey, responseSigned }) {
  return {
    callbackUrl: names.assertionConsumerServiceUrl,
    entryPoint: 'https://idp.example.org/sso',
    issuer: names.serviceProvider,
    audience: names.serviceProvider,
    idpCert: [certificate],
    wantAuthnResponseSigned: responseSigned,
    wantAssertionsSigned: true,
    acceptedClockSkewMs: 180_000,
    ...(decryptionKey === undefined ? {} : { decryptionPvk: pem(decryptionKey.privateKey) }),
  };
}

function nodeSaml(require, setting) {
  const { SAML } = require('@node-saml/node-saml');
  const saml = new SAML(nodeSamlOptions(setting));
  return async (field) => (await saml.validatePostResponseAsync({ SAMLResponse: field })).profile.nameID;
}

function passportSaml(require, setting) {
  const { Strategy } = require('@node-saml/passport-saml');
  const strategy = new Strategy(
    nodeSamlOptions(setting),
    (profile, done) => done(null, { name: profile.nameID }),
    (profile, done) => done(null, { name: profile.nameID }),
  );
  return (field) =>
    new Promise((resolve, reject) => {
      const each = Object.create(strategy);
      each.success = ({ name }) => resolve(name);
      each.fail = (challenge) => reject(new Error(`refused: ${JSON.stringify(challenge)}`));
      each.error = reject;
      each.authenticate({ body: { SAMLResponse: field }, query: {}, session: {} }, {});
    });
}

function saml20(require, { certificate, decryptionKey }) {
  const { default: saml } = require('@boxyhq/saml20');
  const options = {
    publicKey: bare(certificate),
    audience: names.serviceProvider,
    inResponseTo: names.requestId,
    ...(decryptionKey === undefined ? {} : { privateKey: pem(decryptionKey.privateKey) }),
  };
  return async (field) => {
    const { claims } = await saml.validate(Buffer.from(field, 'base64').toString(), options);
    return claims['http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier'];
  };
}

function saml2Js(require, { certificate, decryptionKey }) {
  const { ServiceProvider, IdentityProvider } = require('saml2-js');
  const provider = new ServiceProvider({
    entity_id: names.serviceProvider,
    assert_endpoint: names.assertionConsumerServiceUrl,
    ...(decryptionKey === undefined
      ? {}
      : { private_key: pem(decryptionKey.privateKey), certificate: decryptionKey.certificate }),
    allow_unencrypted_assertion: true,
    audience: names.serviceProvider,
  });
  const identity = new IdentityProvider({
    sso_login_url: 'https://idp.example.org/sso',
    certificates: [certificate],
  });
  const options = { request_body: {}, require_session_index: false };
  return (field) =>
    new Promise((resolve, reject) => {
      provider.post_assert(
        identity,
        { ...options, request_body: { SAMLResponse: field } },
        (failure, answer) => {
          if (failure === null) resolve(answer.user.name_id);
          else reject(failure);
        },
      );
    });
}

function samlify(require, { certificate, decryptionKey, responseSigned }) {
  const library = require('samlify');
  // It validates against a schema only by a module that its user adds; without one it wants a function that agrees.
  library.setSchemaValidator({ validate: async () => 'skipped' });
  const identity = library.IdentityProvider({
    entityID: names.identityProvider,
    signingCert: certificate,
    isAssertionEncrypted: decryptionKey !== undefined,
    wantMessageSigned: responseSigned,
    messageSigningOrder: 'sign-then-encrypt',
    singleSignOnService: [
      { Binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST', Location: 'https://idp.example.org/sso' },
    ],
  });
  const provider = library.ServiceProvider({
    entityID: names.serviceProvider,
    wantMessageSigned: responseSigned,
    ...(decryptionKey === undefined
      ? {}
      : { encPrivateKey: pem(decryptionKey.privateKey), encryptCert: decryptionKey.certificate }),
    assertionConsumerService: [
      {
        Binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
        Location: names.assertionConsumerServiceUrl,
      },
    ],
  });
  return async (field) => {
    const { extract } = await provider.parseLoginResponse(identity, 'post', {
      body: { SAMLResponse: field },
    });
    return extract.nameID;
  };
}

/** By the name under which the table shows it. `own`: resolved from this project, not from the peers. */
export const javascriptPeers = {
  'node-saml': { own: true, make: nodeSaml },
  'passport-saml': { make: passportSaml },
  '@boxyhq/saml20': { make: saml20 },
  'saml2-js': { make: saml2Js },
  samlify: { make: samlify },
};
