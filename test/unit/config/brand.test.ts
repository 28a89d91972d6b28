/** A site's brand: what is read, and what is refused with what to do. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildBrand } from '../../../src/config/brand';
import { brand } from '../../../src/config/brand-options';
import type { At } from '../../../src/config/reading';
import { changed, makeExample, type Example } from '../../support/makers/configuration';

const directory = mkdtempSync(join(tmpdir(), 'brand-'));
afterAll(() => rmSync(directory, { recursive: true }));

function at(): At {
  return {
    ...{ path: 'sites.portal.brand', problems: [], notices: [], env: {}, baseDir: directory, now: 0 },
    ...{ readFile: readFileSync, fetchMetadata: false },
  };
}

function read(raw: object) {
  const place = at();
  const draft = brand.read(raw, place);
  const built = draft === undefined ? undefined : buildBrand(draft, place);
  return { built, problems: place.problems.map(({ path, problem }) => `${path} ${problem}`) };
}

const file = (name: string, content: string | Buffer): string => {
  writeFileSync(join(directory, name), content);
  return name;
};

it.each([
  ['a PNG', 'a.svg', Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1'), 'image/png'],
  ['a JPEG', 'a.jpg', Buffer.from('\xff\xd8\xffrest', 'latin1'), 'image/jpeg'],
  ['a WebP', 'a.webp', Buffer.from('RIFF1234WEBPrest', 'latin1'), 'image/webp'],
  ['an SVG', 'a.png', '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml'],
])('%s is known by its bytes', (_title, name, content, type) => {
  const { built, problems } = read({ logo: file(name, content), colour: '#7A1FA2' });
  expect(problems).toEqual([]);
  const bytes = Buffer.from(content as string);
  expect(built).toEqual({ colour: '#7a1fa2', logo: `data:${type};base64,${bytes.toString('base64')}` });
});

it.each([
  ['another file', { logo: file('page.html', '<html></html>') }, 'logo is no picture'],
  ['text that only speaks of a picture', { logo: file('a.txt', 'an <svg>') }, 'logo is no picture'],
  [
    'too large a file',
    { logo: file('big.svg', `<svg>${' '.repeat(33000)}</svg>`) },
    'logo is larger than 32 KiB',
  ],
  ['no file', { logo: 'nothing.png' }, 'logo cannot be read'],
  ['a name of a colour', { colour: 'red' }, 'colour is no colour'],
  ['a short colour', { colour: '#fff' }, 'colour is no colour'],
  ['a style', { colour: '#ffffff}body{' }, 'colour is no colour'],
])('%s is refused', (_title, raw, problem) => {
  const { problems } = read(raw);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(`sites.portal.brand.${problem}`);
});

describe('in a whole configuration', () => {
  let example: Example;
  beforeAll(() => (example = makeExample()));
  afterAll(() => example.remove());

  it('belongs to its site', async () => {
    const text = changed(
      '    url: https://www.example.com',
      '    url: https://www.example.com\n    brand: { colour: "#123456" }',
    );
    expect((await example.load(text)).sites.get('portal')?.brand).toEqual({ colour: '#123456' });
  });
});
