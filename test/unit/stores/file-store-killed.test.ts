/** kill -9 in the middle of work, a few times; `npm run soak:store` does it two hundred times. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killedRound, type KilledRound } from '../../support/makers/killed-store';

const ROUNDS = 5;

it('loses nothing that was answered and gives nothing twice when processes are killed, and opens at once', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'wix-saml-killed-'));
  const rounds: KilledRound[] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    rounds.push(await killedRound(directory, round, Math.random));
  expect(rounds.flatMap(({ broken }) => broken)).toEqual([]);
  for (const { answered, openedMs } of rounds) {
    expect(answered).toBeGreaterThan(10);
    expect(openedMs).toBeLessThan(2000);
  }
  rmSync(directory, { recursive: true, force: true });
}, 60_000);
