// The documents as a site: the same files that a repository shows, with search in the page and no request to anybody else.
// The source is the whole repository, so that README.md, SECURITY.md and src/README.md are pages where they stand and every
// relative link means the same as there.

import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { defineConfig } from 'vitepress';

const root = join(import.meta.dirname, '..', '..');

/** Linked to, but no page; copied beside the pages. */
const files = [
  'LICENSE',
  'docs/examples/Caddyfile',
  'docs/examples/nginx.conf',
  'docs/examples/express/server.ts',
  'docs/examples/traces/tracing.cjs',
];

/** As GitHub makes it; test/guards checks anchors by the same rule. */
const anchorOf = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
    .replace(/ /g, '-');

/** A folder's README is its index here; a file that is no page opens as it is. */
function withSiteLinks(markdown) {
  const standard = markdown.renderer.rules.link_open;
  markdown.renderer.rules.link_open = (tokens, index, options, env, self) => {
    const token = tokens[index];
    const href = token.attrGet('href') ?? '';
    if (!/^([a-z]+:|#)/.test(href)) {
      const target = posix.join(posix.dirname(env.relativePath ?? ''), href);
      if (files.includes(target)) {
        token.attrSet('href', `/${target}`);
        token.attrSet('target', '_self');
      } else token.attrSet('href', href.replace(/(^|\/)README\.md(?=#|$)/, '$1index.md'));
    }
    return standard(tokens, index, options, env, self);
  };
}

const page = (text, link) => ({ text, link });

/** By the heading of each page, in its alphabet. */
const products = readdirSync(join(root, 'docs', 'idps'))
  .filter((name) => name.endsWith('.md') && name !== 'README.md')
  .map((name) => {
    const [, title = name] = /^# (.+)$/m.exec(readFileSync(join(root, 'docs', 'idps', name), 'utf8')) ?? [];
    return page(title, `/docs/idps/${name.replace(/\.md$/, '')}`);
  })
  .sort((one, other) => one.text.localeCompare(other.text, 'en'));

export default defineConfig({
  title: 'wix-saml',
  description: 'SAML 2.0 sign-in for the members of Wix sites',
  lang: 'en',
  srcDir: root,
  outDir: join(import.meta.dirname, 'dist'),
  cacheDir: join(import.meta.dirname, 'cache'),
  srcExclude: ['test/{catalogue,support,system,unit,vectors}/**', 'ci-output/**', 'coverage/**', '.*/**'],
  rewrites: (id) => id.replace(/(^|\/)README\.md$/, '$1index.md'),
  cleanUrls: false,
  lastUpdated: false,
  markdown: {
    anchor: { slugify: anchorOf },
    config: withSiteLinks,
    languageAlias: { sh: 'bash' },
  },
  ignoreDeadLinks: files.map((name) => `/${name}`),
  buildEnd: ({ outDir }) => {
    for (const name of files) {
      mkdirSync(dirname(join(outDir, name)), { recursive: true });
      copyFileSync(join(root, name), join(outDir, name));
    }
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: { level: [2, 3] },
    nav: [
      page('Site owner', '/docs/wix-site'),
      page('IT admin', '/docs/idps/'),
      page('Operator', '/docs/set-up'),
      page('Developer', '/docs/library'),
    ],
    sidebar: [
      { text: 'Site owner', items: [page('The Wix site', '/docs/wix-site')] },
      {
        text: 'IT admin',
        items: [
          page('Identity providers', '/docs/idps/'),
          { text: 'By product', collapsed: true, items: products },
        ],
      },
      {
        text: 'Operator',
        items: [
          page('Set it up', '/docs/set-up'),
          page('Operation', '/docs/operation'),
          page('Examples', '/docs/examples/'),
          page('Options', '/docs/options'),
          page('Errors', '/docs/errors'),
          page('Events', '/docs/events'),
          page('HTTP', '/docs/http'),
        ],
      },
      {
        text: 'Developer',
        items: [
          page('As a library', '/docs/library'),
          page('Architecture', '/src/'),
          page('Why the gate holds', '/docs/gate'),
          page('Security model', '/docs/security-model'),
          page('Security policy', '/SECURITY'),
          page('Testing', '/docs/testing'),
          page('Conformance', '/docs/conformance'),
          page('Contributing', '/CONTRIBUTING'),
          page('Changelog', '/CHANGELOG'),
        ],
      },
    ],
  },
});
