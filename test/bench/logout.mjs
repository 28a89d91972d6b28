// One LogoutRequest, verified and checked, beside a Response of the same IdP: a logout may cost half as much again as a login.

import { sign } from 'node:crypto';
import { createRequire } from 'node:module';
import { deflateRawSync } from 'node:zlib';
import { interleaved, table } from './measure.mjs';
import { assertionXml, makeSigner, names, responseXml, signed } from './messages.mjs';
import { gate } from './validation.mjs';

const require = createRequire(import.meta.url);
const dist = (name) => require(`../../dist/saml/${name}.js`);
const singleLogoutUrl = 'https://sso.example.com/saml/slo';
const sigAlg = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
/** In shares of a login. */
const BUDGET = 1.5;
const times = 100;

export async function logout({ rounds }) {
  const signer = makeSigner();
  const login = gate({ certificates: [signer.certificate] });
  const field = encode(responseXml(signed(assertionXml(), 'Assertion', signer)));
  const judge = logoutGate(signer.certificate);
  const { readLogoutForm, readLogoutQuery } = dist('logout/message');
  const query = queryOf(requestXml(), signer);
  const form = {
    kind: 'request',
    field: encode(signed(requestXml(), 'LogoutRequest', signer)),
    relayState: undefined,
  };
  const runs = {
    login: () => login(field),
    'logout by Redirect': () => judge(readLogoutQuery(query, 384 * 1024)),
    'logout by POST': () => judge(readLogoutForm(form, 384 * 1024)),
  };
  for (const run of Object.values(runs)) if (run() !== names.email) throw new Error('refused');
  const measured = await interleaved(
    Object.fromEntries(Object.entries(runs).map(([name, run]) => [name, { run, times }])),
    rounds,
  );
  const rows = Object.entries(measured).map(([name, { min }]) => [name, min, min / measured.login.min]);
  console.log('\nVerify and check one logout message: CPU ms, least of the rounds');
  console.log(table(['message', 'CPU ms', '× login'], rows));
  for (const [name, , ratio] of rows.slice(1))
    console.log(`${name}: ${ratio.toFixed(2)} × a login (budget ${BUDGET})`);
  return Object.fromEntries(rows.map(([name, ms, ratio]) => [name, { ms, ratio }]));
}

function logoutGate(certificate) {
  const { acceptLogoutRequest } = dist('logout-gate');
  const { createKeyMemory } = dist('signature/key-memory');
  const { describeCertificate, readCertificate } = dist('signature/certificate');
  const trust = {
    keys: [describeCertificate(readCertificate(certificate))],
    allowSha1: false,
    keyMemory: createKeyMemory(),
    decryption: { keys: [], allowCbc: false },
  };
  const expected = { identityProvider: names.identityProvider, singleLogoutUrl, clockSkewMs: 180_000 };
  return (message) => acceptLogoutRequest(message, { trust, expected, now: Date.now() }).nameId.value;
}

const encode = (xml) => Buffer.from(xml).toString('base64');

function requestXml() {
  const now = new Date().toISOString();
  return (
    `<saml2p:LogoutRequest xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol" ID="_logout" Version="2.0" IssueInstant="${now}" Destination="${singleLogoutUrl}">` +
    `<saml2:Issuer xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">${names.identityProvider}</saml2:Issuer>` +
    `<saml2:NameID xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">${names.email}</saml2:NameID>` +
    '<saml2p:SessionIndex>_session</saml2p:SessionIndex></saml2p:LogoutRequest>'
  );
}

function queryOf(xml, { privateKey }) {
  const message = encodeURIComponent(deflateRawSync(xml).toString('base64'));
  const text = `SAMLRequest=${message}&SigAlg=${encodeURIComponent(sigAlg)}`;
  const value = sign('sha256', Buffer.from(text), privateKey).toString('base64');
  return `${text}&Signature=${encodeURIComponent(value)}`;
}
