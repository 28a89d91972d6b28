// What the server says about the site and the visitor; the member changes when somebody signs in.

export const site = JSON.parse(globalThis.document.getElementById('wix-site').textContent);
