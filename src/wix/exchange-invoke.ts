// `via: invoke`: the same two functions through Wix' own API (`@wix/http-functions` with an API key), for sites whose
// `/_functions` cannot be reached directly. The only file that imports @wix packages, each when it is first used.
// The key goes to www.wixapis.com and nowhere else: `fetchWithAuth` would send it to any address, so it is never used.

import { SsoError } from '../core/errors';
import { limits } from '../core/limits';
import type { Secret } from '../core/secret';
import type { SiteFunctions } from './exchange';
import type { SiteAnswer } from './session-token';

export interface InvokeOptions {
  /** Made by the account's owner or a co-owner. */
  readonly apiKey: Secret;
  /** The site's id in the dashboard's address. */
  readonly siteId: string;
  readonly timeoutMs?: number;
  /** Stands in for the global `fetch`. */
  readonly fetch?: typeof fetch;
}

type Invoke = (name: string, options: { body: string }) => Promise<Response>;

const WIX_API_ORIGIN = 'https://www.wixapis.com';

export function openInvokeFunctions(options: InvokeOptions): SiteFunctions {
  const timeoutMs = options.timeoutMs ?? limits.wixTimeoutMs;
  let opening: Promise<Invoke> | undefined;
  return {
    async post(name, body) {
      const invoke = await (opening ??= openClient(options, timeoutMs));
      try {
        // The SDK adds the content type itself; a second one would be sent along with it.
        return await readBounded(await invoke(name, { body }));
      } catch (error) {
        throw refusalOf(error);
      }
    },
    close: () => Promise.resolve(),
  };
}

async function openClient(options: InvokeOptions, timeoutMs: number): Promise<Invoke> {
  const [{ createClient }, { ApiKeyStrategy }, { functions }] = await Promise.all([
    import('@wix/sdk/client'),
    import('@wix/sdk/auth/api-key'),
    import('@wix/http-functions'),
  ]);
  const client = createClient({
    modules: { functions },
    auth: ApiKeyStrategy({ apiKey: options.apiKey.reveal(), siteId: options.siteId }),
    fetch: guarded(options.fetch ?? fetch, timeoutMs),
  });
  return client.functions.post;
}

/** Adds what the SDK does not: a time limit, and that neither key nor assertion follow a redirect or leave for elsewhere. */
function guarded(fetchOnce: typeof fetch, timeoutMs: number): typeof fetch {
  return (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== WIX_API_ORIGIN) throw new TypeError('The Wix SDK wanted to call another host.');
    return fetchOnce(input, { ...init, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
  };
}

async function readBounded(response: Response): Promise<SiteAnswer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = response.body?.getReader();
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    bytes += part.value.byteLength;
    if (bytes > limits.wixAnswerBytes) {
      await reader?.cancel();
      throw new SsoError('WIX_ANSWER_INVALID', { problem: 'answer too large' });
    }
    chunks.push(part.value);
  }
  const retryAfter = response.headers.get('retry-after');
  const body = Buffer.concat(chunks).toString('utf8');
  return { status: response.status, body, ...(retryAfter === null ? {} : { retryAfter }) };
}

function refusalOf(error: unknown): unknown {
  if (error instanceof SsoError) return error;
  const name = textOf(error, 'name');
  if (name === 'TimeoutError' || name === 'AbortError') return new SsoError('WIX_TIMEOUT', {}, error);
  // The system's code (ECONNREFUSED, …) when there is one; messages may quote what was sent.
  const cause = typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined;
  return new SsoError('WIX_UNAVAILABLE', { problem: textOf(cause, 'code') ?? name }, error);
}

function textOf(value: unknown, name: 'name' | 'code'): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const text: unknown = Reflect.get(value, name);
  return typeof text === 'string' ? text : undefined;
}
