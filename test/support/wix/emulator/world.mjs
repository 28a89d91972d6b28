// The state of one emulated Wix site: members, collections, secrets, faults, and a record of what happened to it.
// Everything that real Wix does in one of two documented or unknown ways is a switch in `defaults`.

import { randomBytes, randomUUID } from 'node:crypto';

/** Each switch names the variant that public documentation or practice suggests; tests run the other one as well. */
export const defaults = {
  /** Path of the site below its host, as with free sites: '' or '/mysite'. */
  sitePath: '',
  siteName: 'Example Portal',
  landingPage: '/sso',
  /** Origin under which the world knows the site, beside the one on this machine. */
  domain: null,
  /** Page code of the landing page, and the ID of its text. */
  landingCode: 'pages/landing',
  statusId: '#status',
  /** Link of the button on the home page; null for a button without one. */
  buttonLink: null,
  /** Whether page code may take a button's link away. */
  linkRemovable: true,
  /** Current language of a site that has several, such as 'de'; null for a site with one. */
  language: null,
  secrets: {},
  /** Collections that exist, with permissions for the administrator only unless they are in `openCollections`. */
  collections: ['SamlAssertions'],
  openCollections: [],
  /** Whether code may not make collections. */
  collectionsFixed: false,
  members: [],
  /** 'new': wix-secrets-backend.v2 and @wix/authentication; 'old': the modules that they replace. */
  modules: 'new',
  /** Adds @wix/identity. */
  signOn: false,
  /** Adds @wix/members, as an editor that has it would. */
  userMembers: false,
  /** Whether the Members Area is on the site; without it Wix answers nothing about members. */
  membersArea: true,
  /** Whether @wix/authentication is installed; only sites with the new modules can. */
  authenticationPackage: true,
  /** Whether a member whom the mint makes counts as verified. */
  mintedVerified: false,
  /** Whether Wix tells `loginEmailVerified` at all, and when a member was made. */
  verifiedReadable: true,
  createdReadable: true,
  /** How long a query for members does not find a new one. */
  memberLagMs: 0,
  /** What a container's first call takes longer. */
  coldStartMs: 0,
  /** HTTP functions and pages are those of the published site. */
  published: true,
  /** The site's files by name (`backend/wix-saml.js`), as `wix-saml site` writes them. */
  code: {},
  /** 'object': getSecretValue() answers `{ value }`; 'text': the bare text. */
  secretShape: 'object',
  /** Whether a session token can be applied a second time within its two minutes. */
  tokenSingleUse: false,
  /** 'documented': the token names its member; 'otherId': by an id that the members' API does not know; 'opaque': not at all. */
  tokenForm: 'documented',
  /** 'exact': a query for a login address distinguishes capitals; 'caseBlind': it does not. */
  memberQuery: 'exact',
  /** Whether the page is loaded again when a member signs in. */
  reloadOnLogin: false,
  /** Whether the page is loaded again when a member signs out, and nothing of it runs on. */
  reloadOnLogout: false,
  /** Whether logout() fails. */
  logoutFails: false,
  /** Whether page code learns who the member is. */
  currentMemberReadable: true,
  /** Whether applySessionToken() resolves a moment before the session stands. */
  lateLogin: false,
  /** Whether generateSessionToken() itself refuses a blocked member. */
  refuseBlocked: false,
  /** Sites with manual approval: members start as PENDING. */
  manualApproval: false,
  /** Whether errors of Wix Data carry `code` or only name it in their message. */
  dataErrorCode: true,
  /** Reads that are not consistent do not see what was written in this time. */
  mirrorLagMs: 5000,
  /** Free sites may not answer text/html from HTTP functions. */
  freeSite: false,
  handlerTimeoutMs: 14_000,
  requestsPerMinute: 5000,
  /** Of a hundred calls, those whose answer is lost although the function ran (504), and those whose connection is cut. */
  lostPercent: 0,
  resetPercent: 0,
  /** Containers that run the backend; module-level memory is not shared between them. */
  containers: 1,
  /** Value of the Authorization header that wixapis.com endpoints expect; null accepts any that is not empty. */
  apiKey: null,
  siteId: null,
  /** Browsers without crypto.subtle. */
  withoutSubtle: false,
  /** Factor for timers of pages in emulated tabs, so that tests need not wait. */
  timerScale: 1,
};

export function createWorld(options) {
  const settings = { ...defaults, ...options };
  const world = {
    options: settings,
    origin: '',
    metaSiteId: randomUUID(),
    collectionId: randomUUID(),
    signingKey: randomBytes(32),
    clockOffsetMs: 0,
    members: new Map(),
    collections: new Map(),
    secrets: new Map(Object.entries(settings.secrets)),
    faults: [],
    dataFault: null,
    memberFault: null,
    secretFault: null,
    /** Containers that have answered before. */
    warm: new WeakSet(),
    tokensUsed: new Set(),
    /** What opaque tokens stand for. */
    opaqueTokens: new Map(),
    tokensIssued: 0,
    /** For whom each token was made, by the token. */
    minted: new Map(),
    memberUpdates: 0,
    calls: [],
    logins: [],
    log: [],
    now: () => Date.now() + world.clockOffsetMs,
    baseUrl: () => world.origin + settings.sitePath,
  };
  world.openCollections = new Set(settings.openCollections);
  for (const name of settings.collections) world.collections.set(name, new Map());
  for (const member of settings.members) addMember(world, member);
  return world;
}

/** @param {{ email: string, name?: string, status?: string, role?: 'owner' | 'admin', verified?: boolean }} member */
export function addMember(world, { email, name, status, role, verified = true }) {
  const member = {
    _id: randomUUID(),
    loginEmail: email,
    loginEmailVerified: verified,
    status: status ?? (world.options.manualApproval ? 'PENDING' : 'APPROVED'),
    profile: { nickname: name ?? email.slice(0, email.indexOf('@')) },
    contact: {},
    role,
    _createdDate: new Date(world.now()).toISOString(),
  };
  world.members.set(member._id, member);
  return member;
}

/** Wix finds the member for a token regardless of case; what it does for a query is the switch `memberQuery`. */
export function memberWithEmail(world, email) {
  const wanted = email.toLowerCase();
  return [...world.members.values()].find(({ loginEmail }) => loginEmail.toLowerCase() === wanted);
}

export function findOrAddMember(world, email) {
  return (
    memberWithEmail(world, email) ??
    addMember(world, { email: email.toLowerCase(), verified: world.options.mintedVerified })
  );
}

export function memberById(world, id) {
  return world.members.get(id);
}
