// What a test may do to the emulated site, and ask of it: POST /__control/<verb> with a JSON object.

import { Tab } from './tab.mjs';
import { issueSessionToken } from './tokens.mjs';
import { addMember, findOrAddMember } from './world.mjs';
import { send } from './server.mjs';

const VERBS = {
  state: ({ world }) => ({
    members: [...world.members.values()].map(({ _id, loginEmail, status, profile, contact }) => ({
      id: _id,
      email: loginEmail,
      name: profile.nickname,
      status,
      contact,
    })),
    calls: world.calls,
    logins: world.logins,
    tokensIssued: world.tokensIssued,
    memberUpdates: world.memberUpdates,
    collections: Object.fromEntries([...world.collections].map(([name, items]) => [name, items.size])),
    log: world.log,
  }),
  /** Who each token was made for, and how the calls ended: small, also after thousands. */
  tally: ({ world }) => ({
    minted: [...world.minted],
    calls: world.calls.map(({ name, at, status, fault }) => ({ name, at, status, fault })),
  }),
  fault: ({ world }, fault) => void world.faults.push(fault),
  clearFaults({ world }) {
    world.faults.length = 0;
    world.dataFault = null;
    world.memberFault = null;
    world.secretFault = null;
  },
  /** A code of Wix Data that every operation answers. */
  dataFault: ({ world }, { code }) => void (world.dataFault = code),
  /** 'query', 'get', 'update', 'updateHangs', 'other', 'token', 'nothing', 'empty' or 'signOn': which call about members fails, and how. */
  memberFault: ({ world }, { name }) => void (world.memberFault = name),
  secretFault: ({ world }, { message }) => void (world.secretFault = message),
  clock: ({ world }, { offsetMs }) => void (world.clockOffsetMs = offsetMs),
  secret({ world }, { name, value }) {
    if (value === null) world.secrets.delete(name);
    else world.secrets.set(name, value);
  },
  /** Only switches that are read at the time of use; what shapes the backend's modules is fixed at the start. */
  options: ({ world }, options) => void Object.assign(world.options, options),
  /** New code, as when the owner presses Publish. */
  publish(site, { code }) {
    if (code) site.world.options.code = code;
    site.world.options.published = true;
    site.publish();
  },
  member({ world }, { email, ...change }) {
    const known = [...world.members.values()].find(({ loginEmail }) => loginEmail === email);
    const member = known ?? addMember(world, { email, verified: change.verified });
    if (change.status) member.status = change.status;
    if (change.verified !== undefined) member.loginEmailVerified = change.verified;
    if (change.role) member.role = change.role;
    if (change.name) member.profile.nickname = change.name;
  },
  collection({ world }, { name, exists, open }) {
    if (open) world.openCollections.add(name);
    else world.openCollections.delete(name);
    if (exists && open !== undefined && world.collections.has(name)) return;
    if (exists) world.collections.set(name, new Map());
    else world.collections.delete(name);
  },
  /** A token as generateSessionToken() would make it, past all checks: for tests of what comes after. */
  sessionToken: ({ world }, { email }) => ({
    sessionToken: issueSessionToken(world, findOrAddMember(world, email)),
  }),
  /** Calls an export of a backend file, as a scheduled job of the site would. */
  runBackend: async (site, { module, name, values }) => ({
    result: (await (await site.container().import(`backend/${module}`))[name](...values)) ?? null,
  }),
  openTab({ world, tabs }, options) {
    const id = String(tabs.size + 1);
    tabs.set(id, new Tab(world, options));
    return { id };
  },
  tabGoto: ({ tabs }, { id, address }) => tabs.get(id).goto(address),
  tabClick: ({ tabs }, { id, element }) => tabs.get(id).click(element),
  tabBack: ({ tabs }, { id }) => tabs.get(id).back(),
  tabWake: ({ tabs }, { id }) => tabs.get(id).wake(),
  tabSignIn: ({ tabs }, { id, email }) => tabs.get(id).signInWithWix(email),
  tabReload: ({ tabs }, { id }) => tabs.get(id).reload(),
};

export async function answerControl(site, { url, body }, response) {
  const verb = url.pathname.slice('/__control/'.length);
  if (!Object.hasOwn(VERBS, verb)) return send(response, 404, { message: `No control ${verb}` });
  const input = body.length > 0 ? JSON.parse(body.toString('utf8')) : {};
  return send(response, 200, (await VERBS[verb](site, input)) ?? {});
}
