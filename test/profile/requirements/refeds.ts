/** REFEDS: profiles that federations of research and education ask of a service provider. */
import { covered, coveredBut, notApplicable, requirement as row, type Chapter } from '../requirement';

export const refeds: Chapter = {
  title: 'REFEDS',
  source: 'https://refeds.org/specifications',
  requirements: [
    row(
      'errorURL',
      'SHOULD',
      'Refusals offer the IdP’s errorURL with its placeholders filled',
      covered('http.pages/error-url'),
    ),
    row(
      'MFA request',
      'MUST',
      'https://refeds.org/profile/mfa is asked for and demanded, and nothing weaker accepted',
      covered('policy.authentication/mfa-asked', 'policy.authentication/mfa-no-step-down'),
    ),
    row(
      'MFA recency',
      'MUST',
      'With ForceAuthn the strong sign-in itself is new',
      covered('policy.authentication/mfa-fresh'),
    ),
    row('Sirtfi 2', 'SHOULD', 'Security contact and entity attribute', covered('metadata.own/federation')),
    row(
      'Code of Conduct 2',
      'SHOULD',
      'Category, privacy statement, names and descriptions, requested attributes',
      covered('metadata.own/federation', 'metadata.own/texts'),
    ),
    row(
      'Assurance',
      'MAY',
      'Values of eduPersonAssurance are read and never inferred',
      notApplicable('policy.authentication', 'nothing is decided by them'),
    ),
    row(
      'Personalized Access',
      'SHOULD',
      'Its attributes suffice',
      coveredBut('the address comes by `mail`', 'message.values/friendly-name'),
    ),
  ],
};
