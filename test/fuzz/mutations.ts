/**
 * Structure-aware damage. Each mutation takes a document and does to it what an attacker would try: hide, double, move,
 * rename, relabel, splice, encrypt. They are combined at random, so a bypass that takes three steps is in reach.
 */
import { ATTACKER, VICTIM, type Corpus } from './corpus';
import type { Dice } from './random';
import {
  byLocalName,
  clone,
  detached,
  isNode,
  localName,
  places,
  write,
  type Node,
  type Place,
} from './tree';

interface Workpiece {
  root: Node;
  readonly corpus: Corpus;
  readonly dice: Dice;
}

type Mutation = (piece: Workpiece) => void;

const anyPlace = ({ root, dice }: Workpiece): Place => dice.pick(places(root));

/** Somewhere directly inside `parent`. */
function insert(parent: Node, child: Node | { raw: string }, dice: Dice): void {
  parent.children.splice(dice.below(parent.children.length + 1), 0, child);
}

function replace({ node, parent }: Place, other: Node): void {
  if (parent === undefined) return;
  parent.children[parent.children.indexOf(node)] = other;
}

function remove({ node, parent }: Place): void {
  parent?.children.splice(parent.children.indexOf(node), 1);
}

/** The subtree with the victim's name, without its Signature, maybe with an ID of its own. */
function evil(node: Node, dice: Dice): Node {
  const copy = clone(node);
  if (dice.below(4) > 0)
    copy.children = copy.children.filter((child) => !isNode(child) || localName(child) !== 'Signature');
  for (const { node: at } of places(copy)) {
    for (const child of at.children) if (!isNode(child)) child.raw = child.raw.replaceAll(ATTACKER, VICTIM);
    if (dice.below(3) > 0)
      at.attributes = at.attributes.map(([name, value]) => [name, name === 'ID' ? `${value}e` : value]);
  }
  return copy;
}

const trustBearers = [
  'Assertion',
  'Response',
  'Signature',
  'EncryptedAssertion',
  'NameID',
  'Subject',
  'SignedInfo',
  'Reference',
];
const hidingPlaces = [
  'Extensions',
  'Advice',
  'Object',
  'StatusDetail',
  'KeyInfo',
  'SubjectConfirmationData',
  'AttributeValue',
];

function trustBearer({ root, dice }: Workpiece): Place {
  const found = byLocalName(root, dice.pick(trustBearers));
  return found.length > 0 ? dice.pick(found) : dice.pick(places(root));
}

const wrapping: Mutation[] = [
  // An evil twin beside, inside, around, or in place of the signed one.
  (piece) => {
    const { node, parent } = trustBearer(piece);
    insert(parent ?? piece.root, evil(node, piece.dice), piece.dice);
  },
  (piece) =>
    insert(anyPlace(piece).node, evil(detached(piece.root, trustBearer(piece).node), piece.dice), piece.dice),
  (piece) => {
    const place = trustBearer(piece);
    const twin = evil(place.node, piece.dice);
    insert(piece.dice.pick(places(twin)).node, clone(place.node), piece.dice);
    if (place.parent === undefined) piece.root = twin;
    else replace(place, twin);
  },
  (piece) => {
    const place = trustBearer(piece);
    const holder: Node = {
      name: piece.dice.pick([...hidingPlaces, 'samlp:Extensions', 'ds:Object', 'saml:Advice']),
      attributes: [],
      children: [detached(piece.root, place.node)],
    };
    const twin = evil(place.node, piece.dice);
    if (piece.dice.oneIn(2)) insert(twin, holder, piece.dice);
    else insert(piece.root, holder, piece.dice);
    replace(place, twin);
  },
];

const moving: Mutation[] = [
  (piece) => insert(anyPlace(piece).node, clone(anyPlace(piece).node), piece.dice),
  (piece) => {
    const place = anyPlace(piece);
    const copy = detached(piece.root, place.node);
    remove(place);
    insert(anyPlace(piece).node, copy, piece.dice);
  },
  (piece) => remove(anyPlace(piece)),
  (piece) => remove(trustBearer(piece)),
  (piece) => {
    const { node, parent } = anyPlace(piece);
    if (parent !== undefined) parent.children.splice(parent.children.indexOf(node), 1, ...node.children);
  },
  // A piece of another message in the place of ours.
  (piece) => {
    const place = anyPlace(piece);
    const other = piece.dice.pick(piece.corpus.seeds).tree;
    const same = byLocalName(other, localName(place.node));
    if (same.length > 0) replace(place, detached(other, piece.dice.pick(same).node));
  },
  (piece) => {
    const other = piece.dice.pick(piece.corpus.seeds).tree;
    insert(anyPlace(piece).node, detached(other, piece.dice.pick(places(other)).node), piece.dice);
  },
  // Sheer size, up to the limit and beyond.
  (piece) => {
    if (piece.dice.below(5) > 0) return;
    const { node, parent } = anyPlace(piece);
    const text = piece.dice.pick([write(node), '<a/>', '<a>', '<!---->', '&#65;', '<a b="c"/>', 'x']);
    const bytes = piece.dice.pick([20_000, 100_000, 290_000, 400_000]);
    parent?.children.push({ raw: text.repeat(Math.max(1, Math.floor(bytes / text.length))) });
  },
];

const names = [
  'Response',
  'Assertion',
  'samlp:Response',
  'saml:Assertion',
  'saml:assertion',
  'ds:Signature',
  'x:Assertion',
  'saml:NameID',
  'saml:EncryptedAssertion',
  'a',
];
const namespaces = [
  'urn:oasis:names:tc:SAML:2.0:assertion',
  'urn:oasis:names:tc:SAML:2.0:protocol',
  'http://www.w3.org/2000/09/xmldsig#',
  'urn:oasis:names:tc:SAML:1.1:protocol',
  'urn:x',
  '',
];
const idNames = ['ID', 'Id', 'id', 'xml:id', 'AssertionID'];
const algorithms = [
  'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
  'http://www.w3.org/2001/10/xml-exc-c14n#',
  'http://www.w3.org/2001/10/xml-exc-c14n#WithComments',
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
  'http://www.w3.org/TR/1999/REC-xpath-19991116',
  'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
  'http://www.w3.org/2000/09/xmldsig#hmac-sha1',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256',
  'http://www.w3.org/2001/04/xmlenc#sha256',
  'http://www.w3.org/2001/04/xmlenc#aes128-cbc',
  'http://www.w3.org/2009/xmlenc11#aes128-gcm',
  'http://www.w3.org/2001/04/xmlenc#rsa-1_5',
  '__proto__',
  '',
];

const naming: Mutation[] = [
  (piece) => void (anyPlace(piece).node.name = piece.dice.pick(names)),
  (piece) => {
    const { node } = anyPlace(piece);
    node.name = piece.dice.pick([
      localName(node),
      `x:${localName(node)}`,
      node.name.toLowerCase(),
      `${node.name}x`,
    ]);
  },
  (piece) => {
    const { node } = anyPlace(piece);
    const prefix = piece.dice.pick([
      'xmlns',
      'xmlns:saml',
      'xmlns:samlp',
      'xmlns:ds',
      'xmlns:x',
      'xmlns:xml',
      'xmlnsx',
    ]);
    node.attributes = [
      ...node.attributes.filter(([name]) => name !== prefix),
      [prefix, piece.dice.pick(namespaces)],
    ];
  },
  (piece) => {
    const { dice } = piece;
    const ids = places(piece.root).flatMap(({ node }) =>
      node.attributes.filter(([name]) => name === 'ID').map(([, value]) => value),
    );
    const value = ids.length > 0 ? dice.pick(ids) : 'a';
    const { node } = dice.oneIn(2) ? trustBearer(piece) : anyPlace(piece);
    const name = dice.pick(idNames);
    node.attributes = [
      ...node.attributes.filter(([other]) => other !== name),
      [name, dice.pick([value, `${value} `, '', '_evil'])],
    ];
  },
  (piece) => {
    const { node } = anyPlace(piece);
    if (node.attributes.length > 0) node.attributes.splice(piece.dice.below(node.attributes.length), 1);
  },
  (piece) => {
    const { node } = anyPlace(piece);
    if (node.attributes.length > 0) node.attributes.push([...piece.dice.pick(node.attributes)]);
  },
  (piece) => {
    const carriers = places(piece.root).filter(({ node }) =>
      node.attributes.some(([name]) => name === 'Algorithm'),
    );
    if (carriers.length === 0) return;
    const { node } = piece.dice.pick(carriers);
    node.attributes = [['Algorithm', piece.dice.pick(algorithms)]];
  },
  (piece) => {
    const references = byLocalName(piece.root, 'Reference');
    if (references.length === 0) return;
    const { node } = piece.dice.pick(references);
    node.attributes = [
      [
        'URI',
        piece.dice.pick(['', '#', '#_evil', "#xpointer(id('a'))", 'http://127.0.0.1:1/', '#__proto__']),
      ],
    ];
  },
];

const oddValues = [
  '',
  ' ',
  '__proto__',
  'constructor',
  '2.0',
  '2026-02-30T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '0000-01-01T00:00:00Z',
  '-1',
  'NaN',
  '\u2028',
  '\u{1F600}',
  'x'.repeat(5000),
  VICTIM,
];

const splitters = [
  '<!---->',
  '<!-- x -->',
  '<?x y?>',
  '<![CDATA[]]>',
  '<b/>',
  '&#0;',
  '&#x2028;',
  '&x;',
  '\u0000',
  ']]>',
  ` ${VICTIM} `,
];

const content: Mutation[] = [
  (piece) => {
    const { node } = anyPlace(piece);
    if (node.attributes.length > 0) piece.dice.pick(node.attributes)[1] = piece.dice.pick(oddValues);
  },
  (piece) => {
    const leaves = places(piece.root).filter(({ node }) => !node.children.some(isNode));
    if (leaves.length > 0) piece.dice.pick(leaves).node.children = [{ raw: piece.dice.pick(oddValues) }];
  },
  (piece) => {
    const texts = places(piece.root).flatMap(({ node }) => node.children.filter((child) => !isNode(child)));
    if (texts.length === 0) return;
    const text = piece.dice.pick(texts);
    if (isNode(text)) return;
    const at = piece.dice.below(text.raw.length + 1);
    text.raw = text.raw.slice(0, at) + piece.dice.pick(splitters) + text.raw.slice(at);
  },
  (piece) => {
    for (const { node } of byLocalName(piece.root, 'NameID')) {
      node.children = [
        {
          raw: piece.dice.pick([VICTIM, `${VICTIM}<!---->.evil`, `<![CDATA[${VICTIM}]]>`, `${ATTACKER}<x/>`]),
        },
      ];
    }
  },
  (piece) => {
    const values = ['SignatureValue', 'DigestValue', 'CipherValue'].flatMap((local) =>
      byLocalName(piece.root, local),
    );
    if (values.length < 2) return;
    piece.dice.pick(values).node.children = clone(piece.dice.pick(values).node).children;
  },
  (piece) => {
    const [value] = ['CipherValue', 'SignatureValue', 'DigestValue'].flatMap((local) =>
      byLocalName(piece.root, local),
    );
    const text = value?.node.children[0];
    if (text === undefined || isNode(text)) return;
    const bytes = Buffer.from(text.raw, 'base64');
    const at = piece.dice.below(Math.max(1, bytes.length));
    bytes[at] = (bytes[at] ?? 0) ^ (1 << piece.dice.below(8));
    text.raw = bytes
      .subarray(0, bytes.length - (piece.dice.oneIn(4) ? piece.dice.below(20) : 0))
      .toString('base64');
  },
  (piece) => {
    for (const { node } of byLocalName(piece.root, 'X509Certificate')) {
      node.children = [{ raw: piece.corpus.attackerCertificate }];
    }
  },
  // Anybody can encrypt: the evil assertion, unsigned or with somebody else's signature inside.
  (piece) => {
    const assertions = byLocalName(piece.root, 'Assertion');
    if (assertions.length === 0) return;
    const place = piece.dice.pick(assertions);
    const plain = piece.dice.oneIn(3)
      ? detached(piece.root, place.node)
      : evil(detached(piece.root, place.node), piece.dice);
    const envelope: Node = {
      name: 'saml:EncryptedAssertion',
      attributes: [['xmlns:saml', 'urn:oasis:names:tc:SAML:2.0:assertion']],
      children: [{ raw: piece.corpus.encrypt(write(plain)) }],
    };
    if (piece.dice.below(3) > 0) replace(place, envelope);
    else insert(piece.root, envelope, piece.dice);
  },
];

const treeMutations: readonly (readonly Mutation[])[] = [wrapping, wrapping, moving, naming, content];

type TextMutation = (xml: string, dice: Dice) => string;

const textMutations: readonly TextMutation[] = [
  (xml, dice) =>
    dice.pick([
      '<!DOCTYPE a>',
      '<!DOCTYPE a [<!ENTITY x "alice@example.com">]>',
      '<?xml version="1.0" encoding="UTF-16"?>',
      '<?xml version="1.1"?>',
      '<?x?>',
      '<!-- -->',
      '\uFEFF\uFEFF',
    ]) + xml,
  (xml, dice) => xml + dice.pick(['<a/>', xml, '<!-- -->', 'text', '\u0000', ' ']),
  (xml, dice) => {
    const at = dice.below(xml.length);
    return (
      xml.slice(0, at) +
      dice.pick(['', '<', '>', '"', '&', '\u0000', '\u{1F600}', '\r', '/']) +
      xml.slice(at + dice.below(3))
    );
  },
  (xml, dice) => {
    const from = dice.below(xml.length);
    return xml.slice(0, from) + xml.slice(from + dice.below(200));
  },
  (xml, dice) => {
    const from = dice.below(xml.length);
    const part = xml.slice(from, from + dice.below(500));
    const at = dice.below(xml.length);
    return xml.slice(0, at) + part + xml.slice(at);
  },
  (xml) => xml.replaceAll(ATTACKER, VICTIM),
];

const encodings: readonly ((xml: string, dice: Dice) => string)[] = [
  (xml) => Buffer.from(xml, 'utf16le').toString('base64'),
  (xml) => Buffer.from(xml, 'latin1').toString('base64'),
  (xml) => Buffer.from(Buffer.from(xml).toString('base64')).toString('base64'),
  (xml) => Buffer.from(xml).toString('base64url'),
  (xml) =>
    Buffer.from(xml)
      .toString('base64')
      .replace(/(.{76})/g, '$1\r\n'),
  (xml, dice) => {
    const bytes = Buffer.from(xml);
    bytes[dice.below(bytes.length)] = dice.below(256);
    return bytes.toString('base64');
  },
  (xml) => xml,
];

/** A damaged document, before it is written. */
export function damage(corpus: Corpus, dice: Dice): { readonly seed: string; readonly root: Node } {
  const seed = dice.pick(corpus.seeds);
  const piece: Workpiece = { root: clone(seed.tree), corpus, dice };
  const steps = dice.oneIn(50) ? 0 : 1 + dice.below(3);
  for (let step = 0; step < steps; step++) dice.pick(dice.pick(treeMutations))(piece);
  return { seed: seed.name, root: piece.root };
}

/** One hostile form field, and where it came from. */
export function mutate(corpus: Corpus, dice: Dice): { readonly seed: string; readonly field: string } {
  const { seed, root } = damage(corpus, dice);
  let xml = write(root);
  if (dice.oneIn(8)) xml = dice.pick(textMutations)(xml, dice);
  const field = dice.oneIn(20) ? dice.pick(encodings)(xml, dice) : Buffer.from(xml).toString('base64');
  return { seed, field };
}
