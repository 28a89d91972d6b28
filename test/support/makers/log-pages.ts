/** Every page of the sign-in log, as a browser gets it. */
import { attemptStates } from '../../../src/admin/sign-in-log/attempts';
import { limits } from '../../../src/core/limits';
import { SetupBrowser } from './setup-world';
import type { SeenPage } from './setup-pages';
import { signInLogWorld } from './sign-in-log-world';

/** @param language as the browser says it */
export async function everyLogPage(language = 'en'): Promise<readonly SeenPage[]> {
  const world = await signInLogWorld();
  const seen: SeenPage[] = [];
  try {
    const first = await world.begin();
    await world.redeem(await world.answer(first.requestId, first.relayState));
    const second = await world.begin();
    await world.answer(second.requestId, second.relayState, { audience: 'https://other.example/metadata' });
    // Nothing came back to this one; nobody fetched the session of the next.
    await world.begin();
    const last = await world.begin();
    await world.answer(last.requestId, last.relayState);
    world.clock.advance(limits.pendingRequestMs);
    await world.settle();
    const browser = new SetupBrowser(world, undefined, { 'accept-language': language });
    const secret = await world.invite('acme', 'log');
    seen.push(['log-invitation', (await browser.get(`/setup?link=${secret}`)).body]);
    await browser.redeem(secret);
    const pages = ['', '?state=refused', '?code=NONE', '?person=x'];
    for (const query of pages) seen.push([`log${query}`, (await browser.get(`/setup/log${query}`)).body]);
    for (const state of attemptStates) {
      const [attempt] = await world.attempts({ state });
      if (attempt === undefined) continue;
      const { body } = await browser.get(`/setup/log/attempt?reference=${attempt.id}`);
      seen.push([`attempt-${state}`, body]);
    }
  } finally {
    await world.stop();
  }
  return seen;
}
