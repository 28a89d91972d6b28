// CPU time, not wall time: the machine is shared. The least disturbed round counts.

const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/**
 * Interleaves the candidates over many short rounds.
 * @param {Record<string, { run: () => unknown, times: number, elsewhere?: () => Promise<number> }>} candidates
 *   `elsewhere` measures in a process of its own and gives CPU milliseconds per run
 * @returns {Promise<Record<string, { min: number, median: number }>>} CPU milliseconds per run
 */
export async function interleaved(candidates, rounds) {
  const samples = Object.fromEntries(Object.keys(candidates).map((name) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const [name, { run, times, elsewhere }] of Object.entries(candidates)) {
      if (elsewhere !== undefined) {
        const each = await elsewhere();
        if (round >= 0) samples[name].push(each);
        continue;
      }
      const from = cpuMs();
      for (let time = 0; time < times; time++) await run();
      const each = (cpuMs() - from) / times;
      if (round >= 0) samples[name].push(each); // the first round warms up
    }
  }
  return Object.fromEntries(Object.entries(samples).map(([name, values]) => [name, summary(values)]));
}

export function summary(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return { min: sorted[0], median: sorted[Math.floor(sorted.length / 2)] };
}

/** @param {readonly string[]} head @param {readonly (readonly (string | number)[])[]} rows */
export function table(head, rows) {
  const text = (value) => (typeof value === 'number' ? format(value) : String(value));
  const all = [head, ...rows.map((row) => row.map(text))];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column].length)));
  const line = (row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])))
      .join('  ');
  return all.map(line).join('\n');
}

function format(value) {
  if (value === 0) return '0';
  return value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(2) : value.toFixed(3);
}

/** What is being measured, on a terminal only: one line that gives way to the next. */
export function progress(words) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${words}`);
}
