/** RFC 9700, Best Current Practice for OAuth 2.0 Security, as the measure of our ticket, which is a code with PKCE. */
import { covered, coveredBut, requirement as row, type Chapter } from '../requirement';

export const ticketPractice: Chapter = {
  title: 'RFC 9700, as the measure of the ticket',
  source: 'https://www.rfc-editor.org/rfc/rfc9700',
  requirements: [
    row(
      'R1',
      'MUST',
      'PKCE, and S256 alone (§2.1.1)',
      covered('ticket.redeem/s256', 'login.begin/no-challenge'),
    ),
    row(
      'R2',
      'MUST',
      'A code belongs to the tab that began (§2.1.1, §4.5)',
      covered('ticket.redeem/wrong-verifier', 'login.begin/challenge-in-tab'),
    ),
    row(
      'R3',
      'MUST',
      'Addresses are compared exactly (§2.1, §4.1)',
      covered('ticket.redeem/arrives', 'ticket.redeem/other-site'),
    ),
    row(
      'R4',
      'MUST NOT',
      'No open redirector (§4.11)',
      covered('policy.returnTo/stays', 'logout/no-open-redirect'),
    ),
    row('R5', 'MUST', 'A code works once, also when it was stolen (§4.5)', covered('ticket.redeem/once')),
    row('R6', 'MUST', 'Issuers cannot be mixed up (§4.4)', covered('state.replay/two-idps')),
    row(
      'R7',
      'MUST NOT',
      'No token in an address (§2.1.2, §4.3)',
      covered('ticket.redeem/leaks-nothing', 'http.headers/protecting'),
    ),
    row(
      'R8',
      'MUST NOT',
      'No redirect that would repeat a POST (§4.12)',
      coveredBut('the ACS goes on by a page', 'ticket.redeem/arrives', 'http.route/acs'),
    ),
    row(
      'R9',
      'MUST',
      'Pages cannot be framed (§4.16)',
      covered('http.headers/protecting', 'logout/never-framed'),
    ),
  ],
};
