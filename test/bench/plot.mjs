// Plots as SVG, readable in light and dark: bars on a logarithmic axis, and lines.

const width = 760;
const left = 190;
const right = 70;
const row = 24;
const style =
  '<style>text{font:13px system-ui,sans-serif;fill:#1f2328}.axis{stroke:#8c959f}.grid{stroke:#d0d7de}.soft{fill:#57606a}' +
  '.own{fill:#0969da}.other{fill:#8c959f}.goal{stroke:#bc4c00;stroke-dasharray:4 3}path{fill:none;stroke-width:2}' +
  '.line0{stroke:#0969da}.line1{stroke:#8c959f}.line2{stroke:#bc4c00}' +
  '@media(prefers-color-scheme:dark){text{fill:#e6edf3}.soft{fill:#9198a1}.grid{stroke:#30363d}.own{fill:#4493f8}.line0{stroke:#4493f8}}</style>';

const escaped = (text) => String(text).replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);
const short = (value) => (value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(2))));

function drawing(height, title, content) {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">` +
    `${style}<text x="8" y="20" font-weight="600">${escaped(title)}</text>${content}</svg>\n`
  );
}

/**
 * Horizontal bars.
 * @param bars `{ name, value, own? }`, the first at the top
 * @param goal a line across all bars
 */
export function bars(title, unit, rows, { goal, logarithmic = true } = {}) {
  const values = [...rows.map(({ value }) => value), ...(goal === undefined ? [] : [goal])];
  const most = Math.max(...values);
  const least = logarithmic ? 10 ** Math.floor(Math.log10(Math.min(...values))) : 0;
  const place = (value) => {
    const share = logarithmic ? Math.log(value / least) / Math.log(most / least) : value / most;
    return left + share * (width - left - right);
  };
  const height = 44 + rows.length * row;
  const content = rows.map(({ name, value, own = false }, index) => {
    const y = 36 + index * row;
    return (
      `<text x="${left - 8}" y="${y + 14}" text-anchor="end">${escaped(name)}</text>` +
      `<rect class="${own ? 'own' : 'other'}" x="${left}" y="${y + 2}" width="${Math.max(1, place(value) - left).toFixed(1)}" height="${row - 7}"/>` +
      `<text class="soft" x="${(place(value) + 6).toFixed(1)}" y="${y + 14}">${short(value)} ${escaped(unit)}</text>`
    );
  });
  const line =
    goal === undefined
      ? ''
      : `<line class="goal" x1="${place(goal).toFixed(1)}" x2="${place(goal).toFixed(1)}" y1="32" y2="${height - 6}"/>`;
  return drawing(height, `${title}${logarithmic ? ' (logarithmic)' : ''}`, content.join('') + line);
}

/**
 * Lines over one axis from zero.
 * @param series `{ name, points: [x, y][] }`, three at most
 */
export function lines(title, { x: xName, y: yName }, series) {
  const height = 300;
  const [top, bottom, from] = [40, height - 40, 70];
  const points = series.flatMap((each) => each.points);
  const mostX = Math.max(...points.map(([x]) => x));
  const mostY = niceAbove(Math.max(...points.map(([, y]) => y)));
  const at = ([x, y]) => [from + (x / mostX) * (width - from - right), bottom - (y / mostY) * (bottom - top)];
  const grid = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const y = bottom - share * (bottom - top);
    return (
      `<line class="grid" x1="${from}" x2="${width - right}" y1="${y}" y2="${y}"/>` +
      `<text class="soft" x="${from - 8}" y="${y + 4}" text-anchor="end">${short(share * mostY)}</text>`
    );
  });
  const ticks = [0, 0.5, 1].map(
    (share) =>
      `<text class="soft" x="${from + share * (width - from - right)}" y="${bottom + 18}" text-anchor="middle">${short(share * mostX)}</text>`,
  );
  const paths = series.map(({ name, points: own }, index) => {
    const path = own
      .map((point) =>
        at(point)
          .map((value) => value.toFixed(1))
          .join(' '),
      )
      .join('L');
    const [x, y] = at(own.at(-1));
    return (
      `<path class="line${index}" d="M${path}"/>` +
      `<text x="${Math.min(x, width - right) - 4}" y="${y - 8}" text-anchor="end">${escaped(name)}</text>`
    );
  });
  const names =
    `<text class="soft" x="${(from + width - right) / 2}" y="${height - 6}" text-anchor="middle">${escaped(xName)}</text>` +
    `<text class="soft" x="8" y="36">${escaped(yName)}</text>`;
  return drawing(height, title, [...grid, ...ticks, ...paths, names].join(''));
}

/** The next of 1, 2, 5, 10, 20 … */
function niceAbove(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value);
}
