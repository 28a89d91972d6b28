// A signed metadata document in pieces → the canonical text that a configured key signed, in pieces (IIP-MD03; Metadata §3).
// Nothing of the document is kept but its Signature and the elements that are open. The signature value is verified as soon
// as the Signature has been read, which is before anything is digested; whether the digest is right, only the end can say.
// So whoever takes the text must not believe a piece of it before `end` has returned.

import { createHash, type Hash } from 'node:crypto';
import { SsoError } from '../../core/errors';
import { limits } from '../../core/limits';
import type { VerificationKey } from '../identity-provider';
import { ns } from '../names';
import { readSignature, type SignedInfo } from '../signature/read-signature';
import { isDigest, verifySignedInfo } from '../signature/verify-signature';
import { canonicalPieces, type CanonicalPieces } from '../xml/canonicalize';
import { attributeOf, isElement, type XmlElement } from '../xml/element';
import { walkXml, type Walk } from '../xml/parse';
import { elementOf, type OpenElement, type StartTag } from '../xml/start-tag';
import { MetadataError } from './metadata-error';
import { tooLarge } from './pick-entity';

/** A Signature has fewer than twenty elements, and a chain of certificates. */
const signatureElements = 100;
const signatureChars = 256 * 1024;
/** Short texts are digested together. */
const pieceChars = 64 * 1024;

interface Verified {
  readonly info: SignedInfo;
  /** Said again by the signed bytes; the first reading has been compared already. */
  readonly isOfRoot: boolean;
  readonly hash: Hash;
  readonly pieces: CanonicalPieces;
}

/** One per document. */
export class SignedDocument implements Walk {
  private readonly walk = walkXml({
    start: (tag, end) => this.start(tag, end),
    close: (end) => this.close(end),
    text: (text) => this.text(text),
  });
  private depth = 0;
  private root: OpenElement | undefined;
  /** Text between the start of the root element and its Signature. */
  private before = '';
  /** Of the Signature, while it is read. */
  private readonly open: OpenElement[] = [];
  private elements = 0;
  private chars = 0;
  private verified: Verified | undefined;
  private pending = '';
  private written = 0;
  private lastTagEnd = 0;

  /** @param pass is given the canonical text, without the Signature */
  constructor(
    private readonly signers: readonly VerificationKey[],
    private readonly pass: (canonical: string) => void,
  ) {}

  /** @throws SsoError for what is not plain XML, MetadataError, and what `pass` throws */
  write(piece: string): void {
    this.written += piece.length;
    this.walk.write(piece);
    if (this.written - this.lastTagEnd > limits.metadataBytes) throw tooLarge();
    this.flush();
  }

  /** @throws SsoError, MetadataError unless the whole document is what was signed */
  end(): void {
    this.walk.end();
    this.flush();
    if (this.verified === undefined) throw unsigned();
    const { hash, info, isOfRoot } = this.verified;
    if (isOfRoot && isDigest(hash.digest(), info)) return;
    throw new MetadataError(
      'The metadata was changed after it was signed.',
      'Fetch it again from its publisher. It must reach this service as it was written, byte for byte.',
    );
  }

  private start(tag: StartTag, end: number): void {
    this.lastTagEnd = end;
    this.depth += 1;
    const element = elementOf(tag);
    if (this.root === undefined) this.root = element;
    else if (this.verified === undefined) this.startInSignature(element, this.root);
    else {
      if (this.depth === 2 && isSignature(element)) throw unusable('more than one Signature');
      this.put(this.verified.pieces.start(element));
    }
  }

  /** The schema puts the Signature before everything else. */
  private startInSignature(element: OpenElement, root: OpenElement): void {
    const parent = this.open.at(-1);
    if (parent === undefined && !isSignature(element)) throw unsigned();
    parent?.children.push(element);
    element.parent = parent ?? root;
    this.open.push(element);
    if (++this.elements > signatureElements) throw unusable('too many elements');
  }

  private text(text: string): void {
    if (this.verified !== undefined) {
      if (this.depth > 0) this.put(this.verified.pieces.text(text));
      return;
    }
    if (this.depth === 0) return;
    this.chars += text.length;
    if (this.chars > signatureChars) throw unusable('too much text');
    const inside = this.open.at(-1);
    if (inside === undefined) this.before += text;
    else inside.children.push(text);
  }

  private close(end: number): void {
    this.lastTagEnd = end;
    this.depth -= 1;
    if (this.verified !== undefined) {
      this.put(this.verified.pieces.end());
      return;
    }
    const closed = this.open.pop();
    // A root without content ends here as well, and the document with it.
    if (closed?.parent === undefined || this.open.length > 0) return;
    this.verified = this.verify(closed, closed.parent);
  }

  private verify(signature: XmlElement, root: XmlElement): Verified {
    const { info } = verifiedInfo(signature, root, this.signers);
    const pieces = canonicalPieces(root, info.transform);
    this.put(pieces.start(root));
    this.put(pieces.text(this.before));
    const isOfRoot = info.id === attributeOf(root, 'ID');
    return { info, isOfRoot, pieces, hash: createHash(info.digestHash) };
  }

  private put(text: string): void {
    this.pending += text;
    if (this.pending.length > pieceChars) this.flush();
  }

  private flush(): void {
    if (this.verified === undefined || this.pending === '') return;
    const text = this.pending;
    this.pending = '';
    this.verified.hash.update(text, 'utf8');
    this.pass(text);
  }
}

const isSignature = (element: XmlElement): boolean => isElement(element, ns.ds, 'Signature');

function verifiedInfo(
  signature: XmlElement,
  root: XmlElement,
  signers: readonly VerificationKey[],
): ReturnType<typeof verifySignedInfo> {
  try {
    return verifySignedInfo(readSignature(signature, root, false), { keys: signers, allowSha1: false });
  } catch (cause) {
    if (!(cause instanceof SsoError)) throw cause;
    if (cause.code !== 'SAML_SIGNATURE_INVALID') throw unusable(String(cause.detail.received), cause);
    const thumbprints = signers.map(({ thumbprint }) => thumbprint).join(', ');
    throw new MetadataError(
      `The metadata is not signed by the certificate of idpMetadataSigner (SHA-256 ${thumbprints}).`,
      'Ask the publisher, by another way than this address, which certificate signs its metadata now.',
      cause,
    );
  }
}

const unsigned = (): MetadataError =>
  new MetadataError(
    'The metadata is not signed as a whole.',
    'idpMetadataSigner demands a Signature as the first element inside the root. Take the address where the publisher offers signed metadata.',
  );

const unusable = (what: string, cause?: SsoError): MetadataError =>
  new MetadataError(
    `The signature of the metadata is not usable: ${what.slice(0, 200)}.`,
    'It has to be by RSA or ECDSA with SHA-256 or better, over the whole document.',
    cause,
  );
