// Gives page code its `$w` over the page's elements, then runs it as Wix does: module first, onReady handlers after.

import { site } from '/__wix/browser/site.js';

const { document } = globalThis;
const ready = [];

function $w(selector) {
  if (selector === 'Text') return [...document.querySelectorAll('p[id]')].map(selected);
  const target = document.getElementById(selector.slice(1));
  return target ? selected(target) : [];
}

function selected(target) {
  return {
    get text() {
      return target.textContent;
    },
    set text(value) {
      target.textContent = value;
    },
    get label() {
      return target.textContent;
    },
    set label(value) {
      target.textContent = value;
    },
    get link() {
      return target.getAttribute('href') ?? '';
    },
    set link(value) {
      if (value) target.setAttribute('href', value);
      else target.removeAttribute('href');
    },
    accessibility: {
      ariaAttributes: {
        set live(value) {
          target.setAttribute('aria-live', value);
        },
      },
    },
    get hidden() {
      return target.hidden;
    },
    show: async () => void (target.hidden = false),
    hide: async () => void (target.hidden = true),
    ...(target.tagName === 'BUTTON' || target.classList.contains('button')
      ? { onClick: (handler) => target.addEventListener('click', handler) }
      : {}),
  };
}
$w.onReady = (handler) => ready.push(handler);
globalThis.$w = $w;

if (site.withoutSubtle) Object.defineProperty(globalThis.crypto, 'subtle', { value: undefined });

await import(site.code);
for (const handler of ready) handler();
document.documentElement.dataset.ready = 'true';
