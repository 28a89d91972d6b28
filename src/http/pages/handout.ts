// A site's set-up as one printable page for its owner: steps in the words of one editor, values to copy, files to paste.
// It loads nothing and asks nobody; its one script only copies, and without it every value can be selected by hand.

import { createHash } from 'node:crypto';
import type { SiteSetup } from '../../admin/site-setup';
import { editorLimits, editorNames } from '../../admin/site-places';
import type { SiteStep, StepValue } from '../../admin/site-steps';
import { markup, verbatim, type Html } from '../html';

const style = [
  ':root{color-scheme:light dark;--ink:#1a1c20;--soft:#555b66;--paper:#fff;--ground:#f3f4f7;--line:#c9ced8;--accent:#1b53c0;--on:#fff;--right:#1c6b37}',
  '@media (prefers-color-scheme:dark){:root{--ink:#eceef2;--soft:#b3b9c4;--paper:#1e2127;--ground:#131519;--line:#444b57;--accent:#8fb4ff;--on:#10131a;--right:#7fd69a}}',
  '*{box-sizing:border-box}',
  'body{margin:0;padding:1.5rem 1rem 3rem;background:var(--ground);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}',
  'main{overflow-wrap:anywhere;max-width:46rem;margin:0 auto}h1{margin:0 0 .5rem;font-size:1.6rem;line-height:1.25}h2{margin:0;font-size:1.15rem}',
  'p{margin:.5rem 0}.soft{color:var(--soft)}',
  '.limits{padding:.75rem 1rem;background:var(--paper);border:1px solid var(--line);border-left:4px solid var(--accent);border-radius:8px}',
  'ol{list-style:none;margin:1.5rem 0 0;padding:0;display:grid;grid-template-columns:minmax(0,1fr);gap:1rem}',
  'ol>li{padding:1rem 1.25rem;background:var(--paper);border:1px solid var(--line);border-radius:12px}',
  '.number{display:inline-block;min-width:1.6em;color:var(--accent)}',
  '.right::before{content:"✓ ";color:var(--right);font-weight:700}',
  '.value{margin:.75rem 0}.label{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:.5rem;font-weight:600}',
  'pre{margin:.25rem 0 0;padding:.6rem .75rem;max-height:16rem;overflow:auto;white-space:pre-wrap;overflow-wrap:anywhere;background:var(--ground);border:1px solid var(--line);border-radius:8px;font:.875rem/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}',
  'button{padding:.3rem .8rem;font:inherit;font-size:.9rem;font-weight:600;color:var(--on);background:var(--accent);border:1px solid var(--accent);border-radius:8px;cursor:pointer}',
  ':focus-visible{outline:3px solid var(--accent);outline-offset:2px}',
  'label{display:flex;gap:.5rem;align-items:center;margin-top:.75rem;color:var(--soft)}input{width:1.1rem;height:1.1rem;accent-color:var(--accent)}',
  '@media print{:root{color-scheme:light;--ink:#000;--soft:#333;--paper:#fff;--ground:#fff;--line:#999;--accent:#000;--right:#000}body{padding:0;font-size:10.5pt}main{max-width:none}button{display:none}ol{display:block}ol>li{margin-bottom:.8rem;padding:.6rem .8rem}h2,.label{break-after:avoid}.value,.limits{break-inside:avoid}pre{max-height:none;font-size:8.5pt}.file pre{display:none}}',
].join('');

/** Selecting is the fallback: a file opened from a disk may have no clipboard. */
const script = `for(const button of document.querySelectorAll('button[data-copy]')){button.hidden=false;button.addEventListener('click',async()=>{const value=document.getElementById(button.dataset.copy);let done=false;try{await navigator.clipboard.writeText(value.textContent);done=true}catch{getSelection().selectAllChildren(value);done=document.execCommand('copy')}document.getElementById('said').textContent=done?'Copied.':'Selected: copy it with the keyboard.';button.textContent=done?'Copied':'Selected'})}`;

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const policy = [
  "default-src 'none'",
  `style-src ${hashOf(style)}`,
  `script-src ${hashOf(script)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** @returns a whole document; the only secret in it is the one-time address of the self-check */
export function handoutPage({ site, editor, texts, check, steps }: SiteSetup): Html {
  const title = `Company sign-in for ${site.url}`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
${verbatim(`<style>${style}</style>`)}
</head>
<body>
<main>
<h1>${title}</h1>
<p>Steps for the site’s owner, in the words of ${editorNames[editor]}. Do them in this order; each says how it looks when it is right.</p>
<p class="limits">${editorLimits[editor]}</p>
<p class="soft">Keep this page to yourself: the address in the last step works in the first browser that opens it, until ${check.until}. Nothing else on it is secret.</p>
<ol>
${steps.map((step, index) => stepItem(step, { number: index + 1, texts }))}
</ol>
<p id="said" role="status" class="soft"></p>
</main>
${verbatim(`<script>${script}</script>`)}
</body>
</html>
`;
}

interface Around {
  readonly number: number;
  readonly texts: ReadonlyMap<string, string>;
}

function stepItem(step: SiteStep, { number, texts }: Around): Html {
  const { id, title, where, what, values, right, optional } = step;
  const files = id === 'files' ? [...texts].map(([label, text]) => ({ label, text })) : [];
  return markup`<li id="${id}">
<h2><span class="number">${String(number)}</span> ${title}${optional ? ' (can wait)' : ''}</h2>
<p><strong>Where:</strong> ${where}</p>
<p>${what.join(' ')}</p>
${values.map((value, index) => valueBlock(value, `${id}-${index}`, false))}
${files.map((value, index) => valueBlock(value, `${id}-${index}`, true))}
<p class="right">Right when ${right}</p>
<label><input type="checkbox"> Done</label>
</li>
`;
}

function valueBlock({ label, text }: StepValue, id: string, isFile: boolean): Html {
  return markup`<div class="value${isFile ? ' file' : ''}">
<div class="label"><span id="${id}-label">${label}</span> <button type="button" data-copy="${id}" aria-describedby="${id}-label" hidden>Copy</button></div>
<pre id="${id}" tabindex="0" role="group" aria-labelledby="${id}-label">${linesOf(text)}</pre>
</div>
`;
}

/** Line by line: the ends of lines are ours, everything else is escaped. */
const linesOf = (text: string): readonly Html[] =>
  text.split('\n').map((line, index) => (index === 0 ? markup`${line}` : markup`${verbatim('\n')}${line}`));
