// What a site's owner does by hand, in the words of the editor at hand. The one source of the printed handout, of the lines
// that `wix-saml site` shows and of the steps in src/wix-site/README.md.

import { functionLines, packagesFor, pageCode, type ModuleChoice } from './site-files';
import { places, type Editor, type Places } from './site-places';

export type StepId =
  | 'code'
  | 'packages'
  | 'files'
  | 'secret'
  | 'collection'
  | 'landing'
  | 'button'
  | 'members'
  | 'publish'
  | 'check';

/** One thing to do: where, what, with which values, and how it looks when it is right. */
export interface SiteStep {
  readonly id: StepId;
  readonly title: string;
  /** Menus and buttons on the way, as the editor names them. */
  readonly where: string;
  /** Sentences. */
  readonly what: readonly string[];
  /** To be copied, each as a whole. */
  readonly values: readonly StepValue[];
  readonly right: string;
  /** A site works without it. */
  readonly optional: boolean;
}

export interface StepValue {
  readonly label: string;
  readonly text: string;
}

/** What the steps are about: one site of one service provider. */
export interface StepFacts {
  readonly editor: Editor;
  readonly choice: ModuleChoice;
  /** Name of the site in our configuration. */
  readonly site: string;
  readonly siteUrl: string;
  readonly serviceProvider: string;
  /** Path on the site, such as `/sso`. */
  readonly landingPage: string;
  readonly secret: { readonly name: string; readonly value: string };
  readonly collection: string;
  /** The one-time address of the self-check. */
  readonly checkLink: string;
}

type StepWords = Omit<SiteStep, 'id' | 'where' | 'optional' | 'values'> &
  Partial<Pick<SiteStep, 'optional' | 'values'>>;

const writers: Readonly<Record<StepId, (facts: StepFacts) => StepWords | undefined>> = {
  code: () => ({
    title: 'Members and code',
    what: ['Add the Members Area to the site and switch its code on.'],
    right: 'the editor shows a code panel, and the site’s apps list the Members Area.',
  }),
  packages: packagesStep,
  files: filesStep,
  secret: ({ secret }) => ({
    title: 'Secret',
    what: [
      'Store one secret with this name and value. It holds public keys and names only.',
      'Put the addresses of the site’s owner and collaborators into "deniedEmails": their sessions can do more.',
    ],
    values: [
      { label: 'Name', text: secret.name },
      { label: 'Value', text: secret.value },
    ],
    right: 'the list shows the name.',
  }),
  collection: ({ collection, choice }) => ({
    title: 'Collection',
    optional: !choice.oldModules,
    what: [
      ...(choice.oldModules
        ? []
        : [
            'The check in the last step makes it by itself. By hand only if the check says that it is missing:',
          ]),
      'Create a collection with this name and ID, and a field of type Date and Time with this Field ID.',
      'Every permission is Admin: for viewing, adding, updating and deleting.',
    ],
    values: [
      { label: 'Name and ID', text: collection },
      { label: 'Field ID', text: 'expiresAt' },
    ],
    right: 'the collection is empty and its permissions say that only admins may view its content.',
  }),
  landing: ({ landingPage }) => ({
    title: 'Landing page',
    what: [
      'Add a blank page with this address and paste the code into it.',
      'Give it a text that says “Signing you in…”, exactly; in other words it works too, if the text’s ID is status.',
      'If you like, also a text with the ID reference and buttons with the IDs signInButton and otherButton, all hidden on load:',
      'the check asks with the buttons about members who registered before, with an address of your company.',
    ],
    values: [
      { label: 'Address (URL slug)', text: landingPage.replace(/^\//, '') },
      { label: 'Text', text: 'Signing you in…' },
      { label: 'Page code', text: pageCode('landing') },
    ],
    right: 'the page shows the text, and the code panel names the page above the code.',
  }),
  button: ({ serviceProvider, site }) => ({
    title: 'Button',
    what: [
      'Wherever people should sign in, add a button that links to this address in the same window.',
      'What stands behind return_to is the page they come to. The link works before any code has loaded.',
      'With the ID signInButton and this page code, the button also signs out.',
    ],
    values: [
      { label: 'Link', text: signInLink(serviceProvider, site) },
      { label: 'Page code', text: pageCode('sign-in-button') },
    ],
    right: 'a click on the published site leads to your company’s sign-in.',
  }),
  members: () => ({
    title: 'Members’ pages',
    what: [
      'Let everyone open the pages for members and paste this code into each of them; otherwise people meet Wix’s own form,',
      'for which they have no password. The code takes them to their company’s sign-in and back to the page.',
      'It is a door and not a lock: what only members may read belongs into collections that only members may read.',
      'Take Wix’s login bar off your pages, or its form is one click away.',
    ],
    values: [{ label: 'Page code', text: pageCode('members-page') }],
    right: 'a visitor who is not signed in and opens such a page comes to your company’s sign-in.',
    optional: true,
  }),
  publish: () => ({
    title: 'Publish',
    what: ['Publish the site. Nothing of this works in the preview.'],
    right: 'the published site shows the landing page’s text at its address.',
  }),
  check: ({ checkLink }) => ({
    title: 'Check',
    what: [
      'Open this address. The page shows for every step whether it is right; the browser that opens it first may open it again.',
      'A page that goes on saying “Signing you in…” or nothing has no code: look at the files and the page’s code, and publish.',
    ],
    values: [{ label: 'Address', text: checkLink }],
    right: 'the page says that all is in place.',
  }),
};

/** In the order in which they are done; what a choice makes needless is left out. */
export function siteSteps(facts: StepFacts): readonly SiteStep[] {
  return (Object.keys(writers) as StepId[]).flatMap((id) => {
    const words = writers[id](facts);
    if (words === undefined) return [];
    return [{ values: [], optional: false, ...words, id, where: placeOf(facts.editor, id) }];
  });
}

export const placeOf = (editor: Editor, id: StepId): string => (places[id] satisfies Places)[editor];

/** An ordinary link: without a challenge the service provider leads to the landing page, which starts properly. */
export const signInLink = (serviceProvider: string, site: string): string =>
  `${serviceProvider}/saml/login?site=${encodeURIComponent(site)}&return_to=%2Fmembers`;

function filesStep({ choice }: StepFacts): StepWords {
  const own = choice.ownFunctions
    ? {
        what: ['Your http-functions.js stays yours: add the lines to it that bring our functions.'],
        values: [{ label: 'Lines for your backend/http-functions.js', text: functionLines() }],
      }
    : {
        what: [
          'If your site has an http-functions.js already, do not replace it: ask for a page that was made with --own-functions.',
        ],
      };
  return {
    title: 'Files',
    ...own,
    what: [
      'Bring the two files into the site. They need no change; settings and sentences stand at the head of the second.',
      ...own.what,
    ],
    right: 'each of the two names appears once in the list of files.',
  };
}

function packagesStep({ choice }: StepFacts): StepWords | undefined {
  const packages = packagesFor(choice);
  if (packages.length === 0) return undefined;
  return {
    title: 'Packages',
    what: [`Install from npm: ${packages.join(', ')}.`],
    values: packages.map((name) => ({ label: 'Package', text: name })),
    right: 'the package stands in the list with a version.',
  };
}
