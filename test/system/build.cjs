/** Before any system test: what they start is what the source says. Tests share dist, so none of them builds it. */

const { execFileSync } = require('node:child_process');
const { existsSync, readdirSync, statSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '../..');

/** Times of the files below a path, in milliseconds. */
function timesIn(path) {
  const found = statSync(path);
  if (!found.isDirectory()) return [found.mtimeMs];
  return readdirSync(path).flatMap((name) => timesIn(join(path, name)));
}

module.exports = function build() {
  const built = join(root, 'dist/cli/bin.js');
  const sources = [
    'src',
    'deploy/release',
    'test/demo',
    'test/support',
    'package.json',
    'tsconfig.build.json',
  ];
  const newest = Math.max(...sources.flatMap((name) => timesIn(join(root, name))));
  if (existsSync(built) && statSync(built).mtimeMs > newest) return;
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' });
};
