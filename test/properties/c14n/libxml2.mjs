// The judge: reads cases as JSON lines, answers with libxml2's canonical form of each, or null where libxml2 refuses.
// A process of its own because libxml2-wasm is an ES module and Jest runs CommonJS.

import { XmlC14NMode, XmlDocument } from 'libxml2-wasm';
import { linesOf } from './lines.cjs';

/** @typedef {{ xml: string, element: number, exclusive: boolean, prefixes: string[] }} Case */

/** @param {Case} wanted */
function canonical({ xml, element, exclusive, prefixes }) {
  let document;
  try {
    document = XmlDocument.fromString(xml);
    const node = document.find('//*')[element];
    return node.canonicalizeToString({
      mode: exclusive ? XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 : XmlC14NMode.XML_C14N_1_0,
      withComments: false,
      ...(exclusive && prefixes.length > 0
        ? { inclusiveNamespacePrefixes: prefixes.map((prefix) => prefix || '#default') }
        : {}),
    });
  } catch (error) {
    return { refused: String(error) };
  } finally {
    document?.dispose();
  }
}

for await (const line of linesOf(process.stdin)) {
  process.stdout.write(`${JSON.stringify(canonical(JSON.parse(line)))}\n`);
}
