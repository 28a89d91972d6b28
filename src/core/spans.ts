// Where time goes, for whoever watches traces: pieces of work with a name. What they are made of is decided where the parts
// are put together; without an SDK for traces a piece of work is only done.

/** Pieces of work; the name of a step begins with that of the request it belongs to. */
export type SpanName =
  | 'GET /saml/login'
  | 'POST /saml/login'
  | 'POST /saml/acs'
  | 'acs.decode'
  | 'acs.verify'
  | 'acs.policy'
  | 'acs.store'
  | 'POST /session-token'
  | 'redeem.take'
  | 'redeem.wix'
  | 'metadata.refresh';

/** Nothing personal: names of the configuration, our own ids and codes. */
export interface SpanFields {
  readonly reference?: string | undefined;
  readonly signIn?: string | undefined;
  readonly connection?: string | undefined;
  readonly site?: string | undefined;
  /** Of the error table, when it was refused. */
  readonly code?: string | undefined;
  readonly status?: number | undefined;
}

/** Says something about the piece of work that goes on. */
export type NoteSpan = (fields: SpanFields) => void;

/** Does a piece of work, which may be a promise; what it throws goes on to whoever asked for it. */
export type Spans = <T>(name: SpanName, work: (note: NoteSpan) => T) => T;

const noteNothing: NoteSpan = () => undefined;

export const noSpans: Spans = (_name, work) => work(noteNothing);
