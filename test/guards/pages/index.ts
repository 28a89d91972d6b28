/** Every page and picture of docs/ that is made by a command. */

import { diagrams } from './diagrams';
import { errorsPage } from './errors';
import { eventsPage } from './events';
import { idpPages } from './idps';
import { optionsPage } from './options';
import { warningsPage } from './warnings';

/** By its path in the repository. */
export const generatedPages = (): ReadonlyMap<string, string> =>
  new Map([
    ['docs/errors.md', errorsPage()],
    ['docs/events.md', eventsPage()],
    ['docs/options.md', optionsPage()],
    ['docs/warnings.md', warningsPage()],
    ...idpPages(),
    ...diagrams(),
  ]);
