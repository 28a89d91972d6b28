// The frame of every page: one style sheet, no external resource, readable in light and dark, with a keyboard and without
// a script. Pages are small: a person sees them when something needs their attention.

import { markup, verbatim, type Html } from '../html';
import type { Words } from '../text/words';

export const pageStyle = [
  ':root{color-scheme:light dark;--ink:#1a1c20;--soft:#555b66;--paper:#fff;--ground:#f3f4f7;--line:#c9ced8;--accent:#1b53c0;--on:#fff}',
  '@media (prefers-color-scheme:dark){:root{--ink:#eceef2;--soft:#b3b9c4;--paper:#1e2127;--ground:#131519;--line:#444b57;--accent:#8fb4ff;--on:#10131a}}',
  '*{box-sizing:border-box}',
  'body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.5rem;background:var(--ground);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}',
  'main{width:100%;max-width:27rem;padding:2rem;background:var(--paper);border:1px solid var(--line);border-radius:14px;overflow-wrap:anywhere}',
  'h1{margin:0 0 .75rem;font-size:1.4rem;line-height:1.25}',
  'h2{margin:1.75rem 0 .5rem;font-size:1rem}',
  'p{margin:0 0 1rem}p:last-child{margin-bottom:0}form+p{margin-top:1rem}a{color:var(--accent)}',
  'ul{list-style:none;margin:1.25rem 0 0;padding:0;display:grid;gap:.6rem}',
  'label{display:block;margin-bottom:.35rem;font-weight:600}',
  'input{width:100%;padding:.65rem .8rem;font:inherit;color:inherit;background:transparent;border:1px solid var(--soft);border-radius:9px}',
  'button,.button,.choice{display:block;width:100%;padding:.7rem 1rem;font:inherit;font-weight:600;text-align:center;text-decoration:none;border-radius:9px;cursor:pointer}',
  'button,a.button{margin-top:1rem;color:var(--on);background:var(--accent);border:1px solid var(--accent)}',
  '.choice{color:var(--ink);border:1px solid var(--soft);text-align:start}p>a.choice{text-align:center}.choice.away{color:var(--soft);border-style:dashed;font-weight:400;cursor:default}',
  'a.choice:hover{border-color:var(--accent)}button:hover,.button:hover{text-decoration:underline}',
  ':focus-visible{outline:3px solid var(--accent);outline-offset:2px}',
  '.error{margin-bottom:.5rem;padding-inline-start:.7rem;border-inline-start:4px solid var(--accent)}',
  '.site{margin:-.5rem 0 1rem;color:var(--soft)}.reference{margin-top:1.5rem;color:var(--soft)}code{direction:ltr;unicode-bidi:isolate;font:1rem ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;letter-spacing:.04em;color:var(--ink)}@media (max-width:20rem){body{padding:.5rem}main{padding:1rem}}',
].join('');

export interface PageContent {
  readonly title: string;
  /** What stands inside <main>, with the page's only <h1>. */
  readonly content: Html;
  readonly script?: string;
  /** The page goes on to this address at once. */
  readonly refreshTo?: string;
}

export function pageLayout({ language, dir }: Pick<Words, 'language' | 'dir'>, page: PageContent): Html {
  const { title, content, script, refreshTo } = page;
  return markup`<!doctype html>
<html lang="${language}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
${refreshTo === undefined ? undefined : markup`<meta http-equiv="refresh" content="0;url=${refreshTo}">`}
<title>${title}</title>
<link rel="icon" href="data:,">
${verbatim(`<style>${pageStyle}</style>`)}
</head>
<body>
<main>
${content}
</main>
${script === undefined ? undefined : verbatim(`<script>${script}</script>`)}
</body>
</html>
`;
}
