/** NIST SP 800-63C-4, Federation and Assertions (final since August 2025): what it demands of a relying party at FAL2. */
import { covered, coveredBut, later, notApplicable, requirement as row, type Chapter } from '../requirement';

export const federation: Chapter = {
  title: 'NIST SP 800-63C-4, federation assurance level 2',
  source: 'https://pages.nist.gov/800-63-4/sp800-63c.html',
  requirements: [
    row(
      'N1',
      'MUST',
      'The assertion is signed by the key of the expected issuer, over all that counts',
      covered('signature/single-byte', 'message.structure/every-row', 'signature/many-keys'),
    ),
    row(
      'N2',
      'MUST',
      'The audience names this relying party',
      covered('C-aud-none', 'C-aud-prefix', 'C-aud-case'),
    ),
    row(
      'N3',
      'MUST',
      'The window of the assertion is enforced, and is not the length of the session',
      covered('conditions.window/skew-exclusive', 'session.handle/open-page', 'session.handle/idle'),
    ),
    row(
      'N4',
      'MUST',
      'Identifiers are those of one issuer, never global',
      coveredBut(
        'Wix knows a member by the address alone: a domain belongs to the connections that name it',
        'metadata.idp/products',
        'policy.email/persistent',
      ),
    ),
    row(
      'N5',
      'MUST',
      'An assertion cannot be injected: it answers a request of this very browser',
      covered('login.begin/challenge-in-tab', 'state.request/one-of-fifty', 'ticket.redeem/s256'),
    ),
    row(
      'N6',
      'MUST',
      'One assertion is one event',
      covered('state.replay/once', 'state.replay/hundred-copies', 'state.replay/redis'),
    ),
    row(
      'N7',
      'MUST',
      'The trust agreement names parties, attributes and purpose in writing',
      coveredBut(
        'our metadata carries organisation, contacts, privacy statement and requested attributes; the agreement itself is between organisations',
        'metadata.own/texts',
        'metadata.own/federation',
      ),
    ),
    row(
      'N8',
      'MUST',
      'Keys come by a way that protects them, and roll without a new agreement',
      covered('metadata.idp/address', 'metadata.refresh/guarded', 'metadata.idp/signed'),
    ),
    row(
      'N9',
      'MUST',
      'Accounts made at the first sign-in end when the account at the IdP ends',
      covered('session.revoke/okta', 'session.revoke/unblocked-once', 'session.revoke/owner-first'),
    ),
    row(
      'N10',
      'SHOULD',
      'Signals that an account was disabled or a session ended are received and acted on',
      covered('session.revoke/okta', 'logout/idp-top-level', 'session.handle/open-page'),
    ),
    row(
      'N11',
      'MUST',
      'The session of the relying party has an end of its own, and re-authentication by age',
      covered('session.handle/idle', 'session.handle/late', 'policy.authentication/demanded'),
    ),
    row(
      'N12',
      'SHOULD',
      'No more attributes than are needed',
      later(
        'metadata.own',
        'which ones a site needs beyond the address, its owner knows: nothing is asked for by itself',
      ),
    ),
    row(
      'N13',
      'MUST',
      'FAL3: the subscriber proves a key to the relying party',
      notApplicable(
        'confirmation.bearer',
        'FAL2 is what the bearer profile reaches; holder of key is refused',
      ),
    ),
  ],
};
