// Wix's edge in front of the site's HTTP functions: dispatch by method and name, limits, and faults that a test ordered.

const BODY_BYTES = 512 * 1024;
const MINUTE_MS = 60_000;

/**
 * @param {{ import(specifier: string): Promise<object> }} container
 * @param {{ name: string, path: string[], method: string, url: URL, headers: object, body: Buffer, ip: string, via: string }} call
 * @returns {Promise<{ status: number, headers: object, body: string | Buffer } | { fault: object }>}
 */
export async function callHttpFunction(world, container, call) {
  const record = {
    ...call,
    url: call.url.href,
    body: call.body.toString('utf8'),
    at: world.now(),
    status: 0,
  };
  world.calls.push(record);
  const answer = await answerCall(world, container, call);
  record.status = answer.status ?? 0;
  if (answer.fault) record.fault = answer.fault.kind ?? 'status';
  return answer;
}

async function answerCall(world, container, call) {
  if (call.body.length > BODY_BYTES) return plain(413, 'Request entity too large');
  const recent = world.calls.filter((one) => one.at > world.now() - MINUTE_MS).length;
  if (recent > world.options.requestsPerMinute) return plain(429, 'Too many requests');
  const fault = takeFault(world, call.name) ?? moodOf(world);
  if (fault && !fault.after) return { fault, status: fault.status ?? 0 };
  const answer = await run(world, container, call);
  return fault ? { fault, status: fault.status ?? 0 } : answer;
}

/** The client's 504 does not stop the function. */
async function run(world, container, call) {
  const { promise: late, cancel } = timer(world.options.handlerTimeoutMs);
  const work = handle(world, container, call).catch((error) => {
    world.log.push({ level: 'error', text: `HTTP function failed: ${error?.stack ?? error}` });
    return plain(500, 'Internal server error');
  });
  const answer = await Promise.race([work, late.then(() => plain(504, 'Gateway timeout'))]);
  cancel();
  return answer;
}

async function handle(world, container, call) {
  const wait = world.warm.has(container) ? 0 : world.options.coldStartMs;
  world.warm.add(container);
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  const functions = await container.import('backend/http-functions');
  const handler = functions[`${call.method.toLowerCase()}_${call.name}`] ?? functions[`use_${call.name}`];
  if (typeof handler !== 'function') return plain(404, 'Not found');
  return written(world, await handler(wixRequest(world, call)));
}

function wixRequest(world, call) {
  const base = `${world.baseUrl()}/_functions`;
  return {
    baseUrl: base,
    url: `${base}/${[call.name, ...call.path].join('/')}${call.url.search}`,
    functionName: call.name,
    method: call.method,
    path: call.path,
    query: Object.fromEntries(call.url.searchParams),
    headers: Object.fromEntries(
      Object.entries(call.headers).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    ip: call.ip,
    body: {
      text: async () => call.body.toString('utf8'),
      json: async () => JSON.parse(call.body.toString('utf8')),
      buffer: async () => call.body,
    },
  };
}

function written(world, answer) {
  if (!answer || typeof answer !== 'object' || !Number.isInteger(answer.status)) {
    world.log.push({
      level: 'error',
      text: 'HTTP function answered something that is not a WixHttpFunctionResponse',
    });
    return plain(500, 'Internal server error');
  }
  const headers = Object.fromEntries(
    Object.entries(answer.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
  if (world.options.freeSite && /text\/html/i.test(headers['content-type'] ?? '')) {
    world.log.push({ level: 'error', text: 'text/html is not supported on free sites' });
    return plain(500, 'Internal server error');
  }
  const { body } = answer;
  const isText = body === undefined || typeof body === 'string' || Buffer.isBuffer(body);
  if (!isText && !headers['content-type']) headers['content-type'] = 'application/json';
  return { status: answer.status, headers, body: isText ? (body ?? '') : JSON.stringify(body) };
}

/** What befalls any call, by chance. */
function moodOf({ options: { lostPercent, resetPercent } }) {
  const chance = Math.random() * 100;
  if (chance < lostPercent) return { status: 504, body: 'Gateway timeout', after: true };
  if (chance < lostPercent + resetPercent) return { kind: 'reset', after: Math.random() < 0.5 };
  return undefined;
}

/** The first fault for this function that has turns left. */
function takeFault(world, name) {
  const index = world.faults.findIndex((fault) => !fault.function || fault.function === name);
  if (index === -1) return undefined;
  const fault = world.faults[index];
  if (fault.times !== undefined) {
    fault.times -= 1;
    if (fault.times <= 0) world.faults.splice(index, 1);
  }
  return fault;
}

/** Puts a fault on the wire; the kinds are what a busy, broken or misconfigured site shows a client. */
export function writeFault(response, fault) {
  const status = fault.status ?? 200;
  const headers = { ...fault.headers };
  if (fault.kind === 'reset') return response.destroy();
  if (fault.kind === 'redirect') {
    return response
      .writeHead(fault.status ?? 301, { location: fault.location ?? 'http://127.0.0.1:9/' })
      .end();
  }
  if (fault.kind === 'huge') {
    return response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end('x'.repeat(2_000_000));
  }
  const body =
    fault.kind === 'nonsense' ? '<!doctype html><title>Nonsense</title>' : (fault.body ?? `Error ${status}`);
  const write = () =>
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
  // 'slow' holds the answer back; with a long delay the client's own time limit is what is tested.
  if (fault.kind === 'slow') return void setTimeout(write, fault.delayMs ?? 30_000).unref();
  return write();
}

function timer(milliseconds) {
  let id;
  const promise = new Promise((resolve) => {
    id = setTimeout(resolve, milliseconds);
  });
  return { promise, cancel: () => clearTimeout(id) };
}

function plain(status, text) {
  return { status, headers: { 'content-type': 'text/plain' }, body: text };
}
