// A metadata document in pieces → the text of the one entity that is wanted, inside what binds it from above: namespaces,
// `validUntil` and `cacheDuration`. Federations publish aggregates of many megabytes; only what may be wanted is kept.

import { limits } from '../../core/limits';
import { walkXml } from '../xml/parse';
import type { StartTag } from '../xml/start-tag';
import { MetadataError } from './metadata-error';
import { md } from './names';

/** One of the two elements that metadata begins with. */
const isRoot = ({ uri, local }: Pick<StartTag, 'uri' | 'local'>): boolean =>
  uri === md && (local === 'EntityDescriptor' || local === 'EntitiesDescriptor');

/** The document begins with something else. */
export class NotMetadataError extends MetadataError {
  constructor({ uri, local }: Pick<StartTag, 'uri' | 'local'>) {
    const named = local === 'EntityDescriptor' || local === 'EntitiesDescriptor';
    const where = uri === '' ? 'no namespace' : `the namespace ${uri.slice(0, 200)}`;
    super(
      named
        ? `The ${local} is in ${where}, so it is not SAML metadata.`
        : `The document is a ${local}, not SAML metadata.`,
      named
        ? `Its start tag needs xmlns="${md}".`
        : 'Metadata starts with EntityDescriptor or EntitiesDescriptor.',
    );
  }
}

/** What is larger than an IdP's metadata can be. */
export const tooLarge = (most: number = limits.metadataBytes): MetadataError =>
  new MetadataError(
    `The metadata is larger than ${most / 1024 / 1024} MB.`,
    'Download the metadata of this one IdP instead of a whole federation.',
  );

interface Seen {
  readonly entityId: string;
  /** Where its start tag begins. */
  readonly from: number;
  readonly depth: number;
  /** Not known before its end, when any IdP is wanted. */
  isIdp: boolean;
  readonly mayBeWanted: boolean;
}

/** Names that an administrator is shown. */
const NAMES = 5;

/** One per document. */
export class EntityPicker {
  private readonly walk = walkXml({
    start: (tag, end) => this.start(tag, end),
    close: (end) => this.close(end),
  });
  /** Text that may still be wanted, and where in the document it begins. */
  private held = '';
  private heldFrom = 0;
  private depth = 0;
  /** The EntitiesDescriptors around the place: their start tags as written, which bind the entities in them. */
  private readonly around: { readonly startTag: string; readonly name: string }[] = [];
  private entity: Seen | undefined;
  private picked = '';
  private fitting = 0;
  private readonly fittingNames: string[] = [];
  private all = 0;
  private readonly allNames: string[] = [];
  private hasServiceProvider = false;
  /** True once the root element is known to be metadata. */
  hasBegun = false;

  /** @param wanted entityID; undefined: the only IdP there is */
  constructor(private readonly wanted: string | undefined) {}

  /** @throws SsoError for what is not plain XML, NotMetadataError, MetadataError */
  write(piece: string): void {
    this.held += piece;
    this.walk.write(piece);
    // Outside of an entity only a tag that has begun may be needed.
    const needed =
      this.entity?.mayBeWanted === true ? this.entity.from : this.heldFrom + this.held.lastIndexOf('<');
    this.forget(needed);
    if (this.held.length > limits.metadataBytes) throw tooLarge();
  }

  /** The text of the wanted entity. @throws SsoError, MetadataError */
  end(): string {
    this.walk.end();
    if (this.fitting === 0) throw this.nothingFits();
    if (this.fitting > 1) throw this.severalFit();
    return this.picked;
  }

  private forget(before: number): void {
    if (before <= this.heldFrom) return;
    this.held = this.held.slice(before - this.heldFrom);
    this.heldFrom = before;
  }

  private start(tag: StartTag, end: number): void {
    this.depth += 1;
    if (this.depth === 1 && !isRoot(tag)) throw new NotMetadataError(tag);
    this.hasBegun = true;
    if (this.entity !== undefined) {
      this.insideEntity(this.entity, tag);
      return;
    }
    // Anything else, such as Extensions, holds no entities.
    if (!isRoot(tag) || this.depth !== this.around.length + 1) return;
    // No "<" stands inside a tag.
    const from = this.heldFrom + this.held.lastIndexOf('<', end - 1 - this.heldFrom);
    if (tag.local === 'EntityDescriptor') this.startEntity(tag, from);
    else this.around.push({ startTag: this.textOf(from, end), name: tag.name });
  }

  private textOf(from: number, end: number): string {
    return this.held.slice(from - this.heldFrom, end - this.heldFrom);
  }

  private insideEntity(entity: Seen, { uri, local }: StartTag): void {
    if (uri !== md || this.depth !== entity.depth + 1) return;
    if (local === 'IDPSSODescriptor') entity.isIdp = true;
    if (local === 'SPSSODescriptor') this.hasServiceProvider = true;
  }

  private startEntity({ attributes }: StartTag, from: number): void {
    const entityId = attributes['entityID']?.value ?? '';
    const mayBeWanted = this.wanted === undefined ? this.fitting === 0 : entityId === this.wanted;
    this.entity = { entityId, from, depth: this.depth, isIdp: false, mayBeWanted };
    this.all += 1;
    if (this.allNames.length < NAMES) this.allNames.push(entityId);
  }

  private close(end: number): void {
    const { entity } = this;
    if (entity?.depth === this.depth) this.endEntity(entity, end);
    else if (entity === undefined && this.depth === this.around.length) this.around.pop();
    this.depth -= 1;
  }

  private endEntity(entity: Seen, end: number): void {
    this.entity = undefined;
    const fits = this.wanted === undefined ? entity.isIdp : entity.entityId === this.wanted;
    if (!fits) return;
    this.fitting += 1;
    if (this.fittingNames.length < NAMES) this.fittingNames.push(entity.entityId);
    if (!entity.mayBeWanted) return;
    if (end - entity.from > limits.metadataBytes) throw tooLarge();
    const before = this.around.map(({ startTag }) => startTag);
    const after = this.around.map(({ name }) => `</${name}>`).reverse();
    this.picked = [...before, this.textOf(entity.from, end), ...after].join('');
  }

  private nothingFits(): MetadataError {
    return this.wanted === undefined
      ? new MetadataError('There is no IDPSSODescriptor in it.', notAnIdp(this.hasServiceProvider))
      : new MetadataError(
          `There is no entity ${this.wanted} in it.`,
          `It holds ${listed(this.allNames, this.all)}.`,
        );
  }

  private severalFit(): MetadataError {
    return this.wanted === undefined
      ? new MetadataError(
          `There are ${this.fitting} IdPs in it.`,
          `Set idpEntityId to one of ${listed(this.fittingNames, this.fitting)}.`,
        )
      : new MetadataError(
          `The entity ${this.wanted} is in it ${this.fitting} times.`,
          'Which one is right? Keep it alone.',
        );
  }
}

export function notAnIdp(isServiceProvider: boolean): string {
  return isServiceProvider
    ? 'It describes a service provider. Download the metadata of the identity provider.'
    : 'Download the SAML metadata of the identity provider.';
}

function listed(names: readonly string[], count: number): string {
  return `${names.join(', ')}${count > names.length ? ` and ${count - names.length} more` : ''}`;
}
