// Asks our own public address for our metadata, as an IdP or a browser would: the proxy in front, its TLS certificate and
// the path are right when the document that comes back is the one that we would give.

import type { Config } from '../config/config';
import type { Problem } from '../config/problem';
import { buildServiceProviderMetadata } from '../saml/metadata/service-provider-metadata';

const timeoutMs = 10_000;
const path = 'serviceProvider.baseUrl';

/** No problem when the running service answers there with this configuration's metadata. */
export async function checkPublicAddress({ serviceProvider }: Config): Promise<readonly Problem[]> {
  const address = `${serviceProvider.baseUrl}/saml/metadata`;
  const problem = (what: string, hint: string): readonly Problem[] => [
    { path, problem: `${address} ${what}`, hint },
  ];
  try {
    const answer = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    const text = await answer.text();
    if (answer.status >= 300 && answer.status < 400) {
      return problem('redirects', 'Configure the final address; IdPs compare it exactly.');
    }
    if (!answer.ok) {
      return problem(
        `answers ${answer.status}`,
        'Let the proxy pass this path on unchanged, with the path of baseUrl in front.',
      );
    }
    if (text === buildServiceProviderMetadata(serviceProvider)) return [];
    return problem(
      'answers with other metadata',
      'Restart the service with this configuration, and let no proxy cache the answer.',
    );
  } catch (cause) {
    return problem(
      `does not answer (${reasonOf(cause)})`,
      'Is the service running, the name resolvable, and the TLS certificate valid?',
    );
  }
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown reason';
  return cause.cause instanceof Error ? cause.cause.message : cause.message;
}
