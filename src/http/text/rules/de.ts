// What every rule of a sign-in demands, in German.

import type { RuleText } from './en';

export const de: RuleText = {
  'message.encoding': 'Die Nachricht ist Base64 von UTF-8-Text und nicht zu groß',
  'message.structure':
    'Die Nachricht ist eine einfache SAML-Response mit einer Assertion an der richtigen Stelle',
  signature: 'Jede Signatur stammt von einem Schlüssel dieses IdP, und eine deckt die Assertion ab',
  'response.version': 'Die Response ist SAML 2.0',
  'response.id': 'Die Response hat eine ID',
  'response.issueInstant': 'Die Response wurde nicht in der Zukunft ausgestellt',
  'response.status': 'Der IdP meldet Erfolg',
  'response.issuer': 'Die Response kommt vom IdP dieser Verbindung',
  'response.destination': 'Die Response ist an unseren ACS gerichtet',
  'response.inResponseTo': 'Die Response beantwortet unsere Anfrage',
  'assertion.version': 'Die Assertion ist SAML 2.0',
  'assertion.id': 'Die Assertion hat eine ID',
  'assertion.issuer': 'Die Assertion kommt vom IdP dieser Verbindung',
  'assertion.issueInstant':
    'Die Assertion wurde innerhalb des letzten Tages ausgestellt, nicht in der Zukunft',
  'subject.present': 'Die Assertion handelt von einer Person',
  'confirmation.bearer': 'Eine SubjectConfirmation hat die Methode bearer',
  'confirmation.notBefore': 'Die Bearer-Bestätigung gilt schon',
  'confirmation.recipient': 'Die Bearer-Bestätigung ist für unseren ACS',
  'confirmation.inResponseTo': 'Die Bearer-Bestätigung beantwortet unsere Anfrage',
  'confirmation.notOnOrAfter': 'Die Bearer-Bestätigung hat ein Ende',
  'confirmation.open': 'Die Bearer-Bestätigung ist nicht abgelaufen',
  'confirmation.bounded': 'Die Bearer-Bestätigung gilt nicht länger als einen Tag',
  'conditions.present': 'Die Assertion hat Conditions',
  'conditions.known': 'Jede Bedingung ist uns bekannt',
  'conditions.window': 'NotBefore liegt vor NotOnOrAfter',
  'conditions.notBefore': 'Die Assertion gilt schon',
  'conditions.notOnOrAfter': 'Die Assertion gilt noch',
  'conditions.audience': 'Die Assertion ist für uns bestimmt',
  'authn.present': 'Jemand hat sich angemeldet',
  'authn.instant': 'Die Anmeldung liegt in der Vergangenheit',
  'authn.session': 'Die Sitzung beim IdP ist nicht beendet',
  'policy.authentication': 'Die Person hat sich so angemeldet, wie die Verbindung es verlangt',
  'policy.forceAuthn': 'Die Person hat sich für diese Anfrage neu angemeldet',
  'policy.email': 'Es gibt genau eine Adresse, und sie liegt in den Domains der Verbindung',
  'policy.domain': 'Die Domain der Adresse ist durch DNS nachgewiesen',
};
