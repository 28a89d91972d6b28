// What the service is compared with, each a process of its own: `node-saml` is Express with node-saml doing login and ACS;
// `floor` is Express doing only what no service can leave out. Both read the keys that the service itself uses.

import { createPrivateKey, randomBytes, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';

const require = createRequire(import.meta.url);
const express = require('express');

const [, , kind, directory, siteUrl, idpCertificateFile] = process.argv;
const keyFile = (name) => readFileSync(join(directory, 'certs', 'sp', name), 'utf8');
const application = express();
application.disable('x-powered-by');
application.disable('etag');

const kinds = { 'node-saml': nodeSaml, floor };
kinds[kind]();
const server = application.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ ready: true, port: server.address().port }));
});

function nodeSaml() {
  const { SAML } = require('@node-saml/node-saml');
  const names = JSON.parse(process.env.NAMES);
  const saml = new SAML({
    entryPoint: 'https://idp.example.org/sso',
    callbackUrl: names.assertionConsumerServiceUrl,
    issuer: names.serviceProvider,
    audience: names.serviceProvider,
    idpCert: readFileSync(idpCertificateFile, 'utf8'),
    privateKey: keyFile('signing.key'),
    signatureAlgorithm: 'sha256',
    wantAuthnResponseSigned: false,
    wantAssertionsSigned: true,
    acceptedClockSkewMs: 180_000,
    validateInResponseTo: 'always',
    identifierFormat: null,
    disableRequestedAuthnContext: true,
  });
  application.get('/saml/login', async (_request, response) => {
    response.redirect(await saml.getAuthorizeUrlAsync(randomBytes(20).toString('hex'), undefined, {}));
  });
  application.post(
    '/saml/acs',
    express.urlencoded({ extended: false, limit: '1mb' }),
    async (request, response) => {
      const { profile } = await saml.validatePostResponseAsync(request.body);
      response.redirect(303, `${siteUrl}/sso?who=${encodeURIComponent(profile.nameID)}`);
    },
  );
}

/** Per phase: one deflate, one RSA signature, a redirect; a form, base64, a page; JSON, one ES256, one call, JSON. */
function floor() {
  const deflate = promisify(deflateRaw);
  const signAsync = promisify(sign);
  const rsa = createPrivateKey(keyFile('signing.key'));
  const ec = createPrivateKey(keyFile('exchange.key'));
  const { Pool } = require('undici');
  const pool = new Pool(siteUrl, { connections: 32 });
  const request = readFileSync(new URL('./authn-request.xml', import.meta.url));
  application.get('/saml/login', async (_request, response) => {
    const message = (await deflate(request)).toString('base64');
    const signed = `SAMLRequest=${encodeURIComponent(message)}&RelayState=${randomBytes(20).toString('hex')}&SigAlg=rsa`;
    const signature = (await signAsync('sha256', Buffer.from(signed), rsa)).toString('base64');
    response.redirect(`https://idp.example.org/sso?${signed}&Signature=${encodeURIComponent(signature)}`);
  });
  application.post(
    '/saml/acs',
    express.urlencoded({ extended: false, limit: '1mb' }),
    (incoming, response) => {
      const xml = Buffer.from(incoming.body.SAMLResponse, 'base64').toString('utf8');
      response.type('html').send(`<!doctype html><title>Signed in</title><p>${xml.length}`);
    },
  );
  application.post('/session-token', express.json(), async (incoming, response) => {
    const input = Buffer.from(JSON.stringify(incoming.body)).toString('base64url');
    const signature = sign('sha256', Buffer.from(input), { key: ec, dsaEncoding: 'ieee-p1363' });
    const reply = await pool.request({
      method: 'POST',
      path: '/_functions/samlSession',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ assertion: `${input}.${signature.toString('base64url')}` }),
    });
    response.json(await reply.body.json());
  });
}
