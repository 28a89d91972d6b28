/** Mail over real connections: TLS that is believed or nothing, logins, and servers that never answer. */

import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { MailWay } from '../../../../src/admin/notices/ways';
import { Secret } from '../../../../src/core/secret';
import { sendMail } from '../../../../src/server/notices/send-mail';
import { makeIdpKeys } from '../../../support/idp';
import { startMailServer, type MailServer } from '../../../support/makers/mail-server';
import type { SMTPServerOptions } from 'smtp-server';

const { privateKey, certificatePem } = makeIdpKeys({ commonName: '127.0.0.1' });
const tls = { key: privateKey.export({ type: 'pkcs8', format: 'pem' }), cert: certificatePem };
const mail = { subject: 'wix-saml: a test', text: 'Grüße.\n.\nEnd.' };

const servers: MailServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function aServer(options: SMTPServerOptions = {}) {
  const server = await startMailServer(options);
  servers.push(server);
  const way: MailWay = { host: '127.0.0.1', port: server.port, tls: 'none', from: 'wix-saml@example.com' };
  return { server, way };
}

describe('a mail', () => {
  it('arrives as it was written', async () => {
    const { server, way } = await aServer();
    expect(await sendMail(way, ['a@example.com', 'b@example.com'], mail)).toEqual({ kind: 'sent' });
    expect(server.mails).toMatchObject([
      { from: 'wix-saml@example.com', to: ['a@example.com', 'b@example.com'], secure: false },
    ]);
    expect(server.mails[0]?.raw).toContain('Gr=C3=BC=C3=9Fe.');
  });

  it.each([
    ['STARTTLS', 'starttls', { ...tls, disabledCommands: [] }],
    ['TLS from the first byte', 'implicit', { ...tls, secure: true }],
  ] as const)('is refused when the certificate is not believed: %s', async (_how, way, options) => {
    const { server, way: plain } = await aServer(options as SMTPServerOptions);
    const outcome = await sendMail({ ...plain, tls: way }, ['a@example.com'], mail);
    expect(outcome).toMatchObject({
      kind: 'failed',
      problem: expect.stringMatching(/took no mail/) as unknown,
    });
    expect(server.mails).toEqual([]);
  });

  it('is never sent in clear where TLS is demanded', async () => {
    const { server, way } = await aServer();
    const outcome = await sendMail({ ...way, tls: 'starttls' }, ['a@example.com'], mail);
    expect(outcome).toMatchObject({ kind: 'failed', problem: expect.stringContaining('ETLS') as unknown });
    expect(server.mails).toEqual([]);
  });

  it('logs in, and says when the password is wrong without saying it', async () => {
    const { server, way } = await aServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) => {
        if (password === 'right') done(null, { user: username ?? '' });
        else done(new Error('no'));
      },
    });
    const withPassword = (word: string): MailWay => ({ ...way, user: 'me', password: new Secret(word) });
    expect(await sendMail(withPassword('right'), ['a@example.com'], mail)).toEqual({ kind: 'sent' });
    expect(server.mails[0]?.user).toBe('me');
    const wrong = await sendMail(withPassword('wr0ng'), ['a@example.com'], mail);
    expect(wrong).toMatchObject({ kind: 'failed', hint: expect.stringContaining('password') as unknown });
    expect(JSON.stringify(wrong)).not.toContain('wr0ng');
  });

  it('that the server refuses is a problem without the server’s words', async () => {
    const { way } = await aServer({
      onRcptTo: (_address, _session, done) => done(new Error('no such user secret@example.com')),
    });
    const outcome = await sendMail(way, ['a@example.com'], mail);
    expect(outcome).toMatchObject({ kind: 'failed', problem: expect.stringContaining('550') as unknown });
    expect(JSON.stringify(outcome)).not.toContain('secret@');
  });

  it('to a server that is not there fails at once', async () => {
    const { server, way } = await aServer();
    await server.close();
    servers.length = 0;
    expect(await sendMail(way, ['a@example.com'], mail)).toMatchObject({ kind: 'failed' });
  });

  it('to a server that says nothing is given up', async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => sockets.push(socket));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const started = performance.now();
    const way: MailWay = { host: '127.0.0.1', port, tls: 'none', from: 'a@example.com' };
    const outcome = await sendMail(way, ['a@example.com'], mail, 300);
    expect(outcome).toMatchObject({ kind: 'failed' });
    expect(performance.now() - started).toBeLessThan(3000);
    for (const socket of sockets) socket.destroy();
    silent.close();
  });
});
