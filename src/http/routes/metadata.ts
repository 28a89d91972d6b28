// GET /saml/metadata: what an IdP's administrator imports (SAML Metadata §4.1.1). The only answer that may be cached.

import { buildServiceProviderMetadata } from '../../saml/metadata/service-provider-metadata';
import { sendText } from '../reply';
import type { Route, Visit } from '../visit';

function answer({ context, response }: Visit): void {
  response.setHeader('Cache-Control', 'public, max-age=300');
  response.removeHeader('Pragma');
  const text = buildServiceProviderMetadata(context.serviceProvider, context.clock.now());
  sendText(response, { status: 200, type: 'application/samlmetadata+xml', text });
}

export const metadataRoute: Route = {
  path: '/saml/metadata',
  methods: { GET: answer, HEAD: answer },
  refusals: 'page',
};
