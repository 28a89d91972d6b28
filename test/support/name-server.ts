/** A name server on this machine (RFC 1035 over UDP) that knows the TXT records it is told, and can be ill. */

import { createSocket } from 'node:dgram';

/** `strings`: one TXT record each, in its strings. */
export type Zone = Readonly<
  Record<
    string,
    | { readonly records: readonly (readonly string[])[]; readonly cname?: string }
    | { readonly code: number }
    | 'silence'
    | 'garbage'
  >
>;

export const RCODE = { serverFailure: 2, noSuchName: 3, refused: 5 } as const;

export interface NameServer {
  /** `127.0.0.1:port`. */
  readonly address: string;
  /** Names that were asked for, in order. */
  readonly asked: readonly string[];
  zone: Zone;
  stop(): Promise<void>;
}

const TXT = 16;
const CNAME = 5;

export async function startNameServer(zone: Zone = {}): Promise<NameServer> {
  const socket = createSocket('udp4');
  const asked: string[] = [];
  const server = { zone, asked };
  socket.on('message', (question, { port, address }) => {
    const { name, end } = nameAt(question, 12);
    asked.push(name);
    const known = server.zone[name] ?? { code: RCODE.noSuchName };
    if (known === 'silence') return;
    const answer =
      known === 'garbage' ? question.subarray(0, 5) : answerTo(question.subarray(0, end + 4), name, known);
    socket.send(answer, port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  return Object.assign(server, {
    address: `127.0.0.1:${String(port)}`,
    stop: () => new Promise<void>((resolve) => socket.close(() => resolve())),
  });
}

/** The question as far as it goes, with its header turned into that of an answer. */
function answerTo(question: Buffer, name: string, known: Exclude<Zone[string], string>): Buffer {
  const answers: Buffer[] = [];
  if ('records' in known) {
    const owner = known.cname ?? name;
    if (known.cname !== undefined) answers.push(record(name, CNAME, encoded(known.cname)));
    for (const strings of known.records)
      answers.push(
        record(
          owner,
          TXT,
          Buffer.concat(strings.map((text) => Buffer.concat([Buffer.of(text.length), Buffer.from(text)]))),
        ),
      );
  }
  const head = Buffer.from(question);
  head.writeUInt16BE(0x8180 | ('code' in known ? known.code : 0), 2);
  head.writeUInt16BE(answers.length, 6);
  head.writeUInt32BE(0, 8);
  return Buffer.concat([head, ...answers]);
}

function record(name: string, type: number, data: Buffer): Buffer {
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(type, 0);
  fixed.writeUInt16BE(1, 2);
  fixed.writeUInt32BE(60, 4);
  fixed.writeUInt16BE(data.length, 8);
  return Buffer.concat([encoded(name), fixed, data]);
}

const encoded = (name: string): Buffer =>
  Buffer.concat([
    ...name.split('.').map((label) => Buffer.concat([Buffer.of(label.length), Buffer.from(label)])),
    Buffer.of(0),
  ]);

function nameAt(message: Buffer, start: number): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = start;
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length).toLowerCase());
    at += 1 + length;
  }
  return { name: labels.join('.'), end: at + 1 };
}
