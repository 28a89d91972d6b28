import { site } from '/__wix/browser/site.js';

const { location, history } = globalThis;

export default {
  get baseUrl() {
    return location.origin + site.sitePath;
  },
  get url() {
    return location.href;
  },
  get path() {
    return location.pathname.slice(site.sitePath.length).split('/').filter(Boolean);
  },
  get query() {
    const query = Object.fromEntries(new URLSearchParams(location.search));
    delete query.__preview;
    return query;
  },
  queryParams: {
    remove(names) {
      const url = new URL(location.href);
      for (const name of names) url.searchParams.delete(name);
      history.replaceState(null, '', url);
    },
  },
  to(address) {
    location.assign(/^https?:/.test(address) ? address : site.sitePath + address);
  },
};
