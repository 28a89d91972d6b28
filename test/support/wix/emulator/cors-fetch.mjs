// fetch() as a page has it: other origins answer only what their CORS headers allow (Fetch Standard §3.2).

const { Headers } = globalThis;
const SAFE_HEADERS = [
  'cache-control',
  'content-language',
  'content-type',
  'expires',
  'last-modified',
  'pragma',
];
const SAFE_TYPES = /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)/;

export async function corsFetch(input, init = {}, origin) {
  const url = new URL(input);
  if (url.origin === origin) return fetch(url, init);
  const headers = Object.fromEntries(new Headers(init.headers));
  const method = (init.method ?? 'GET').toUpperCase();
  if (needsPreflight(method, headers)) await preflight(url, { origin, method, headers });
  const reply = await fetch(url, { ...init, headers: { ...headers, origin } });
  if (!allows(reply.headers.get('access-control-allow-origin'), origin)) {
    await reply.body?.cancel();
    throw new TypeError('Failed to fetch');
  }
  return {
    status: reply.status,
    ok: reply.ok,
    headers: readableHeaders(reply.headers),
    json: () => reply.json(),
    text: () => reply.text(),
  };
}

function needsPreflight(method, headers) {
  return (
    !['GET', 'HEAD', 'POST'].includes(method) || !SAFE_TYPES.test(headers['content-type'] ?? 'text/plain')
  );
}

async function preflight(url, { origin, method, headers }) {
  const reply = await fetch(url, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': Object.keys(headers).join(','),
    },
  });
  const list = (name) => (reply.headers.get(name) ?? '').toLowerCase().split(/\s*,\s*/);
  const granted =
    reply.ok &&
    allows(reply.headers.get('access-control-allow-origin'), origin) &&
    (['GET', 'HEAD', 'POST'].includes(method) ||
      list('access-control-allow-methods').includes(method.toLowerCase())) &&
    Object.keys(headers).every((name) => list('access-control-allow-headers').includes(name));
  await reply.body?.cancel();
  if (!granted) throw new TypeError('Failed to fetch');
}

function allows(header, origin) {
  return header === '*' || header === origin;
}

function readableHeaders(headers) {
  const exposed = (headers.get('access-control-expose-headers') ?? '').toLowerCase().split(/\s*,\s*/);
  return new Headers([...headers].filter(([name]) => SAFE_HEADERS.includes(name) || exposed.includes(name)));
}
