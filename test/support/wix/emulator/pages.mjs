// The site's pages: which code runs on them and which elements they have. Page code is the site owner's paste-in code
// from src/wix-site/pages, apart from the members page, which stands for whatever a site has to offer.

const TEXT = 'text';
const BUTTON = 'button';

/** @returns {Record<string, { title: string, code: string, elements: Record<string, object>, membersOnly?: boolean }>} */
export function sitePages(world) {
  return {
    '/': {
      title: 'Home',
      code: 'pages/sign-in-button',
      elements: {
        '#signInButton': { kind: BUTTON, label: 'Sign in', ...linkOf(world) },
        '#status': { kind: TEXT, text: '' },
      },
    },
    [world.options.landingPage]: {
      title: 'Signing in',
      code: world.options.landingCode,
      elements: {
        // What the owner typed into the editor: the page says it from its first byte on.
        '#footer': { kind: TEXT, text: 'Acme, 2026' },
        [world.options.statusId]: { kind: TEXT, text: 'Signing you in…' },
        '#reference': { kind: TEXT, text: '', hidden: true },
        '#signInButton': { kind: BUTTON, label: 'Sign in', hidden: true },
        '#otherButton': { kind: BUTTON, label: 'No', hidden: true },
      },
    },
    '/news': {
      title: 'News',
      code: 'pages/members-page',
      elements: {
        '#status': { kind: TEXT, text: '' },
        '#signInButton': { kind: BUTTON, label: 'Sign in', hidden: true },
      },
    },
    '/members': {
      title: 'Members',
      code: 'pages/members',
      membersOnly: true,
      elements: { '#greeting': { kind: TEXT, text: '' } },
    },
  };
}

const linkOf = ({ options }) => (options.buttonLink === null ? {} : { link: options.buttonLink });

/** The page behind a path, without a trailing slash. */
export function findPage(world, pathname) {
  const pages = sitePages(world);
  const path = pathname.slice(world.options.sitePath.length) || '/';
  return pages[path.length > 1 ? path.replace(/\/$/, '') : path];
}
