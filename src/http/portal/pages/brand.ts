// A site's colour → the colours of buttons and links, in light and dark, always with the contrast that text needs (WCAG 2.2,
// 1.4.3: 4.5 to 1). A colour that has it is used as it is.

type Rgb = readonly [red: number, green: number, blue: number];

const CONTRAST = 4.5;

interface Scheme {
  /** What links stand on, of the style sheet, and what stands on buttons. */
  readonly grounds: readonly string[];
  /** Where a colour goes that is too near to them. */
  readonly towards: 0 | 255;
}

const schemes: Readonly<Record<'light' | 'dark', Scheme>> = Object.freeze({
  light: { grounds: ['#ffffff', '#f3f4f7'], towards: 0 },
  dark: { grounds: ['#1e2127', '#131519', '#10131a'], towards: 255 },
});

const channel = (hex: string, at: number): number => parseInt(hex.slice(at, at + 2), 16);
const rgbOf = (hex: string): Rgb => [channel(hex, 1), channel(hex, 3), channel(hex, 5)];
const hexOf = (rgb: Rgb): string => `#${rgb.map((each) => each.toString(16).padStart(2, '0')).join('')}`;

/** Relative luminance (WCAG 2.2). */
function luminance(hex: string): number {
  const [red, green, blue] = rgbOf(hex).map((each) => {
    const part = each / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

/** From 1 to 21. @param one `#rrggbb` */
export function contrast(one: string, other: string): number {
  const [brighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (brighter + 0.05) / (darker + 0.05);
}

/** The nearest colour on the way to black or white that can be read; at the end of the way every one can. */
export function readable(colour: string, scheme: 'light' | 'dark'): string {
  const { grounds, towards } = schemes[scheme];
  const [red, green, blue] = rgbOf(colour);
  for (let step = 0; step < 20; step += 1) {
    const moved = (from: number): number => Math.round(from + ((towards - from) * step) / 20);
    const tried = hexOf([moved(red), moved(green), moved(blue)]);
    if (grounds.every((ground) => contrast(tried, ground) >= CONTRAST)) return tried;
  }
  return towards === 0 ? '#000000' : '#ffffff';
}

/** To stand behind the style sheet. @param colour `#rrggbb` */
export const brandStyle = (colour: string): string =>
  `:root{--accent:${readable(colour, 'light')}}@media (prefers-color-scheme:dark){:root{--accent:${readable(colour, 'dark')}}}`;
