// Pieces of work as spans of OpenTelemetry; the one door to its API, which is loaded only where an SDK is there already.
//
// Nothing comes in: a `traceparent` that a stranger sends starts no trace and decides no sampling; what the host application
// has begun by its own rules is the parent. Nothing goes out: while Wix or an IdP's address is asked, tracing is suppressed,
// so that no instrumentation of the SDK sends our ids along.

import type * as OpenTelemetry from '@opentelemetry/api';
import { SsoError } from '../core/errors';
import { noSpans, type NoteSpan, type SpanFields, type SpanName, type Spans } from '../core/spans';

type Api = typeof OpenTelemetry;

/** Where every copy of the API looks for the SDK of the process (the API's own rule for several copies of it). */
const REGISTERED = Symbol.for('opentelemetry.js.api.1');
/** By this key the SDK and its instrumentations know that they shall be silent. */
const SUPPRESS = 'OpenTelemetry SDK Context Key SUPPRESS_TRACING';

/** Leave this process; nothing of a trace goes with them. */
const outward: ReadonlySet<SpanName> = new Set(['redeem.wix', 'metadata.refresh']);

const attributes: Readonly<Record<keyof SpanFields, string>> = {
  reference: 'wix_saml.reference',
  signIn: 'wix_saml.sign_in',
  connection: 'wix_saml.connection',
  site: 'wix_saml.site',
  code: 'wix_saml.code',
  status: 'http.response.status_code',
};

/** Those of an SDK that was registered before; work is only done where there is none. @param version of this package */
export function openSpans(version: string): Spans {
  if (Reflect.get(globalThis, REGISTERED) === undefined) return noSpans;
  let spans = noSpans;
  // The first moments of a service are not worth waiting for.
  void import('@opentelemetry/api').then((api) => (spans = spansBy(api, version)));
  return (name, work) => spans(name, work);
}

/** @param api by which a test listens */
export function spansBy(api: Api, version: string): Spans {
  const { trace, context, createContextKey, SpanKind } = api;
  const tracer = trace.getTracer('wix-saml', version);
  const suppress = createContextKey(SUPPRESS);
  return (name, work) => {
    const isRequest = name.includes(' ');
    const options = {
      kind: isRequest ? SpanKind.SERVER : outward.has(name) ? SpanKind.CLIENT : SpanKind.INTERNAL,
    };
    return tracer.startActiveSpan(`wix-saml ${name}`, options, (span) => {
      if (!span.isRecording()) {
        span.end();
        return work(() => undefined);
      }
      const inside = outward.has(name) ? context.active().setValue(suppress, true) : context.active();
      return context.with(inside, () => followed(api, span, work));
    });
  };
}

function followed<T>(api: Api, span: OpenTelemetry.Span, work: (note: NoteSpan) => T): T {
  const note: NoteSpan = (fields) => {
    for (const [name, value] of Object.entries(fields) as [keyof SpanFields, string | number | undefined][])
      if (value !== undefined) span.setAttribute(attributes[name], value);
    if (fields.code !== undefined) span.setStatus({ code: api.SpanStatusCode.ERROR });
  };
  /** By its code alone: a message may quote what a stranger wrote. */
  const failed = (error: unknown): void => {
    note({ code: error instanceof SsoError ? error.code : 'INTERNAL_ERROR' });
    span.end();
  };
  try {
    const result = work(note);
    if (result instanceof Promise) result.then(() => span.end(), failed);
    else span.end();
    return result;
  } catch (error) {
    failed(error);
    throw error;
  }
}
