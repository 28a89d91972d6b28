// Asks our own public address for our metadata, as an IdP or a browser would: the proxy in front, its TLS certificate and
// the path are right when the document that comes back is the one that we would give.

import { limits } from '../core/limits';
import { outboundGet, type OutboundGet } from '../core/outbound';
import { OutboundError } from '../core/outbound-reasons';
import type { OutboundWay } from '../core/outbound-way';
import type { Clock } from '../core/ports';
import type { Problem } from '../core/problem';
import { buildServiceProviderMetadata } from '../saml/metadata/service-provider-metadata';
import type { ServiceProvider } from '../saml/service-provider';

const path = 'serviceProvider.baseUrl';
const CACHED_MS = 300_000;
/** IdPs compare the address exactly, so a redirect is a finding and not followed. */
const asking: OutboundGet = { timeoutMs: 10_000, answerBytes: limits.metadataBytes, redirects: 0 };

/** No problem when the running service answers there with the metadata of this service provider. */
export async function checkPublicAddress(
  serviceProvider: ServiceProvider,
  clock: Clock,
  way?: OutboundWay,
): Promise<readonly Problem[]> {
  const address = `${serviceProvider.baseUrl}/saml/metadata`;
  const problem = (what: string, hint: string): readonly Problem[] => [
    { path, problem: `${address} ${what}`, hint },
  ];
  try {
    const { status, body } = await outboundGet(address, { ...asking, way });
    if (status >= 300 && status < 400) {
      return problem('redirects', 'Configure the final address; IdPs compare it exactly.');
    }
    if (status < 200 || status >= 300) {
      return problem(
        `answers ${status}`,
        'Let the proxy pass this path on unchanged, with the path of baseUrl in front.',
      );
    }
    const now = clock.now();
    // The answer may be as old as it may be cached, and its validUntil that of yesterday.
    const right = [now, now - CACHED_MS].map((at) => buildServiceProviderMetadata(serviceProvider, at));
    if (right.includes(body.toString('utf8'))) return [];
    return problem(
      'answers with other metadata',
      'Restart the service with this configuration, and let no proxy cache the reply.',
    );
  } catch (cause) {
    if (!(cause instanceof OutboundError)) throw cause;
    return problem(`does not answer (${cause.message})`, `Is the service running? ${cause.remedy}`);
  }
}
