// The backend modules of Wix, as far as the site's code uses them, with the quirks that their documentation names.

import { AsyncLocalStorage } from 'node:async_hooks';
import { createDataModule } from './data.mjs';
import { page } from './page.mjs';
import { SiteCode } from './site-code.mjs';
import { issueSessionToken } from './tokens.mjs';
import { findOrAddMember } from './world.mjs';

/** One container: its own global scope, its own module-level memory. */
export function createContainer(world) {
  const elevated = new AsyncLocalStorage();
  const log =
    (level) =>
    (...values) =>
      world.log.push({ level, text: values.map(String).join(' ') });
  return new SiteCode(world, {
    globals: {
      console: { log: log('log'), info: log('info'), warn: log('warn'), error: log('error') },
      setTimeout,
      clearTimeout,
      URL,
      URLSearchParams,
      TextEncoder,
      TextDecoder,
    },
    shims: backendModules(world, elevated),
  });
}

export function backendModules(world, elevated = new AsyncLocalStorage()) {
  // Wix elevates functions of Wix, not just any function.
  const elevatable = new WeakSet();
  const wixFunction = (run) => {
    elevatable.add(run);
    return run;
  };
  const elevate = (run) => {
    if (!elevatable.has(run)) throw new TypeError('elevate() takes a function of a Wix module');
    return (...values) => elevated.run(true, () => run(...values));
  };
  const isElevated = () => elevated.getStore() === true;
  const modules = {
    'wix-http-functions': httpFunctionsModule(),
    'wix-data': { default: createDataModule(world) },
    'wix-auth': { elevate },
    'wix-fetch': { fetch: (address, init) => fetch(atHome(world, address), init) },
    'wix-data.v2': collectionsModule(world, wixFunction, isElevated),
    'wix-members-backend': {
      authentication: { generateSessionToken: (email) => generateSessionToken(world, email) },
    },
    'wix-members.v2': {
      members: {
        queryMembers: wixFunction((options) => queryMembers(world, options, isElevated())),
        updateMember: wixFunction((id, change) => updateMember(world, id, change, isElevated())),
        blockMember: wixFunction((id) => setStatus(world, id, 'BLOCKED', isElevated())),
        approveMember: wixFunction((id) => setStatus(world, id, 'APPROVED', isElevated())),
        getMember: wixFunction((id, options) => getMember(world, id, options, isElevated())),
      },
    },
  };
  if (world.options.modules === 'old') delete modules['wix-data.v2'];
  if (world.options.userMembers) {
    modules['@wix/members'] = {
      userMembers: { queryUserMembers: wixFunction(() => queryUserMembers(world, isElevated())) },
    };
  }
  if (world.options.modules === 'new') {
    modules['wix-secrets-backend.v2'] = {
      secrets: { getSecretValue: wixFunction((name) => secretValue(world, name, isElevated())) },
    };
  } else {
    modules['wix-secrets-backend'] = { getSecret: async (name) => secret(world, name) };
  }
  if (world.options.signOn) {
    modules['@wix/identity'] = {
      authentication: {
        signOn: wixFunction((loginId, options) => signOn(world, loginId, options, isElevated())),
      },
    };
  }
  return modules;
}

/** The site's own domain leads here, and nowhere into the internet. */
function atHome(world, address) {
  const { domain } = world.options;
  if (domain === null || !address.startsWith(`${domain}/`)) return address;
  return world.baseUrl() + address.slice(domain.length);
}

/** Fixed helpers ignore a status of their own; only response() takes one. */
function httpFunctionsModule() {
  const fixed =
    (status) =>
    (options = {}) => ({ headers: options.headers, body: options.body, status });
  return {
    ok: fixed(200),
    created: fixed(201),
    badRequest: fixed(400),
    forbidden: fixed(403),
    notFound: fixed(404),
    serverError: fixed(500),
    response: (options = {}) => ({ ...options }),
  };
}

function secret(world, name) {
  if (world.secretFault) throw new Error(world.secretFault);
  if (!world.secrets.has(name)) throw new Error(`Secret ${name} not found`);
  return world.secrets.get(name);
}

async function secretValue(world, name, isElevated) {
  if (!isElevated) throw Object.assign(new Error('Forbidden'), { code: 'FORBIDDEN' });
  const value = secret(world, name);
  return world.options.secretShape === 'text' ? value : { value };
}

async function generateSessionToken(world, email) {
  await pause();
  needMembersArea(world);
  if (world.memberFault === 'token') throw new Error('UNKNOWN');
  if (world.memberFault === 'nothing') return undefined;
  if (world.memberFault === 'empty') return '';
  const member = findOrAddMember(world, world.memberFault === 'other' ? `not-${email}` : email);
  if (member.status === 'BLOCKED' && world.options.refuseBlocked) throw new Error('PERMISSION_DENIED');
  return issueSessionToken(world, member);
}

/** @returns {Promise<{ sessionToken: string, identity: object }>} 403 unless elevated or asked with an API key */
export async function signOn(world, loginId, options = {}, allowed = false) {
  await pause();
  if (!allowed || world.memberFault === 'signOn')
    throw Object.assign(new Error('Forbidden'), { status: 403 });
  const member = findOrAddMember(world, loginId.email);
  const { firstName, lastName, nickname } = options.profile ?? {};
  const name = nickname ?? [firstName, lastName].filter(Boolean).join(' ');
  if (name) member.profile.nickname = name;
  if (firstName) member.contact.firstName = firstName;
  if (lastName) member.contact.lastName = lastName;
  return {
    sessionToken: issueSessionToken(world, member),
    identity: {
      _id: member._id,
      status: { name: 'ACTIVE' },
      email: { address: member.loginEmail, isVerified: false },
    },
  };
}

function queryMembers(world, options, isElevated) {
  const full = options?.fieldsets?.includes('FULL') === true;
  const filters = [];
  let limit = 50;
  const builder = {
    eq(field, value) {
      const same =
        field === 'loginEmail' && world.options.memberQuery === 'caseBlind'
          ? (one, other) => one.toLowerCase() === other.toLowerCase()
          : (one, other) => one === other;
      filters.push((member) => same(member[field], value));
      return builder;
    },
    limit(count) {
      limit = count;
      return builder;
    },
    async find() {
      await pause();
      if (!isElevated) throw Object.assign(new Error('PERMISSION_DENIED'), { code: 'PERMISSION_DENIED' });
      if (world.memberFault === 'query') throw new Error('UNAVAILABLE');
      needMembersArea(world);
      const indexed = world.now() - world.options.memberLagMs;
      const items = [...world.members.values()].filter(
        (member) => Date.parse(member._createdDate) <= indexed && filters.every((holds) => holds(member)),
      );
      return page(
        items.map((member) => (full ? fullFields(world, member) : publicFields(member))),
        limit,
      );
    },
  };
  return builder;
}

async function getMember(world, id, options, isElevated) {
  await pause();
  if (!isElevated) throw Object.assign(new Error('PERMISSION_DENIED'), { code: 'PERMISSION_DENIED' });
  if (world.memberFault === 'get') throw new Error('UNAVAILABLE');
  const member = world.members.get(id);
  if (!member) throw Object.assign(new Error(`Member ${id} not found`), { code: 'MEMBER_NOT_FOUND' });
  return options?.fieldsets?.includes('FULL') === true ? fullFields(world, member) : publicFields(member);
}

async function setStatus(world, id, status, isElevated) {
  await pause();
  if (!isElevated || world.memberFault === 'block') throw new Error('PERMISSION_DENIED');
  const member = world.members.get(id);
  if (!member) throw new Error('MEMBER_NOT_FOUND');
  member.status = status;
  return { member: { ...member } };
}

async function updateMember(world, id, { contact, profile }, isElevated) {
  world.memberUpdates += 1;
  await pause();
  if (world.memberFault === 'updateHangs') await new Promise(() => undefined);
  if (!isElevated || world.memberFault === 'update') throw new Error('PERMISSION_DENIED');
  const member = world.members.get(id);
  Object.assign(member.contact, contact);
  Object.assign(member.profile, profile);
  return { ...member };
}

/** Members who are Wix users: the owner and collaborators. */
function queryUserMembers(world, isElevated) {
  const filters = [];
  const builder = {
    eq(field, value) {
      filters.push((member) => member[field] === value);
      return builder;
    },
    limit: () => builder,
    async find() {
      await pause();
      if (!isElevated || world.memberFault === 'userMembers') throw new Error('PERMISSION_DENIED');
      const users = [...world.members.values()].filter(({ role }) => role !== undefined);
      const items = users.map(({ _id }) => ({ memberId: _id, userId: _id }));
      return { items: items.filter((item) => filters.every((holds) => holds(item))) };
    },
  };
  return builder;
}

function collectionsModule(world, wixFunction, isElevated) {
  const needElevation = () => {
    if (!isElevated()) throw Object.assign(new Error('PERMISSION_DENIED'), { code: 'PERMISSION_DENIED' });
    if (world.dataFault) throw Object.assign(new Error(world.dataFault), { code: world.dataFault });
  };
  const described = (name) => {
    const role = world.openCollections.has(name) ? 'ANYONE' : 'ADMIN';
    return { _id: name, permissions: { read: role, insert: role, update: role, remove: role } };
  };
  return {
    collections: {
      getDataCollection: wixFunction(async (name) => {
        needElevation();
        if (!world.collections.has(name)) throw Object.assign(new Error('WDE0025'), { code: 'WDE0025' });
        return described(name);
      }),
      createDataCollection: wixFunction(async ({ _id, permissions, fields }) => {
        needElevation();
        if (world.options.collectionsFixed) throw new Error('PERMISSION_DENIED');
        if (!_id || !permissions || !(fields?.length > 0)) throw new Error('INVALID_ARGUMENT');
        world.collections.set(_id, new Map());
        if (Object.values(permissions).some((role) => role !== 'ADMIN')) world.openCollections.add(_id);
        return described(_id);
      }),
    },
  };
}

function needMembersArea(world) {
  if (!world.options.membersArea) throw new Error('Members Area is not installed');
}

/** What Wix may or may not tell is left out, as it would be. */
function fullFields(world, { loginEmailVerified, _createdDate, ...member }) {
  return {
    ...member,
    ...(world.options.verifiedReadable ? { loginEmailVerified } : {}),
    ...(world.options.createdReadable ? { _createdDate } : {}),
  };
}

function publicFields({ _id, profile }) {
  return { _id, profile, status: 'UNKNOWN', privacyStatus: 'UNKNOWN', activityStatus: 'UNKNOWN' };
}

function pause() {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
