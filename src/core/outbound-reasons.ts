// Why there is no answer from an address: the causes that an administrator can tell apart, each in words and with what to
// do. `fetch failed` helps nobody.

export type OutboundReason =
  | 'addressNotAllowed'
  | 'addressNotPublic'
  | 'nameNotFound'
  | 'connectionRefused'
  | 'unreachable'
  | 'certificateInvalid'
  | 'tlsFailed'
  | 'timeout'
  | 'brokenOff'
  | 'answerInvalid'
  | 'tooLarge'
  | 'redirectRefused'
  | 'proxyFailed'
  | 'proxyRefused'
  | 'redirectedTooOften';

interface Words {
  /** Goes into a sentence: `cannot be fetched: HOST (…)`. */
  readonly says: string;
  readonly remedy: string;
}

export const outboundReasons: Readonly<Record<OutboundReason, Words>> = Object.freeze({
  addressNotAllowed: {
    says: 'not an address that is asked',
    remedy: 'Use https, without a user name or password; http is for localhost only.',
  },
  addressNotPublic: {
    says: 'it does not lie in the public internet',
    remedy:
      'Only addresses that everybody can reach are asked here. Where a redirect led to it, use the final address, if it is the right one.',
  },
  nameNotFound: {
    says: 'the host name is not known',
    remedy: 'Compare the host name with the original, and ask the DNS from this machine.',
  },
  connectionRefused: {
    says: 'the connection is refused',
    remedy:
      'Nothing listens on that port, or a firewall says no: check the port and the way out from this machine.',
  },
  unreachable: {
    says: 'the host cannot be reached',
    remedy: 'Check the route and the firewall between this machine and the host.',
  },
  certificateInvalid: {
    says: 'the TLS certificate is not trusted',
    remedy:
      'Let the host send its whole chain, for this name and in date. A CA of your own: `outbound.ca` (or NODE_EXTRA_CA_CERTS) names its file.',
  },
  tlsFailed: {
    says: 'no TLS connection comes about',
    remedy: 'Does this port speak TLS 1.2 or later? A proxy on the way may answer in its place.',
  },
  timeout: {
    says: 'no complete reply in time',
    remedy: 'Check the firewall on the way, and whether the host is busy; then try again.',
  },
  brokenOff: {
    says: 'the connection broke off',
    remedy: 'Try again; when it stays so, look at the host’s or the proxy’s log.',
  },
  answerInvalid: {
    says: 'the reply cannot be read',
    remedy: 'Open the address in a browser: it must answer plain HTTP/1.1, not compressed unasked.',
  },
  tooLarge: {
    says: 'the reply is too large',
    remedy: 'Is this the right address? Ask for the part that is needed, or save it as a file.',
  },
  redirectRefused: {
    says: 'the redirect is not followed',
    remedy: 'Use the final address, if it is the right one.',
  },
  proxyFailed: {
    says: 'the proxy of `outbound.proxy` does not answer as one',
    remedy: 'Compare its address and port, and ask it from this machine.',
  },
  proxyRefused: {
    says: 'the proxy does not let us through',
    remedy: 'Ask who runs the proxy to allow this host; with status 407 it wants a user name and a password.',
  },
  redirectedTooOften: {
    says: 'redirected too often',
    remedy: 'Use the final address; a circle of redirects often means that the address asks for a sign-in.',
  },
});

/** A failed answer with its cause. `detail` is a system code or a number, never text of the other side beyond a URL's origin. */
export class OutboundError extends Error {
  override readonly name = 'OutboundError';

  constructor(
    readonly reason: OutboundReason,
    readonly detail: string,
  ) {
    super(`${outboundReasons[reason].says}: ${detail}`);
  }

  get remedy(): string {
    return outboundReasons[this.reason].remedy;
  }
}

const reasonsByCode: Readonly<Record<string, OutboundReason>> = {
  ENOTFOUND: 'nameNotFound',
  EAI_AGAIN: 'nameNotFound',
  EAI_NODATA: 'nameNotFound',
  ECONNREFUSED: 'connectionRefused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ETIMEDOUT: 'timeout',
  ECONNRESET: 'brokenOff',
  EPIPE: 'brokenOff',
  EPROTO: 'tlsFailed',
  CERT_HAS_EXPIRED: 'certificateInvalid',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificateInvalid',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificateInvalid',
  INVALID_PURPOSE: 'certificateInvalid',
  HOSTNAME_MISMATCH: 'certificateInvalid',
};

/** Whatever Node rejected with → the cause. Codes are Node's, OpenSSL's (X509_V_ERR_… without the prefix) and the parser's. */
export function reasonOf(cause: unknown): OutboundError {
  const code = codeOf(cause);
  if (code === undefined) return new OutboundError('unreachable', 'unknown');
  return new OutboundError(reasonsByCode[code] ?? reasonByForm(code), code);
}

function reasonByForm(code: string): OutboundReason {
  if (/^(CERT_|UNABLE_TO_|ERR_TLS_CERT_|CRL_)/.test(code)) return 'certificateInvalid';
  if (/^ERR_(SSL|TLS)_/.test(code)) return 'tlsFailed';
  return code.startsWith('HPE_') ? 'answerInvalid' : 'unreachable';
}

/** Of an AggregateError (several addresses of one name were tried) Node gives the first code as its own. */
function codeOf(cause: unknown): string | undefined {
  const code: unknown = typeof cause === 'object' && cause !== null ? Reflect.get(cause, 'code') : undefined;
  return typeof code === 'string' ? code : undefined;
}
