/** The hook onSignIn of a host application: what it is told, and that nothing it does reaches a sign-in. */

import { eventsTo, type SsoEvent } from '../../../src/core/events';
import type { SignInNotice } from '../../../src/server/app-types';
import { tellHook } from '../../../src/server/sign-in-hook';
import { startServiceProvider, type RunningServiceProvider } from '../../catalogue/attacks/running-sp';
import { benignCases } from '../../catalogue/benign';

const benign = benignCases.find(({ id }) => id === 'B-signed-both');
if (benign === undefined) throw new Error('no such case');
const { build } = benign;
const acs = { contentType: 'application/x-www-form-urlencoded' };

describe('the hook of a running service', () => {
  const notices: SignInNotice[] = [];
  let answer: () => void | Promise<void> = () => undefined;
  let sp: RunningServiceProvider;
  beforeAll(async () => {
    const onSignIn = (notice: SignInNotice): void | Promise<void> => {
      notices.push(notice);
      return answer();
    };
    sp = await startServiceProvider({ app: { onSignIn } });
  });
  afterAll(() => sp.close());
  beforeEach(() => {
    notices.length = 0;
    answer = () => undefined;
  });

  it('is told of an accepted sign-in, and of the member that the site shows', async () => {
    const outcome = await sp.send(build(await sp.context()));
    expect(await sp.redeem(outcome)).toBe('mallory@example.com');
    expect(notices).toMatchObject([
      { outcome: 'accepted', connection: 'acme', site: 'portal', signed: ['Response', 'Assertion'] },
      { outcome: 'completed', connection: 'acme', site: 'portal' },
    ]);
    const [accepted, completed] = notices;
    expect(accepted?.signIn).toBe(completed?.signIn);
    expect(JSON.stringify(notices)).not.toMatch(/mallory|example\.com"|"type"|eyJ/);
  });

  it('is told of a refused answer with its code, and not of what is no sign-in', async () => {
    await sp.send({ ...acs, body: 'SAMLResponse=%21' });
    await sp.send({ ...acs, method: 'GET', body: '' });
    await fetch(new URL('/nowhere', sp.acsUrl));
    expect(notices).toMatchObject([
      {
        outcome: 'refused',
        code: 'SAML_BASE64_INVALID',
        path: '/saml/acs',
        reference: expect.any(String) as unknown,
      },
    ]);
  });

  it('is told with a frozen copy', async () => {
    await sp.send(build(await sp.context()));
    const [notice] = notices;
    expect(Object.isFrozen(notice)).toBe(true);
    expect(notice?.outcome === 'accepted' && Object.isFrozen(notice.signed)).toBe(true);
  });

  it.each([
    [
      'throws',
      () => {
        throw new RangeError('a secret');
      },
    ],
    ['rejects', () => Promise.reject(new RangeError('a secret'))],
  ])('costs no sign-in when it %s, and its failure is an event without its message', async (_how, fail) => {
    answer = fail;
    const context = await sp.context();
    const outcome = await sp.send(build(context));
    answer = () => undefined;
    expect(await sp.redeem(outcome)).toBe('mallory@example.com');
    await new Promise((resolve) => setImmediate(resolve));
    const failed = outcome.lines.filter(({ event }) => event === 'hook.failed');
    expect(failed).toMatchObject([{ level: 'error', fields: { error: 'RangeError' } }]);
    expect(JSON.stringify(failed)).not.toContain('a secret');
  });

  it('keeps nobody waiting with a promise that never ends', async () => {
    answer = () => new Promise<void>(() => undefined);
    expect((await sp.send(build(await sp.context()))).status).toBe(200);
  });
});

describe('the hook as a subscriber', () => {
  const told = async (
    event: SsoEvent,
    hook: (notice: SignInNotice) => void | Promise<void>,
  ): Promise<string[]> => {
    const failures: string[] = [];
    const subscriber = tellHook(hook, (reference) => {
      failures.push(reference);
      throw new Error('the log is full');
    });
    eventsTo(subscriber).emit(event);
    await new Promise((resolve) => setImmediate(resolve));
    return failures;
  };
  const mistake: SsoEvent = {
    type: 'failed',
    reference: 'r',
    code: 'INTERNAL_ERROR',
    path: '/saml/acs',
    error: 'TypeError',
    stack: ['at /home/somebody/secret.js'],
  };

  it('is told of a mistake of ours without its stack, and only where somebody signs in', async () => {
    const notices: SignInNotice[] = [];
    await told(mistake, (notice) => void notices.push(notice));
    await told({ ...mistake, path: '/saml/metadata' }, (notice) => void notices.push(notice));
    expect(notices).toEqual([
      { outcome: 'refused', reference: 'r', code: 'INTERNAL_ERROR', path: '/saml/acs' },
    ]);
  });

  it('ends no process when not even its failure can be logged', async () => {
    expect(await told(mistake, () => Promise.reject(new Error('no')))).toEqual(['r']);
    // A thing that calls itself a promise.
    const odd = {
      get then(): never {
        throw new Error('no');
      },
    };
    expect(await told(mistake, () => odd as unknown as Promise<void>)).toEqual(['r']);
  });
});
