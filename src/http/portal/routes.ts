// All paths of the set-up pages.

import type { Route } from '../visit';
import type { SetupParts } from './portal';
import { activateRoute } from './routes/activate';
import { connectRoute } from './routes/connect';
import { domainsRoute } from './routes/domains';
import { entranceRoute } from './routes/entrance';
import { languageRoute } from './routes/language';
import { attemptRoute, logCsvRoute, logRoute } from './routes/log';
import { metadataStepRoute, useMetadataRoute } from './routes/metadata';
import { reportRoute, sourceRoute, testRoute } from './routes/test';
import { valuesRoute } from './routes/values';

export const setupRoutes = (parts: SetupParts): readonly Route[] => [
  entranceRoute(parts),
  connectRoute(parts),
  valuesRoute(parts),
  metadataStepRoute(parts),
  useMetadataRoute(parts),
  domainsRoute(parts),
  testRoute(parts),
  sourceRoute(parts),
  reportRoute(parts),
  activateRoute(parts),
  languageRoute(parts),
  logRoute(parts),
  attemptRoute(parts),
  logCsvRoute(parts),
];
