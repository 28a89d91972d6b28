// The frame of the set-up pages: which connection, which step, and the one heading. Steps are links where there is something
// to see; nothing depends on a script.

import { markup, verbatim, type Html } from '../../html';
import type { Page } from '../../reply';
import { copyScript, portalStyle } from './style';

export interface StepLink {
  readonly label: string;
  /** Absent: there is nothing to see yet. */
  readonly href?: string;
  readonly current: boolean;
}

export interface Frame {
  readonly title: string;
  /** Whose pages these are: the site, and the connection by its name. */
  readonly site: string;
  readonly connection: string;
  readonly steps: readonly StepLink[];
  /** Where forms may lead; default: nowhere but here. */
  readonly formAction?: string;
  /** When the session ends, in milliseconds since 1970. */
  readonly endsAt?: number;
}

/** @param content what stands inside <main>, with the page's only <h1> */
export function framedPage(frame: Frame, content: Html): Page {
  const { title, endsAt } = frame;
  const html = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}: ${frame.site}</title>
<link rel="icon" href="data:,">
${verbatim(`<style>${portalStyle}</style>`)}
</head>
<body>
<header>
<p>Single sign-on for <strong>${frame.site}</strong>, connection <strong>${frame.connection}</strong></p>
${frame.steps.length === 0 ? undefined : stepList(frame.steps)}
</header>
<main>
${content}
</main>
<footer>
<p id="copied" role="status"></p>
${endsAt === undefined ? undefined : markup`<p>These pages are open in this browser until ${instant(endsAt)}.</p>`}
</footer>
${verbatim(`<script>${copyScript}</script>`)}
</body>
</html>
`;
  return {
    html,
    policy: { style: portalStyle, script: copyScript, formAction: frame.formAction ?? "'self'" },
  };
}

const stepList = (steps: readonly StepLink[]): Html => markup`<nav aria-label="Steps"><ol>
${steps.map(({ label, href, current }) =>
  href === undefined
    ? markup`<li><span>${label}</span></li>`
    : markup`<li><a href="${href}"${current ? markup` aria-current="step"` : undefined}>${label}</a></li>`,
)}
</ol></nav>`;

/** Minutes in UTC. */
export const instant = (milliseconds: number): string =>
  `${new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
