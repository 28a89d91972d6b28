// The self-check for the site's owner: the landing page opened with the handout's one-time address. Shows green or red for
// each step, and one after the other the members who wait for the owner's decision.

import { askSelfCheck, keepForBrowser, randomText, recallForBrowser } from 'public/wix-saml-browser';

/** In the order of the handout; `codes` are the backend's. */
const STEPS = [
  {
    title: 'Members and code',
    codes: {
      SITE_MEMBER_STATUS_UNKNOWN: 'Wix does not answer about members. Is the Members Area on the site?',
    },
  },
  {
    title: 'Packages',
    codes: {
      SITE_MINT_NOT_INSTALLED: 'The secret asks for Sign On, and the files were made without it.',
      SITE_COLLABORATORS_UNKNOWN: 'Wix does not tell who the collaborators are. List them in "deniedEmails".',
    },
  },
  {
    title: 'Files',
    codes: {
      SITE_FUNCTION_MISSING:
        'The function samlSession does not answer at the address in the secret. Is http-functions.js complete, and the site published?',
      SITE_BACKEND_SILENT: 'The site’s backend does not answer. Are the files in backend complete?',
    },
  },
  {
    title: 'Secret',
    codes: {
      SITE_CONFIGURATION_MISSING: 'There is no secret named saml_config, or it cannot be read.',
      SITE_CONFIGURATION_INVALID: 'The secret saml_config is not valid. Paste the handout’s value once more.',
      SITE_CONFIGURATION_DIFFERS:
        'The secret saml_config does not say what this handout says. Paste the handout’s value once more.',
    },
  },
  {
    title: 'Collection',
    codes: {
      SITE_STORE_UNAVAILABLE: 'The collection SamlAssertions is missing or cannot be used.',
      SITE_COLLECTION_OPEN: 'The collection SamlAssertions is not closed. Set every permission to Admin.',
    },
  },
  { title: 'Landing page', codes: {} },
  {
    title: 'Clocks',
    codes: {
      SITE_CLOCK_OFF:
        'The clocks of the sign-in service and of the site differ. Tell whoever runs the service.',
      SITE_SERVICE_PROVIDER_UNREACHABLE:
        'The sign-in service does not answer the site. Tell whoever runs the service.',
    },
  },
];
/** Without a secret, nothing that stands behind it can be asked. */
const UNREADABLE = ['SITE_CONFIGURATION_MISSING', 'SITE_CONFIGURATION_INVALID', 'SITE_BACKEND_SILENT'];
const CLOSED = {
  invalid:
    'This address is not the one of your newest handout. Ask whoever runs the sign-in service for a new one.',
  ended: 'This address has ended. Ask whoever runs the sign-in service for a new handout.',
  elsewhere:
    'This address was opened in another browser before. If that was not you, ask whoever runs the sign-in service for a new handout, and look at the members whom the site has adopted.',
  storage: 'Your browser keeps nothing for this site. Allow site data for it, and open the address again.',
};

/**
 * @param {string} check out of the address
 * @param {(state: object) => object} show
 */
export async function showSelfCheck(check, show) {
  show(checkState('Checking how the sign-in is set up…'));
  const browser = recallForBrowser('check') || randomText(32);
  if (!keepForBrowser('check', browser)) return show(checkState(CLOSED.storage));
  const ask = async (decide) => {
    const answer = await askSelfCheck({ check, browser, decide }).catch(() => ({
      open: true,
      problems: ['SITE_BACKEND_SILENT'],
      members: [],
    }));
    return show(
      answer.open === true ? openState(answer, ask) : checkState(CLOSED[answer.why] || CLOSED.invalid),
    );
  };
  return ask(undefined);
}

function openState({ problems, members, more }, ask) {
  const [member] = members;
  const done = problems.length === 0 ? 'All is in place.' : 'Not everything is in place yet.';
  const lines = [done, ...STEPS.map((step) => lineOf(step, problems))];
  const again = { label: 'Check again', run: () => ask(undefined) };
  if (!member) return checkState(lines.join('\n'), again);
  lines.push(
    '',
    members.length +
      (more ? ' or more' : '') +
      ' registered before with an address of your company, and Wix has not verified it:',
    ...members.map(({ email }) => email),
    'Is ' + member.email + ' your colleague’s own account? Until you say so, nobody signs in to it.',
  );
  return {
    ...checkState(lines.join('\n'), {
      label: 'Yes, adopt ' + member.email,
      run: () => ask({ member: member.id, adopt: true }),
    }),
    other: { label: 'No, reject ' + member.email, run: () => ask({ member: member.id, adopt: false }) },
  };
}

function lineOf({ title, codes }, problems) {
  const code = problems.find((problem) => Object.keys(codes).includes(problem));
  if (code !== undefined) return '✗ ' + title + ': ' + codes[code] + ' (' + code + ')';
  const unseen = problems.some((problem) => UNREADABLE.includes(problem)) && title !== 'Landing page';
  return (unseen ? '– ' : '✓ ') + title + (unseen ? ': not looked at yet' : '');
}

function checkState(message, button) {
  return { name: 'check', message, reference: null, button: button || null };
}
