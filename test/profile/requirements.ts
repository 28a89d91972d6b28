/** Every demand on a service provider that we know of, each tied to a test or to a reason. */
import type { Chapter } from './requirement';
import { verification } from './requirements/asvs';
import { federation } from './requirements/nist';
import { ticketPractice } from './requirements/oauth';
import { refeds } from './requirements/refeds';
import { cheatSheet } from './requirements/owasp';
import { deploymentProfile } from './requirements/sdp';
import { implementationProfile } from './requirements/iip';
import { standard } from './requirements/oasis';

export const chapters: readonly Chapter[] = [
  implementationProfile,
  deploymentProfile,
  standard,
  cheatSheet,
  verification,
  federation,
  ticketPractice,
  refeds,
];
