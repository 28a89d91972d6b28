/** OWASP SAML Security Cheat Sheet, as checks. */
import { covered, coveredBut, notApplicable, requirement as row, type Chapter } from '../requirement';

export const cheatSheet: Chapter = {
  title: 'OWASP SAML Security Cheat Sheet',
  source: 'https://cheatsheetseries.owasp.org/cheatsheets/SAML_Security_Cheat_Sheet.html',
  requirements: [
    row(
      'O1',
      'check',
      'TLS on every endpoint',
      covered('http.addresses/no-plain-http', 'metadata.idp/sso-address'),
    ),
    row(
      'O2',
      'check',
      'Validate the structure first; fetch no schema',
      coveredBut(
        'by a list of places instead of a schema',
        'X-unknown-wrapper',
        'C-unknown-in-assertion',
        'P-doctype-xxe-http',
      ),
    ),
    row(
      'O3',
      'check',
      'Keys from the connection only; KeyInfo is ignored',
      covered('S-attacker-key', 'signature/key-info'),
    ),
    row(
      'O4',
      'check',
      'Elements by their place in the verified tree, never by tag name',
      covered('X-foreign-ns-evil-first', 'X-foreign-ns-nameid-beside', 'message.structure/fuzz'),
    ),
    row(
      'O5',
      'check',
      'The Reference covers the Assertion that is used',
      covered(
        'X-xsw3-evil-first',
        'X-xsw4-original-inside',
        'X-xsw7-evil-in-extensions',
        'X-xsw8-original-in-object',
      ),
    ),
    row(
      'O6',
      'check',
      'RSA-SHA256 or better; SHA-1 in no place',
      coveredBut(
        'SHA-1 by a connection’s own choice, warned about',
        'S-rsa-sha1',
        'S-digest-sha1',
        'signature/sha1',
      ),
    ),
    row(
      'O7',
      'check',
      'Destination is there and equals the ACS',
      coveredBut(
        'absent is accepted when only the Assertion is signed, as Core §3.2.2 allows; Recipient is always demanded',
        'C-dst-missing-signed',
        'C-dst-other',
        'C-rec-missing',
      ),
    ),
    row('O8', 'check', 'Audience equals our entityID', covered('C-aud-other', 'C-aud-none')),
    row('O9', 'check', 'NotBefore and NotOnOrAfter', covered('C-cond-expired', 'C-cond-future')),
    row(
      'O10',
      'check',
      'Recipient, NotOnOrAfter and InResponseTo of the confirmation',
      covered('C-rec-other', 'C-sc-expired', 'C-irt-scd-other'),
    ),
    row(
      'O11',
      'check',
      'The request’s ID is stored and matched',
      covered('C-irt-unknown', 'state.request/one-of-fifty'),
    ),
    row('O12', 'check', 'Replays are detected', covered('state.replay/attacks', 'state.replay/new-response')),
    row('O13', 'check', 'RelayState is no address', covered('H-relaystate-0', 'policy.returnTo/stays')),
    row(
      'O14',
      'check',
      'Unsolicited Responses off by default',
      covered('C-unsolicited-signed', 'state.unsolicited/no-session'),
    ),
    row(
      'O15',
      'check',
      'Short lifetimes, message pages not cached',
      covered('C-cond-long-life', 'http.headers/protecting', 'ticket.redeem/60-seconds'),
    ),
    row('O16', 'check', 'Separate keys for signing and encryption', covered('metadata.own/separate-keys')),
    row(
      'O17',
      'check',
      'Own certificates: strength, SHA-256, life, key usage',
      coveredBut(
        'RSA-3072, ten years: a pinned key is renewed by announcement, not by date',
        'keys/made',
        'keys/warnings',
      ),
    ),
    row('O18', 'check', 'IdP metadata over TLS', covered('metadata.idp/address')),
    row(
      'O19',
      'check',
      'Private keys are protected',
      covered('keys/file-modes', 'keys/never-quoted', 'package/contents'),
    ),
    row(
      'O20',
      'check',
      'Validate values after the signature as well',
      covered('I-html', 'I-newline', 'I-fullwidth-at', 'http.pages/no-foreign-text'),
    ),
    row(
      'O21',
      'check',
      'Criteria for logout and session are written down',
      covered(
        'logout/local-first',
        'logout/all-sessions',
        'logout/late-assertion',
        'session.handle/alive',
        'session.handle/ends-itself',
      ),
    ),
    row('O22', 'check', 'No RSA 1.5 key transport', covered('E-rsa15', 'E-rsa15-label')),
    row(
      'O23',
      'check',
      'CRL and OCSP by choice only',
      notApplicable('signature', 'the key in metadata is trusted, not its certificate (IIP-MD12)'),
    ),
  ],
};
