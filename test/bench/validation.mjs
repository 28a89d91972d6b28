// One Response, verified and checked: this project's gate against node-saml's validatePostResponseAsync, same bytes.

import { createRequire } from 'node:module';
import { startLasso } from './lasso.mjs';
import { interleaved, table } from './measure.mjs';
import { assertionXml, encrypted, makeSigner, names, responseXml, signed } from './messages.mjs';

const require = createRequire(import.meta.url);
const dist = (name) => require(`../../dist/saml/${name}.js`);

/** Accepts or throws, like POST /saml/acs before state comes into play. */
export function gate({ certificates, decryptionKeys = [] }) {
  const { decodeSamlResponse } = dist('login/decode');
  const { parseResponse } = dist('login/response');
  const { acceptResponse } = dist('gate');
  const { createKeyMemory } = dist('signature/key-memory');
  const { describeCertificate, readCertificate } = dist('signature/certificate');
  const keys = certificates.map((certificate) => describeCertificate(readCertificate(certificate)));
  const decryption = { keys: decryptionKeys, allowCbc: false };
  const trust = { keys, allowSha1: false, keyMemory: createKeyMemory(), decryption };
  const expected = { ...names, clockSkewMs: 180_000 };
  return (field) => {
    const response = parseResponse(decodeSamlResponse(field, 384 * 1024));
    return acceptResponse(response, { trust, expected, now: Date.now() }).data.nameId.value;
  };
}

export function nodeSaml({ certificates, decryptionKey, responseSigned = false }) {
  const { SAML } = require('@node-saml/node-saml');
  const saml = new SAML({
    callbackUrl: names.assertionConsumerServiceUrl,
    issuer: names.serviceProvider,
    audience: names.serviceProvider,
    idpCert: certificates,
    wantAuthnResponseSigned: responseSigned,
    wantAssertionsSigned: true,
    acceptedClockSkewMs: 180_000,
    ...(decryptionKey === undefined
      ? {}
      : { decryptionPvk: decryptionKey.export({ type: 'pkcs8', format: 'pem' }) }),
  });
  return async (field) => (await saml.validatePostResponseAsync({ SAMLResponse: field })).profile.nameID;
}

const encode = (xml) => Buffer.from(xml).toString('base64');

export async function validation({ rounds }) {
  const signer = makeSigner();
  const others = Array.from({ length: 4 }, makeSigner);
  const decryptionKey = others[0];
  const certificates = [signer.certificate];
  const plain = (groups) => responseXml(signed(assertionXml({ groups }), 'Assertion', signer));
  const hidden = responseXml(encrypted(signed(assertionXml(), 'Assertion', signer), decryptionKey.publicKey));
  const both = signed(plain(0), 'Response', signer);
  const decrypting = { certificates, decryptionKeys: [decryptionKey.privateKey] };
  const five = { certificates: [...others.map(({ certificate }) => certificate), signer.certificate] };
  const cases = [
    ['small', plain(0), { certificates }, {}, 100, 0.06],
    ['150 groups', plain(150), { certificates }, {}, 30, 0.08],
    ['1500 groups', plain(1500), { certificates }, {}, 4, 0.12],
    ['both signed', both, { certificates }, { responseSigned: true }, 60, 0.06],
    ['encrypted', hidden, decrypting, { decryptionKey: decryptionKey.privateKey }, 60, 0.12],
    ['5 certificates', plain(0), five, {}, 60, undefined],
  ];
  const results = [];
  const lasso = startLasso({ idpCertificate: signer.certificate, own: decryptionKey });
  for (const [name, xml, trust, more, times, budget] of cases) {
    const field = encode(xml);
    const ours = gate(trust);
    const theirs = nodeSaml({ certificates: trust.certificates, ...more });
    if (ours(field) !== names.email || (await theirs(field)) !== names.email)
      throw new Error(`${name}: refused`);
    const measured = await interleaved(
      {
        ours: { run: () => ours(field), times },
        nodeSaml: { run: () => theirs(field), times: Math.max(2, Math.round(times / 10)) },
        ...(lasso === undefined || trust === five
          ? {}
          : { lasso: { elsewhere: () => lasso.measure(field, Math.max(2, Math.round(times / 4))) } }),
      },
      rounds,
    );
    results.push({
      name,
      bytes: xml.length,
      ours: measured.ours,
      nodeSaml: measured.nodeSaml,
      lasso: measured.lasso,
      ratio: measured.ours.min / measured.nodeSaml.min,
      budget,
    });
  }
  lasso?.stop();
  const fifth = await fiveCertificates(five, { certificates }, encode(plain(0)), rounds);
  const rows = results.map(({ name, bytes, ours, nodeSaml: theirs, lasso: peer, ratio, budget }) => [
    name,
    `${(bytes / 1024).toFixed(1)} KB`,
    ours.min,
    ours.median,
    theirs.min,
    theirs.median,
    peer?.min ?? '',
    ratio,
    budget ?? '',
  ]);
  console.log('\nVerify and check one Response, CPU ms');
  console.log(
    table(
      ['message', 'size', 'ours min', 'median', 'node-saml min', 'median', 'lasso min', 'ratio', 'budget'],
      rows,
    ),
  );
  console.log(`five certificates, the last matches: ${fifth.toFixed(2)} x one (budget 1.3)`);
  return { messages: results, fiveCertificates: fifth };
}

/** How much dearer it is to find the right one of five than to have only that one; interleaved with each other. */
async function fiveCertificates(five, one, field, rounds) {
  const [ofFive, ofOne] = [gate(five), gate(one)];
  const times = 100;
  const measured = await interleaved(
    { five: { run: () => ofFive(field), times }, one: { run: () => ofOne(field), times } },
    rounds * 2,
  );
  return measured.five.min / measured.one.min;
}
