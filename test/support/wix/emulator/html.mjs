// The site's pages as HTML for a real browser. The browser runs the site's page code and public files as they are; an
// import map leads the names of Wix modules to the shims in ../browser.

import { createHash } from 'node:crypto';
import { findPage } from './pages.mjs';

const SHIMS = {
  'wix-location-frontend': 'location.js',
  'wix-window-frontend': 'window.js',
  'wix-storage-frontend': 'storage.js',
  'wix-members-frontend': 'members.js',
  'wix-fetch': 'fetch.js',
};

/** @returns {string | undefined} undefined for a path that the site does not have */
export function renderPage(world, { url, member, preview, elements }) {
  const page = findPage(world, url.pathname);
  if (!page) return undefined;
  const { siteName, sitePath } = world.options;
  const closed = page.membersOnly && !member;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(page.title)} – ${escape(siteName)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
<script type="importmap">${json({ imports: imports(world) })}</script>
<script type="application/json" id="wix-site">${json(siteData(world, { page, member, preview }))}</script>
</head>
<body>
<header>
<p class="name">${escape(siteName)}</p>
<nav aria-label="Site"><a href="${sitePath}/">Home</a> <a href="${sitePath}/members">Members</a></nav>
<p id="loginBar">${member ? `Signed in as <strong>${escape(member.profile.nickname)}</strong>` : 'Not signed in'}</p>
</header>
<main>
<h1>${escape(page.title)}</h1>
${closed ? '<p>This page is for members. Sign in on the home page.</p>' : [...elements].map(renderElement).join('\n')}
</main>
<footer><p>An emulated Wix site, for trying things out on one machine.</p></footer>
${closed ? '' : '<script type="module" src="/__wix/browser/start.js"></script>'}
</body>
</html>
`;
}

function imports(world) {
  const shims = Object.fromEntries(
    Object.entries(SHIMS).map(([name, file]) => [name, `/__wix/browser/${file}`]),
  );
  if (world.options.modules === 'new') shims['@wix/authentication'] = '/__wix/browser/authentication.js';
  return { ...shims, 'public/': '/__wix/code/public/', 'backend/': '/__wix/code/backend/' };
}

function siteData(world, { page, member, preview }) {
  const { sitePath, reloadOnLogin, withoutSubtle, modules, language } = world.options;
  return {
    code: `/__wix/code/${page.code}`,
    sitePath,
    preview,
    reloadOnLogin,
    withoutSubtle,
    language,
    oldModules: modules === 'old',
    member: member ? { _id: member._id, loginEmail: member.loginEmail, profile: member.profile } : null,
  };
}

function renderElement([id, { kind, text, label, hidden, link }]) {
  const attributes = `id="${id.slice(1)}"${hidden ? ' hidden' : ''}`;
  if (kind === 'button' && link)
    return `<a class="button" href="${escape(link)}" ${attributes}>${escape(label ?? '')}</a>`;
  if (kind === 'button') return `<button type="button" ${attributes}>${escape(label ?? '')}</button>`;
  return `<p ${attributes}${id === '#status' ? ' role="status"' : ''}>${escape(text ?? '')}</p>`;
}

/** JSON inside a script element must not be able to end it. */
function json(value) {
  return JSON.stringify(value).replace(/</g, '\\u003c');
}

function escape(text) {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Weak caching of code would hide an edit during a demo; a hash keeps reloads cheap. */
export function entityTag(text) {
  return `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
}

const STYLE = `
:root { color-scheme: light; font: 1.05rem/1.5 system-ui, sans-serif; }
body { margin: 0; color: #1c2330; background: #f4f6fa; }
header { display: flex; gap: 1.5rem; align-items: baseline; flex-wrap: wrap; padding: .75rem 1.5rem; background: #fff;
  border-bottom: 1px solid #ccd3df; }
[hidden] { display: none !important; }
header p { margin: 0; }
.name { font-weight: 700; }
nav a { color: #1a4fa3; margin-right: .75rem; }
#loginBar { margin-left: auto; }
main { max-width: 40rem; margin: 3rem auto; padding: 2rem; background: #fff; border: 1px solid #ccd3df;
  border-radius: .5rem; }
h1 { margin-top: 0; }
button, .button { display: inline-block; text-decoration: none; font: inherit; padding: .6rem 1.4rem; border: 0; border-radius: .35rem; color: #fff; background: #1a4fa3;
  cursor: pointer; }
button:focus-visible, a:focus-visible { outline: 3px solid #f0a500; outline-offset: 2px; }
footer { text-align: center; font-size: .9rem; color: #4b5566; }
`;
