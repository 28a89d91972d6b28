// Where things are in each of Wix's editors, in its own words, and what an editor cannot do.

/** Wix Editor; Wix Studio with its IDE; either of them with the site's code in a Git repository. */
export const editors = ['editor', 'studio', 'git'] as const;
export type Editor = (typeof editors)[number];

export type Places = Readonly<Record<Editor, string>>;

export const editorNames: Places = {
  editor: 'Wix Editor',
  studio: 'Wix Studio',
  git: 'Git integration',
};

/** Said first, before anybody starts. */
export const editorLimits: Places = {
  editor:
    'These steps are for the Wix Editor. Sites made with Wix Harmony or Wix Studio Two take no such code: on them this way of signing in does not work.',
  studio:
    'These steps are for Wix Studio. Sites made with Wix Studio Two or Wix Harmony take no such code: on them this way of signing in does not work.',
  git: 'These steps are for a site of the Wix Editor or Wix Studio whose code is connected to GitHub. Sites made with Wix Harmony or Wix Studio Two take no such code. Pages and elements are made in the editor; a page’s file cannot be added by Git.',
};

const dashboardSecret = 'Dashboard → Developer Tools → Secrets Manager → Store Secret.';
const dashboardCollection =
  'Dashboard → CMS → Create Collection → Start from scratch; then Manage Fields → Add Field, and More Actions → Permissions & Privacy.';

export const places = {
  code: {
    editor:
      'Add Apps → Wix Members Area → Add to Site. Then, in the top bar, Dev Mode → Turn on Dev Mode; the code panel opens on the left.',
    studio:
      'Add Elements → Community → Members Area. Then the { } Code icon on the left → Start Coding; files are edited in the Wix IDE.',
    git: 'In the editor: Members Area as an app, then Dev Mode → Turn on Dev Mode (Studio: { } Code → Start Coding), and the GitHub icon of the code panel → Connect to GitHub. Clone the repository and run npm install in it.',
  },
  packages: {
    editor: 'Code panel → Packages & Apps → npm → Install package from npm.',
    studio: 'Code panel → Packages & Apps → npm → Install package from npm.',
    git: 'In the clone, with the Wix CLI: wix install, followed by the name.',
  },
  files: {
    editor:
      'Code panel → Public & Backend. Under Backend: + → Expose site API, which makes http-functions.js. Under Public: + → New .js file. Replace whatever a new file holds.',
    studio:
      'Code panel → Open Wix IDE. In its Explorer, New File in the folder backend or public, with the name as it is written here.',
    git: 'wix-saml site --into, followed by the clone’s directory, writes them into src/backend and src/public; commit and push them to the default branch.',
  },
  secret: { editor: dashboardSecret, studio: dashboardSecret, git: dashboardSecret },
  collection: { editor: dashboardCollection, studio: dashboardCollection, git: dashboardCollection },
  landing: {
    editor:
      'Pages & Menu → Add Page → Blank Page; its Settings → SEO basics → URL slug, with “Let search engines index this page” off; Hide from menu. Select the text → Properties & Events panel → ID; Hidden is under Default Values there. The code goes into the page’s code at the bottom.',
    studio:
      'Pages → Add Page → Blank; its Settings → SEO basics → URL slug, with indexing off; Hide from menu. Select the text → Properties & Events panel of the code panel → ID; Hidden is under Default Values there. The code goes into Page Code.',
    git: 'The page, its URL slug and the element IDs (Properties & Events panel; Hidden under Default Values) are made in the editor. Save, pull, and put the code into the file that appeared: src/pages, the page’s name, a number, .js.',
  },
  button: {
    editor:
      'Add Elements → Button → Link icon → Web Address, Current window. ID in the Properties & Events panel.',
    studio:
      'Add Elements → Button → Link icon → Web Address, Current window. ID in the Properties & Events panel.',
    git: 'The button, its link (Web Address, Current window) and its ID are made in the editor; the code goes into the page’s file in src/pages.',
  },
  members: {
    editor:
      'Pages & Menu → the page → Settings → Permissions → Everyone. The code goes into the page’s code.',
    studio: 'Pages → the page → Settings → Permissions → Everyone. The code goes into Page Code.',
    git: 'Page Settings → Permissions → Everyone in the editor; the code goes into the page’s file in src/pages.',
  },
  publish: {
    editor: 'Publish, at the top right.',
    studio: 'Publish, at the top right.',
    git: 'Push to the default branch, then Publish in the editor or wix publish.',
  },
  check: {
    editor: 'In a browser, on the published site.',
    studio: 'In a browser, on the published site.',
    git: 'In a browser, on the published site.',
  },
} as const satisfies Readonly<Record<string, Places>>;
