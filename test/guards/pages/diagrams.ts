/** The pictures of docs/diagrams, drawn from the JSON beside them: SVG without script, font or address of its own. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../sources';

type Point = readonly [x: number, y: number];

interface Sequence {
  readonly kind: 'sequence';
  readonly title: string;
  readonly participants: readonly string[];
  readonly messages: readonly {
    readonly from: number;
    readonly to: number;
    readonly text: string;
    readonly answer?: boolean;
  }[];
}

interface BorderMap {
  readonly kind: 'map';
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly zones: readonly { readonly name: string; readonly at: Point; readonly size: Point }[];
  readonly boxes: readonly {
    readonly lines: readonly string[];
    readonly at: Point;
    readonly size: Point;
    readonly strange?: boolean;
  }[];
  readonly arrows: readonly {
    readonly points: readonly [Point, Point];
    readonly mark: string;
    readonly text: string;
  }[];
}

const folder = join(root, 'docs', 'diagrams');
const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

const style = [
  'text{font:15px system-ui,sans-serif;fill:#1f2328}.name{font-weight:600}.middle{text-anchor:middle}',
  '.paper{fill:#fff}.box{fill:#eef4fb;stroke:#4a6fa5}.strange{fill:#fdecea;stroke:#b3261e}',
  '.zone{fill:none;stroke:#8b949e;stroke-dasharray:6 4}.line{stroke:#57606a;fill:none;stroke-width:1.5}',
  '.life{stroke:#c9d1d9}.answer{stroke-dasharray:5 4}.head{fill:#57606a}',
  '.mark{fill:#b3261e}text.digit{fill:#fff;font-weight:600;font-size:12px}',
  '@media(prefers-color-scheme:dark){text{fill:#e6edf3}.paper{fill:#161b22}.box{fill:#1f2d3d;stroke:#79a6dc}',
  '.strange{fill:#3b1a18;stroke:#f2867c}.line{stroke:#9da7b3}.life{stroke:#3d444d}.head{fill:#9da7b3}}',
].join('');

const svg = (title: string, [width, height]: Point, parts: readonly string[]): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(width)} ${String(height)}" width="${String(width)}" height="${String(height)}" role="img" aria-label="${escape(title)}">`,
    `<title>${escape(title)}</title>`,
    `<style>${style}</style>`,
    '<defs><marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="head" d="M0 0 8 4 0 8z"/></marker></defs>',
    `<rect class="paper" width="${String(width)}" height="${String(height)}" rx="8"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');

const rect = (kind: string, [x, y]: Point, [width, height]: Point): string =>
  `<rect class="${kind}" x="${String(x)}" y="${String(y)}" width="${String(width)}" height="${String(height)}" rx="6"/>`;

const text = (kind: string, [x, y]: Point, words: string): string =>
  `<text class="${kind}" x="${String(x)}" y="${String(y)}">${escape(words)}</text>`;

const arrow = (path: string, kind = ''): string =>
  `<path class="line ${kind}" d="${path}" marker-end="url(#head)"/>`;

function drawSequence({ title, participants, messages }: Sequence): string {
  const left = 110;
  const apart = 290;
  const step = 44;
  const column = (index: number): number => left + index * apart;
  const height = 90 + messages.length * step;
  const parts = participants.flatMap((name, index) => [
    rect('box', [column(index) - 85, 16], [170, 36]),
    text('name middle', [column(index), 39], name),
    `<path class="life" d="M${String(column(index))} 52V${String(height - 16)}"/>`,
  ]);
  messages.forEach(({ from, to, text: words, answer }, index) => {
    const y = 90 + index * step;
    const numbered = `${String(index + 1)}. ${words}`;
    if (from === to) {
      // The last column has no room to its right.
      const isLast = from === participants.length - 1;
      const turn = isLast ? -26 : 26;
      const x = column(from);
      parts.push(arrow(`M${String(x)} ${String(y - 12)}h${String(turn)}v18h${String(-turn)}`));
      parts.push(
        isLast
          ? `<text style="text-anchor:end" x="${String(x - 34)}" y="${String(y + 2)}">${escape(numbered)}</text>`
          : text('', [x + 34, y + 2], numbered),
      );
      return;
    }
    parts.push(
      arrow(`M${String(column(from))} ${String(y)}H${String(column(to))}`, answer === true ? 'answer' : ''),
    );
    parts.push(text('middle', [(column(from) + column(to)) / 2, y - 7], numbered));
  });
  return svg(title, [column(participants.length - 1) + left, height], parts);
}

function drawMap({ title, width, height, zones, boxes, arrows }: BorderMap): string {
  const parts = [
    ...zones.flatMap(({ name, at, size }) => [
      rect('zone', at, size),
      text('name', [at[0] + 12, at[1] + 22], name),
    ]),
    ...arrows.map(({ points: [[x, y], [toX, toY]] }) =>
      arrow(`M${String(x)} ${String(y)}L${String(toX)} ${String(toY)}`),
    ),
    ...boxes.flatMap(({ lines, at, size, strange }) => [
      rect(strange === true ? 'strange' : 'box', at, size),
      ...lines.map((line, index) =>
        text(
          index === 0 ? 'name middle' : 'middle',
          [at[0] + size[0] / 2, at[1] + size[1] / 2 + 5 + (index - (lines.length - 1) / 2) * 20],
          line,
        ),
      ),
    ]),
    ...arrows.flatMap(({ points: [[x, y], [toX, toY]], mark, text: words }) => {
      const middle: Point = [(x + toX) / 2, (y + toY) / 2];
      // A label stands on the free side of its line.
      const below = toX > x && toY > y + 60;
      return [
        `<circle class="mark" cx="${String(middle[0])}" cy="${String(middle[1])}" r="9"/>`,
        text('digit middle', [middle[0], middle[1] + 4], mark),
        text('', [middle[0] + 13, middle[1] + (below ? 0 : -8)], words),
      ];
    }),
  ];
  return svg(title, [width, height], parts);
}

/** Every picture by its path in the repository. */
export const diagrams = (): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => {
        const drawing = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Sequence | BorderMap;
        const drawn = drawing.kind === 'sequence' ? drawSequence(drawing) : drawMap(drawing);
        return [`docs/diagrams/${name.replace(/json$/, 'svg')}`, drawn];
      }),
  );
