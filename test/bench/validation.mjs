// One Response, verified and checked: this project's gate beside other implementations, the same bytes in one run.

import { createRequire } from 'node:module';
import { interleaved, progress, table } from './measure.mjs';
import { assertionXml, encrypted, makeSigner, names, responseXml, signed } from './messages.mjs';
import { installedPeers } from './peers/install.mjs';
import { javascriptPeers } from './peers/javascript.mjs';
import { startLasso } from './peers/lasso.mjs';
import { startPythonSaml } from './peers/python-saml.mjs';
import { startXmlsec } from './peers/xmlsec.mjs';

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

const encode = (xml) => Buffer.from(xml).toString('base64');

const sizes = [
  // Runs per round of ours; peers in this process get a tenth, and large messages fewer rounds.
  { size: 'small', groups: 0, times: 100, rounds: 1 },
  { size: '150 groups', groups: 150, times: 30, rounds: 1 },
  { size: '1500 groups', groups: 1500, times: 4, rounds: 0.3 },
];
const layouts = ['assertion signed', 'both signed', 'encrypted'];
/** Ours at most, in shares of node-saml. */
const budgets = { small: 0.06, '150 groups': 0.08, '1500 groups': 0.12 };
const budgetOf = (layout, size) => (layout === 'encrypted' ? 0.12 : budgets[size]);

export async function validation({ rounds }) {
  const signer = makeSigner();
  const decryptionKey = makeSigner();
  const elsewhere = {
    'python3-saml': startPythonSaml(),
    lasso: startLasso(decryptionKey),
    xmlsec1: startXmlsec(),
  };
  const from = { own: require, peers: installedPeers() };
  const results = [];
  for (const layout of layouts)
    for (const { size, groups, times, rounds: share } of sizes) {
      const setting = {
        certificate: signer.certificate,
        decryptionKey: layout === 'encrypted' ? decryptionKey : undefined,
        responseSigned: layout === 'both signed',
      };
      const xml = messageOf(layout, groups, { signer, decryptionKey });
      const field = encode(xml);
      progress(`validation: ${layout}, ${size}`);
      const measured = await interleaved(
        await candidatesFor({ setting, field, times, from, elsewhere }),
        Math.max(3, Math.round(rounds * share)),
      );
      const ratio = measured.ours.min / measured['node-saml'].min;
      results.push({ layout, size, bytes: xml.length, measured, ratio, budget: budgetOf(layout, size) });
    }
  for (const worker of Object.values(elsewhere)) worker?.stop();
  report(results);
  const others = Array.from({ length: 4 }, () => makeSigner().certificate);
  const plain = encode(messageOf('assertion signed', 0, { signer, decryptionKey }));
  const fifth = await fiveCertificates(
    { certificates: [...others, signer.certificate] },
    { certificates: [signer.certificate] },
    { field: plain, rounds },
  );
  console.log(`five certificates, the last matches: ${fifth.toFixed(2)} x one (budget 1.3)`);
  return { messages: results, fiveCertificates: fifth };
}

function messageOf(layout, groups, { signer, decryptionKey }) {
  const assertion = signed(assertionXml({ groups }), 'Assertion', signer);
  if (layout === 'encrypted') return responseXml(encrypted(assertion, decryptionKey.publicKey));
  const response = responseXml(assertion);
  return layout === 'both signed' ? signed(response, 'Response', signer) : response;
}

/** Everyone who accepts the message and names the right person; who does not is not measured, and named. */
async function candidatesFor({ setting, field, times, from, elsewhere }) {
  const { certificate, decryptionKey } = setting;
  const ours = gate({
    certificates: [certificate],
    decryptionKeys: decryptionKey === undefined ? [] : [decryptionKey.privateKey],
  });
  if (ours(field) !== names.email) throw new Error('refused');
  const candidates = { ours: { run: () => ours(field), times } };
  for (const [name, { own, make }] of Object.entries(javascriptPeers)) {
    const validate = make(own ? from.own : from.peers, setting);
    if ((await validate(field)) !== names.email) throw new Error(`${name}: another name`);
    candidates[name] = { run: () => validate(field), times: Math.max(2, Math.round(times / 20)) };
  }
  for (const [name, worker] of Object.entries(elsewhere)) {
    if (worker === undefined || (name === 'xmlsec1' && decryptionKey !== undefined)) continue;
    const each = name === 'xmlsec1' ? 3 : Math.max(2, Math.round(times / 4));
    candidates[name] = { elsewhere: () => worker.measure(setting, field, each) };
  }
  return candidates;
}

function report(results) {
  const everyone = ['ours', ...Object.keys(javascriptPeers), 'python3-saml', 'lasso', 'xmlsec1'];
  for (const layout of layouts) {
    const own = results.filter((result) => result.layout === layout);
    const head = own.flatMap(({ size, bytes }) => [
      `${size}, ${(bytes / 1024).toFixed(0)} KB`,
      '× node-saml',
    ]);
    const rows = everyone
      .filter((name) => own.some(({ measured }) => measured[name] !== undefined))
      .map((name) => [
        name,
        ...own.flatMap(({ measured }) => [
          measured[name]?.min ?? '',
          measured[name] === undefined ? '' : measured[name].min / measured['node-saml'].min,
        ]),
      ]);
    console.log(`\nVerify and check one Response, ${layout}: CPU ms, least of the rounds`);
    console.log(table(['implementation', ...head], rows));
  }
  for (const { layout, size, ratio, budget } of results)
    console.log(`${layout}, ${size}: ${ratio.toFixed(3)} × node-saml (budget ${budget})`);
}

/** How much dearer it is to find the right one of five than to have only that one; interleaved with each other. */
async function fiveCertificates(five, one, { field, rounds }) {
  const [ofFive, ofOne] = [gate(five), gate(one)];
  const times = 100;
  const measured = await interleaved(
    { five: { run: () => ofFive(field), times }, one: { run: () => ofOne(field), times } },
    rounds * 2,
  );
  return measured.five.min / measured.one.min;
}
