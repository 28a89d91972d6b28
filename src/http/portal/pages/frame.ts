// The frame of the set-up pages: which connection, which step, and the one heading. Steps are links where there is something
// to see; nothing depends on a script.

import { markup, verbatim, type Html } from '../../html';
import type { Page } from '../../reply';
import type { Brand } from '../../../wix/site';
import type { Words } from '../../text/words';
import { named } from '../../text/values';
import { brandStyle } from './brand';
import { languageSwitch, type LanguageSwitch } from './language-switch';
import { copyScript, portalStyle } from './style';

export interface StepLink {
  readonly label: string;
  /** Absent: there is nothing to see yet. */
  readonly href?: string;
  readonly current: boolean;
}

export interface Frame {
  readonly words: Words;
  readonly switch: LanguageSwitch;
  readonly title: string;
  /** Whose pages these are: the site, and the connection by its name. */
  readonly site: string;
  /** Of the site; absent: ours. */
  readonly brand?: Brand;
  readonly connection: string;
  readonly steps: readonly StepLink[];
  /** Where forms may lead; default: nowhere but here. */
  readonly formAction?: string;
  /** When the session ends, in milliseconds since 1970. */
  readonly endsAt?: number;
}

/** @param content what stands inside <main>, with the page's only <h1> */
export function framedPage(frame: Frame, content: Html): Page {
  const { title, endsAt, words, brand = {} } = frame;
  const style = brand.colour === undefined ? portalStyle : `${portalStyle}${brandStyle(brand.colour)}`;
  const say = words.setup.frame;
  const html = markup`<!doctype html>
<html lang="${words.language}" dir="${words.dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} – ${frame.site}</title>
<link rel="icon" href="data:,">
${verbatim(`<style>${style}</style>`)}
</head>
<body>
<a class="skip" href="#content">${say.skip}</a>
<header>
${brand.logo === undefined ? undefined : markup`<img class="logo" src="${brand.logo}" alt="">`}
<p>${say.heading(named(frame.site), named(frame.connection))}</p>
${frame.steps.length === 0 ? undefined : stepList(frame.steps, say.steps)}
</header>
<main id="content" tabindex="-1">
${content}
</main>
<footer>
<p id="copied" role="status"></p>
${endsAt === undefined ? undefined : markup`<p>${say.openUntil(words.instant(endsAt))}</p>`}
${languageSwitch(words, frame.switch)}
</footer>
${verbatim(`<script>${copyScript}</script>`)}
</body>
</html>
`;
  return {
    html,
    policy: { style, script: copyScript, formAction: frame.formAction ?? "'self'" },
  };
}

const stepList = (steps: readonly StepLink[], label: string): Html => markup`<nav aria-label="${label}"><ol>
${steps.map(({ label: step, href, current }) =>
  href === undefined
    ? markup`<li><span>${step}</span></li>`
    : markup`<li><a href="${href}"${current ? markup` aria-current="step"` : undefined}>${step}</a></li>`,
)}
</ol></nav>`;
