// What a first configuration is made of: each value with its question, its flag and what it must look like. Wrong ones are
// refused before a file is written, because a file is edited by hand and a flag is typed in haste.

import { isLoopbackHost } from '../core/loopback';

export type FirstAddress = 'baseUrl' | 'siteUrl' | 'domain' | 'emailFrom';

export interface FirstQuestion {
  readonly name: FirstAddress;
  readonly flag: string;
  readonly question: string;
  /** An example, and what stands in the file when nothing is said. */
  readonly standard: string;
  /** What is wrong with a value, and what to write; undefined when it will do. */
  readonly problemOf: (value: string) => string | undefined;
}

const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/i;

function addressProblem(value: string): string | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    return 'is no address. Write it with https:// in front, such as https://sso.acme.com';
  }
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    return 'uses plain http, which is for this machine only. Write https://';
  }
  if (url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') {
    return 'has more than a host and a path. Leave out user name, query and fragment';
  }
  return undefined;
}

export const firstQuestions: readonly FirstQuestion[] = [
  {
    name: 'baseUrl',
    flag: '--base-url',
    question: 'At which address will people’s browsers reach this service?',
    standard: 'https://sso.example.com',
    problemOf: addressProblem,
  },
  {
    name: 'siteUrl',
    flag: '--site-url',
    question: 'What is the address of the Wix site?',
    standard: 'https://www.example.com',
    problemOf: addressProblem,
  },
  {
    name: 'domain',
    flag: '--domain',
    question: 'Which mail domain does the organisation have?',
    standard: 'example.com',
    problemOf: (value) =>
      DOMAIN.test(value) ? undefined : 'is no mail domain. Write what stands behind the @, such as acme.com',
  },
  {
    name: 'emailFrom',
    flag: '--email-from',
    question: 'Where does the IdP put the e-mail address: nameId, or the name of an attribute?',
    standard: 'nameId',
    problemOf: (value) =>
      value.trim() === '' || value.length > 256
        ? 'is empty or too long. Write nameId or an attribute’s name'
        : undefined,
  },
];
