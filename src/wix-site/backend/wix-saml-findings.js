// What would stop a sign-in now, by the code that a sign-in would be refused with. The operator's check and the owner's
// self-check ask the same questions here, so they cannot disagree.

import { lowerCase } from 'backend/wix-saml-address';
import { COLLABORATORS, isCollaborator } from 'backend/wix-saml-collaborators';
import { collectionState } from 'backend/wix-saml-collection';
import { mints } from 'backend/wix-saml-mint';
import { allMembers, membersWith, veloFetch } from 'backend/wix-saml-platform';
import { readRecord, recordedIds } from 'backend/wix-saml-records';
import { refusal, Refusal } from 'backend/wix-saml-refusal';

/** Names nobody (RFC 2606 §2): not whether somebody is a member is asked, only whether asking works. */
const NOBODY = 'nobody@example.invalid';
const NO_MEMBER = '00000000-0000-0000-0000-000000000000';

/**
 * @param {import('./wix-saml-configuration').SiteConfiguration} configuration
 * @returns {Promise<string[]>} codes
 */
export async function findProblems(configuration) {
  const questions = [
    async () => {
      if (typeof mints[configuration.mint] !== 'function') throw refusal('SITE_MINT_NOT_INSTALLED');
    },
    async () => {
      const state = await collectionState();
      if (state === 'missing') throw refusal('SITE_STORE_UNAVAILABLE');
      if (state === 'open') throw refusal('SITE_COLLECTION_OPEN');
    },
    () => asked('SITE_STORE_UNAVAILABLE', readRecord('landing', 'page')),
    () => asked('SITE_MEMBER_STATUS_UNKNOWN', membersWith([NOBODY])),
    () => asked('SITE_COLLABORATORS_UNKNOWN', isCollaborator(NO_MEMBER)),
  ];
  const problems = [];
  for (const question of questions) {
    try {
      await question();
    } catch (error) {
      problems.push(error instanceof Refusal ? error.code : 'SITE_FAILED');
    }
  }
  return [...new Set(problems)];
}

/**
 * Whether our HTTP functions answer at the site's address; an empty request is refused by our code and by nobody else's.
 * Each side asks for those that it was not called by.
 * @param {('samlSession' | 'samlSessionCheck' | 'samlPage')[]} names
 * @returns {Promise<string[]>} codes
 */
export async function functionProblems(configuration, ...names) {
  const found = await Promise.all(names.map((name) => functionProblem(configuration, name)));
  return [...new Set(found.flat())];
}

async function functionProblem({ aud }, name) {
  try {
    const reply = await veloFetch(aud.replace(/\/+$/, '') + '/_functions/' + name, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{}',
      redirect: 'manual',
    });
    const { error } = await reply.json();
    return reply.status === 400 && error === 'SITE_REQUEST_INVALID' ? [] : ['SITE_FUNCTION_MISSING'];
  } catch {
    return ['SITE_FUNCTION_MISSING'];
  }
}

/** Whether the owner need not list the collaborators. */
export const knowsCollaborators = COLLABORATORS === 'wix';

/**
 * Whether the landing page has ever called the self-check: its code is where it belongs.
 * @returns {Promise<boolean | null>} null where that cannot be found out
 */
export async function landingSeen() {
  return readRecord('landing', 'page').then(
    (record) => record !== null,
    () => null,
  );
}

/**
 * Members with an address of the company whom the site does not know and Wix has not verified: a colleague who signed up
 * before there was single sign-on, or somebody else who did so with a colleague's address.
 * @returns {Promise<{ members: import('./wix-saml-platform').Member[], complete: boolean }>}
 */
export async function strangers({ emailDomains, preRegistered }) {
  if (preRegistered === 'accept') return { members: [], complete: true };
  const [{ members, complete }, known] = await Promise.all([allMembers(), recordedIds('member')]);
  const ofCompany = ({ loginEmail }) =>
    emailDomains.includes('*') || emailDomains.includes(lowerCase(String(loginEmail)).split('@').pop());
  const found = members.filter(
    (member) => ofCompany(member) && member.verified !== true && !known.ids.has(member.id),
  );
  return { members: found, complete: complete && known.complete };
}

async function asked(code, work) {
  await work.catch((error) => {
    throw refusal(code, error);
  });
}
