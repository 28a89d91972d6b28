// A browser tab without a browser: loads pages of the site as Wix does, once on the server and once in the tab, and keeps
// what a tab keeps (session storage, the session cookie). Page code gets a worker's globals: no document, no window.

import { webcrypto } from 'node:crypto';
import { corsFetch } from './cors-fetch.mjs';
import { buildTrouble } from './build.mjs';
import { frontendModules } from './frontend.mjs';
import { findPage } from './pages.mjs';
import { SiteCode } from './site-code.mjs';
import { memberOfSession, sessionOf } from './tokens.mjs';

const NAVIGATIONS = 20;
const QUIET_MS = 15;
const SETTLE_MS = 90_000;
/** A page that waits this long has come to rest; what it waits for happens when a test says that the time has passed. */
const REST_MS = 60_000;

export class Tab {
  #world;
  storage = new Map();
  local = new Map();
  session = null;
  history = [];
  page = null;
  leftTo = null;

  /** @param {{ preview?: boolean, storageBlocked?: boolean, missingElements?: string[], pageOrigin?: string, locale?: string }} options */
  constructor(world, options = {}) {
    this.#world = world;
    this.options = options;
  }

  /** Loads an address of the site and follows what its pages do until nothing happens any more. */
  async goto(address) {
    this.leftTo = null;
    await this.#load(new URL(address.startsWith('/') ? this.#world.baseUrl() + address : address));
    return this.#follow();
  }

  /** Only the server's pass, for a page that a real browser goes on with. */
  async render(url) {
    const entry = { url: url.href, shown: [], serverEffects: [] };
    const page = await this.#pass(url, 'backend', entry);
    return page.elements;
  }

  reload() {
    return this.goto(this.page.url.href);
  }

  /** The browser's back button after the tab left the site: the page as it was, with what it waited for. */
  back() {
    this.leftTo = null;
    this.page.revive();
    return this.#follow();
  }

  /** After the clock was moved: whatever the page waited for until now. */
  wake() {
    this.page.wake();
    return this.#follow();
  }

  /** What Wix's own form does: somebody signs in or out without any code of the page. */
  signInWithWix(email) {
    this.session = email === null ? null : sessionOf(this.#world, email);
  }

  async click(id) {
    const element = this.page.elements.get(id);
    if (!element || element.hidden || !(element.onClick || element.link))
      throw new Error(`Nothing to click at ${id}`);
    if (element.onClick) await this.page.run(element.onClick);
    // Wix follows the link as well; whoever leaves first, leaves.
    if (element.link) this.page.next ??= new URL(element.link, this.#world.origin);
    return this.#follow();
  }

  snapshot() {
    const member = memberOfSession(this.#world, this.session);
    return {
      url: this.page.url.href,
      path: this.page.url.pathname.slice(this.#world.options.sitePath.length) || '/',
      leftTo: this.leftTo,
      member: member ? { email: member.loginEmail, name: member.profile.nickname } : null,
      elements: Object.fromEntries(
        [...this.page.elements].map(([id, { kind, text, label, hidden }]) => [
          id,
          { kind, text, label, hidden },
        ]),
      ),
      storage: Object.fromEntries(this.storage),
      local: Object.fromEntries(this.local),
      history: this.history,
    };
  }

  async #follow() {
    for (let count = 0; count < NAVIGATIONS; count += 1) {
      await this.page.settle();
      const next = this.page.next;
      if (!next) return this.snapshot();
      this.page.alive = false;
      if (!isOfSite(this.#world, next)) {
        this.leftTo = next.href;
        return this.snapshot();
      }
      await this.#load(next);
    }
    throw new Error('The pages send the tab around in circles');
  }

  async #load(url) {
    if (this.page) this.page.alive = false;
    const entry = { url: url.href, shown: [], serverEffects: [] };
    this.history.push(entry);
    // The preview has no server pass.
    if (!this.options.preview) await this.#pass(url, 'backend', entry);
    this.page = await this.#pass(url, 'browser', entry);
  }

  async #pass(url, env, entry) {
    const page = new Page(this.#world, this, { url, env, entry });
    await page.open();
    if (env === 'backend') {
      await page.settle();
      page.alive = false;
    }
    return page;
  }
}

/** One pass of one page load. */
class Page {
  #world;
  #ready = [];
  #busy = 0;
  alive = true;
  next = null;
  elements = new Map();
  loginHandlers = [];
  loggedInAt = 0;
  #suspended = [];
  /** What waits in the background, with when it is due. */
  #resting = [];

  constructor(world, tab, { url, env, entry }) {
    this.#world = world;
    this.tab = tab;
    this.url = url;
    this.env = env;
    this.entry = entry;
  }

  async open() {
    const page = findPage(this.#world, this.url.pathname);
    if (!page) return;
    for (const [id, initial] of Object.entries(page.elements)) {
      if (!this.tab.options.missingElements?.includes(id)) this.elements.set(id, { ...initial });
    }
    if (buildTrouble(this.#world) !== null) return;
    const code = this.#code();
    try {
      await code.import(page.code);
    } catch (error) {
      this.report(error);
    }
    for (const handler of this.#ready) this.run(handler);
  }

  /** What page code does on the server cannot be undone by the visitor; tests expect none of it. */
  effect(name) {
    if (this.env === 'backend') this.entry.serverEffects.push(name);
    if (!this.alive || this.env === 'backend') throw new Error(`${name} is not available here`);
  }

  /** Runs a handler; whatever it starts counts as activity of the page. */
  async run(handler) {
    try {
      await this.track(Promise.resolve(handler({ type: 'click' })));
    } catch (error) {
      this.report(error);
    }
  }

  async track(work) {
    this.#busy += 1;
    try {
      return await work;
    } finally {
      this.#busy -= 1;
    }
  }

  report(error) {
    this.#world.log.push({ level: 'error', text: `Page ${this.url.pathname}: ${error?.stack ?? error}` });
  }

  revive() {
    this.alive = true;
    this.next = null;
    for (const run of this.#suspended.splice(0)) run();
  }

  async settle() {
    const until = Date.now() + SETTLE_MS;
    for (let quietSince = Date.now(); Date.now() < until;) {
      if (this.next) return;
      if (this.#busy > 0) quietSince = Date.now();
      else if (Date.now() - quietSince >= QUIET_MS) return;
      await new Promise((resolve) => {
        setTimeout(resolve, 3);
      });
    }
    throw new Error(`The page ${this.url.pathname} does not come to rest`);
  }

  #code() {
    const world = this.#world;
    const shims = frontendModules(world, this);
    return new SiteCode(world, {
      globals: this.#globals(),
      shims,
      resolve: (specifier) => {
        if (specifier.startsWith('backend/')) throw new Error(`${specifier} cannot be imported on a page`);
        return undefined;
      },
    });
  }

  #globals() {
    const subtle = this.#world.options.withoutSubtle ? undefined : this.#subtle();
    const report = (...values) =>
      this.#world.log.push({ level: 'error', text: values.map(String).join(' ') });
    return {
      $w: this.#selector(),
      console: { log: () => undefined, info: () => undefined, warn: report, error: report },
      crypto: { subtle, getRandomValues: (array) => webcrypto.getRandomValues(array) },
      setTimeout: (run, delay = 0) => this.#timer(run, delay),
      clearTimeout,
      URL,
      URLSearchParams,
      TextEncoder,
      TextDecoder,
      btoa,
      atob,
    };
  }

  #subtle() {
    return { digest: (name, data) => this.track(webcrypto.subtle.digest(name, data)) };
  }

  wake() {
    const due = this.#resting.filter(({ at }) => at <= this.#world.now());
    this.#resting = this.#resting.filter((one) => !due.includes(one));
    for (const { run } of due) run();
  }

  #timer(run, delay) {
    if (delay >= REST_MS) return void this.#resting.push({ run, at: this.#world.now() + delay });
    this.#busy += 1;
    return setTimeout(() => {
      this.#busy -= 1;
      if (this.alive) run();
      else this.#suspended.push(run);
    }, delay * this.#world.options.timerScale);
  }

  fetch(input, init) {
    this.effect('fetch');
    return this.track(corsFetch(input, init, this.tab.options.pageOrigin ?? this.#world.origin));
  }

  #selector() {
    const selector = (id) => {
      if (id === 'Text') {
        return [...this.elements]
          .filter(([, { kind }]) => kind === 'text')
          .map(([each, element]) =>
            selected(element, { id: each, entry: this.entry, options: this.#world.options }),
          );
      }
      const element = this.elements.get(id);
      // An element that the page does not have: an empty list, on which nothing can be called.
      return element ? selected(element, { id, entry: this.entry, options: this.#world.options }) : [];
    };
    selector.onReady = (handler) => this.#ready.push(handler);
    return selector;
  }
}

function selected(element, { id, entry, options }) {
  return {
    get text() {
      return element.text;
    },
    set text(value) {
      if (typeof value !== 'string') throw new TypeError('text must be a string');
      element.text = value;
      if (id === options.statusId && value !== '') entry.shown.push(value);
    },
    get label() {
      return element.label;
    },
    set label(value) {
      element.label = value;
    },
    get link() {
      return element.link ?? '';
    },
    set link(value) {
      if (options.linkRemovable) element.link = value;
    },
    get hidden() {
      return element.hidden === true;
    },
    show: async () => void (element.hidden = false),
    hide: async () => void (element.hidden = true),
    ...(element.kind === 'button' ? { onClick: (handler) => void (element.onClick = handler) } : {}),
  };
}

function isOfSite(world, url) {
  const { sitePath } = world.options;
  return url.origin === world.origin && (sitePath === '' || `${url.pathname}/`.startsWith(`${sitePath}/`));
}
