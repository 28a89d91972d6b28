// The frontend modules of Wix for an emulated tab. `page` is one pass of one page load; in the server's pass, whatever
// needs a browser fails and is recorded.

import { applySessionToken, memberOfSession } from './tokens.mjs';

const LATE_LOGIN_MS = 20;

export function frontendModules(world, page) {
  const authentication = authenticationModule(world, page);
  const { tab } = page;
  const modules = {
    'wix-location-frontend': { default: locationModule(world, page) },
    'wix-window-frontend': {
      default: {
        rendering: { env: page.env },
        viewMode: tab.options.preview ? 'Preview' : 'Site',
        browserLocale: tab.options.locale ?? 'en-US',
        multilingual: { isEnabled: world.options.language !== null, currentLanguage: world.options.language },
      },
    },
    'wix-storage-frontend': {
      session: storageModule(page, page.tab.storage),
      local: storageModule(page, page.tab.local),
    },
    'wix-fetch': { fetch: (input, init) => page.fetch(input, init) },
    'wix-members-frontend': {
      currentMember: {
        async getMember() {
          if (!world.options.currentMemberReadable) throw new Error('Something went wrong');
          return memberOfSession(world, tab.session);
        },
      },
      ...(world.options.modules === 'old' ? { authentication } : {}),
    },
  };
  if (world.options.modules === 'new' && world.options.authenticationPackage)
    modules['@wix/authentication'] = authentication;
  return modules;
}

function authenticationModule(world, page) {
  const { tab } = page;
  return {
    async applySessionToken(token) {
      page.effect('applySessionToken');
      if (tab.options.preview) throw new Error('Not available in preview');
      const applied = applySessionToken(world, token);
      if (applied.refused) throw new Error('UNAUTHORIZED');
      if (world.options.lateLogin) {
        setTimeout(() => signIn(world, page, applied), LATE_LOGIN_MS);
        return;
      }
      signIn(world, page, applied);
    },
    loggedIn: () => memberOfSession(world, tab.session) !== undefined,
    async logout() {
      page.effect('logout');
      if (world.options.logoutFails) throw new Error('Something went wrong');
      tab.session = null;
      if (world.options.reloadOnLogout) {
        page.next = page.url;
        page.alive = false;
      }
    },
    onLogin(handler) {
      page.loginHandlers.push(handler);
      return () => undefined;
    },
  };
}

function signIn(world, page, { session, member }) {
  // A page that left before the session stood takes it along to nowhere.
  if (!page.alive) return;
  page.tab.session = session;
  if (world.options.reloadOnLogin) {
    page.next = page.url;
    return;
  }
  for (const handler of page.loginHandlers) handler(member);
}

function locationModule(world, page) {
  return {
    get baseUrl() {
      return world.baseUrl();
    },
    get url() {
      return page.env === 'browser' ? page.url.href : page.url.href.split('#')[0];
    },
    get path() {
      return page.url.pathname.slice(world.options.sitePath.length).split('/').filter(Boolean);
    },
    get query() {
      return Object.fromEntries(page.url.searchParams);
    },
    queryParams: {
      remove(names) {
        page.effect('queryParams.remove');
        const url = new URL(page.url);
        for (const name of names) url.searchParams.delete(name);
        page.url = url;
      },
    },
    to(address) {
      page.effect('to');
      // The first navigation wins, as in a browser that is already leaving.
      const path = /^https?:/.test(address) ? address : world.options.sitePath + address;
      page.next ??= new URL(path, world.origin);
    },
  };
}

function storageModule(page, storage) {
  const { options } = page.tab;
  const use = () => {
    page.effect('session');
    if (options.storageBlocked) throw new Error('Storage is not available');
  };
  return {
    getItem(name) {
      use();
      return storage.get(name) ?? null;
    },
    setItem(name, value) {
      use();
      storage.set(name, String(value));
    },
    removeItem(name) {
      use();
      storage.delete(name);
    },
  };
}
