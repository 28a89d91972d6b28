import { site } from '/__wix/browser/site.js';

export default {
  rendering: { env: 'browser' },
  viewMode: site.preview ? 'Preview' : 'Site',
  browserLocale: globalThis.navigator.language,
  multilingual: { isEnabled: site.language !== null, currentLanguage: site.language },
};
