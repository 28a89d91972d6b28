import { inflateRawSync } from 'node:zlib';
import { beginLogin, type LoginRequest } from '../../../src/sso/begin-login';
import { takePendingRequest } from '../../../src/sso/pending-request';
import { createMemoryStore } from '../../../src/stores/memory-store';
import { challenge, logText, setting, START, type Setting } from '../../support/makers/setting';
import { requestIdIn } from '../../support/makers/sent-request';
import { readHandle } from '../../../src/sso/handle';

const request: LoginRequest = {
  connection: 'acme',
  codeChallenge: challenge,
  state: 'page-state',
  returnTo: '/members',
  reference: 'REF',
};

async function redirected(world: Setting, changes: Partial<LoginRequest> = {}) {
  const step = await beginLogin(world.context, { ...request, ...changes });
  if (step.kind !== 'message' || step.message.binding !== 'redirect') throw new Error(`a ${step.kind}`);
  const url = new URL(step.message.location);
  const xml = inflateRawSync(Buffer.from(url.searchParams.get('SAMLRequest') ?? '', 'base64')).toString();
  const requestId = requestIdIn(url.href);
  return { url, xml, requestId, relayState: url.searchParams.get('RelayState') ?? '' };
}

describe('beginning a sign-in', () => {
  it('sends a signed request whose id is the key of what we remember', async () => {
    const world = setting();
    const { url, xml, requestId, relayState } = await redirected(world);
    expect(url.origin + url.pathname).toBe('https://idp.acme.example/sso');
    expect(url.searchParams.get('Signature')).toBeTruthy();
    expect(xml).toContain(`ID="${requestId}"`);
    expect(readHandle(world.context.handleKeys, relayState)).toBe(requestId);
    expect(await takePendingRequest(world.context, requestId)).toEqual({
      connection: 'acme',
      site: 'portal',
      codeChallenge: challenge,
      state: 'page-state',
      returnTo: '/members',
      forceAuthn: false,
      requestedAt: START,
    });
  });

  it('remembers a new request every time', async () => {
    const world = setting();
    const first = await redirected(world);
    const second = await redirected(world);
    expect(first.relayState).not.toBe(second.relayState);
    expect(await takePendingRequest(world.context, first.requestId)).toBeDefined();
    expect(await takePendingRequest(world.context, second.requestId)).toBeDefined();
  });

  it('uses the binding that the connection prefers', async () => {
    const step = await beginLogin(setting().context, { ...request, connection: 'globex' });
    expect(step).toMatchObject({
      kind: 'message',
      message: { binding: 'post', location: 'https://idp.globex.example/sso/post' },
    });
  });

  it('asks for a fresh sign-in, and remembers that it did', async () => {
    const world = setting();
    const { xml, requestId } = await redirected(world, { forceAuthn: true });
    expect(xml).toContain('ForceAuthn="true"');
    expect(await takePendingRequest(world.context, requestId)).toMatchObject({ forceAuthn: true });
  });

  it('asks for no interaction when told so', async () => {
    expect((await redirected(setting(), { isPassive: true })).xml).toContain('IsPassive="true"');
  });

  it('#login.begin/no-challenge without a challenge leads to the landing page, which starts properly', async () => {
    const world = setting();
    const bookmark = { connection: 'acme', returnTo: '/members', reference: 'REF' };
    expect(await beginLogin(world.context, bookmark)).toEqual({
      kind: 'start-page',
      location: 'https://www.portal.example/sso?start=1&connection=acme&return_to=%2Fmembers',
    });
  });

  it('keeps the path of a site that has one', async () => {
    const step = await beginLogin(setting().context, { connection: 'initech', reference: 'REF' });
    expect(step).toMatchObject({
      location: 'https://user.wixsite.example/shop/sso?start=1&connection=initech&return_to=%2F',
    });
  });

  it('passes everything on to the chooser when several connections fit', async () => {
    const undecided = { site: 'portal', codeChallenge: challenge, state: 'page-state', returnTo: '/members' };
    const step = await beginLogin(setting().context, { ...undecided, reference: 'REF' });
    expect(step).toMatchObject({
      kind: 'chooser',
      site: { name: 'portal' },
      choices: [{ name: 'acme' }, { name: 'globex' }],
      codeChallenge: challenge,
      state: 'page-state',
      returnTo: '/members',
    });
  });

  it.each([
    ['42 characters', challenge.slice(1)],
    ['44 characters', `${challenge}A`],
    ['padding', `${challenge.slice(1)}=`],
    ['another alphabet', `+${challenge.slice(1)}`],
    ['a line break', `${challenge}\n`],
  ])('refuses a challenge with %s', async (_what, codeChallenge) => {
    await expect(beginLogin(setting().context, { ...request, codeChallenge })).rejects.toMatchObject({
      code: 'LOGIN_CHALLENGE_INVALID',
    });
  });

  it.each([['a'.repeat(129)], ['with blank'], ['line\nbreak'], ['ümlaut'], ['\u0000']])(
    'refuses the state %j',
    async (state) => {
      await expect(beginLogin(setting().context, { ...request, state })).rejects.toMatchObject({
        code: 'HTTP_FIELD_INVALID',
        detail: { field: 'state' },
      });
    },
  );

  it('refuses a way back that leads off the site before anything else happens', async () => {
    const world = setting();
    await expect(
      beginLogin(world.context, { ...request, returnTo: 'https://evil.example' }),
    ).rejects.toMatchObject({ code: 'LOGIN_RETURN_TO_INVALID' });
    expect(world.lines).toEqual([]);
  });

  it('sends nobody away when nothing can be remembered', async () => {
    const full = setting();
    const world = setting({ store: createMemoryStore(full.clock, 0) });
    await expect(beginLogin(world.context, request)).rejects.toMatchObject({ code: 'STATE_UNAVAILABLE' });
  });

  it('logs one line with the reference, and neither challenge, state nor address', async () => {
    const world = setting();
    const { requestId, relayState } = await redirected(world, { email: 'ada@acme.example' });
    expect(world.lines).toMatchObject([
      { level: 'info', event: 'login.requested', fields: { reference: 'REF', connection: 'acme' } },
    ]);
    for (const secret of [challenge, 'page-state', 'ada@', requestId, relayState]) {
      expect(logText(world)).not.toContain(secret);
    }
  });
});
