/** A site's logo and colour on its set-up pages: readable whatever the colour, and within the policy of the page. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { brandStyle, contrast, readable } from '../../../../src/http/portal/pages/brand';
import { SetupBrowser, setupWorld } from '../../../support/makers/setup-world';

const LOGO = 'data:image/png;base64,iVBORw0KGgo=';
const hex = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

it('contrast is that of WCAG', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  expect(contrast('#1b53c0', '#1b53c0')).toBe(1);
});

it('every colour becomes one that can be read, in light and dark', () => {
  fc.assert(
    fc.property(hex, (colour) => {
      for (const ground of ['#ffffff', '#f3f4f7'])
        expect(contrast(readable(colour, 'light'), ground)).toBeGreaterThanOrEqual(4.5);
      for (const ground of ['#1e2127', '#131519', '#10131a'])
        expect(contrast(readable(colour, 'dark'), ground)).toBeGreaterThanOrEqual(4.5);
      expect(brandStyle(colour)).toMatch(/^[^<>]*#[0-9a-f]{6}[^<>]*$/);
    }),
  );
});

it('a colour that can be read stays as it is', () => {
  expect(readable('#7a1fa2', 'light')).toBe('#7a1fa2');
  expect(readable('#8fb4ff', 'dark')).toBe('#8fb4ff');
  expect(readable('#ffff00', 'light')).not.toBe('#ffff00');
});

it('stands on every page, and the policy allows exactly that', async () => {
  const world = await setupWorld({ brand: { colour: '#7a1fa2', logo: LOGO } });
  try {
    const browser = new SetupBrowser(world);
    const secret = await world.invite();
    const pages = [await browser.get(`/setup?link=${secret}`)];
    await browser.redeem(secret);
    pages.push(await browser.get('/setup/connect'));
    for (const { body, headers } of pages) {
      expect(body).toContain(`<img class="logo" src="${LOGO}" alt="">`);
      const [, style = ''] = /<style>([^]*?)<\/style>/.exec(body) ?? [];
      expect(style).toContain('--accent:#7a1fa2');
      const hash = createHash('sha256').update(style).digest('base64');
      expect(headers['content-security-policy']).toContain(`style-src 'sha256-${hash}'; img-src data:`);
    }
  } finally {
    await world.stop();
  }
});
