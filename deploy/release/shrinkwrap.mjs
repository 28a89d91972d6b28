// npm-shrinkwrap.json for the package: what package-lock.json says of run time, so that an installation gets the versions that
// were tested. Written before packing and taken away after it; in a working copy package-lock.json alone counts.
//   node deploy/release/shrinkwrap.mjs write | remove

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const inRoot = (name) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

/** The lock without what only development needs; places in a registry go too, integrity stays. */
export function shrinkwrapOf(lock) {
  const entries = Object.entries(lock.packages).filter(([, entry]) => entry.dev !== true);
  const packages = entries.map(([path, entry]) => {
    const kept = { ...entry };
    for (const name of ['devDependencies', 'resolved', 'devOptional']) delete kept[name];
    return [path, kept];
  });
  return { ...lock, packages: Object.fromEntries(packages) };
}

const file = inRoot('npm-shrinkwrap.json');
const command = process.argv[1] === fileURLToPath(import.meta.url) ? process.argv[2] : undefined;
if (command === 'remove') rmSync(file, { force: true });
if (command === 'write') {
  const lock = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8'));
  writeFileSync(file, `${JSON.stringify(shrinkwrapOf(lock), undefined, 2)}\n`);
}
