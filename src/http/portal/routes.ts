// All paths of the set-up pages.

import type { Route } from '../visit';
import type { SetupParts } from './portal';
import { entranceRoute } from './routes/entrance';

export const setupRoutes = (parts: SetupParts): readonly Route[] => [entranceRoute(parts)];
