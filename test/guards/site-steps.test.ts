/** The steps in the Wix side's README are those of the handout and of the terminal: written from their one source. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withSiteSteps } from './site-steps-part';

const file = join(__dirname, '..', '..', 'src', 'wix-site', 'README.md');

it('src/wix-site/README.md has the steps as the source has them (npm run docs)', () => {
  const fresh = withSiteSteps(readFileSync(file, 'utf8'));
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, fresh);
  expect(readFileSync(file, 'utf8')).toBe(fresh);
});
