// The same by simulation: every person an arrival of their own, with a random time at the IdP, through cores that do one thing
// at a time and a site that admits calls by a bucket of tokens. It shares nothing with the model but what is asked.

/** A seeded generator, so that a run can be repeated. @returns numbers in [0, 1) */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Shares of a sign-in's CPU: login, ACS, redemption. */
const phases = { login: 0.5, acs: 0.35, redemption: 0.15 };
/** People need half a minute at the IdP, some much longer. */
const atIdpMs = (random) => 8000 + 20_000 * -Math.log(1 - random());

/** Events in the order of their time: a binary heap. */
class Agenda {
  #heap = [];
  add(at, run) {
    const heap = this.#heap;
    let index = heap.push({ at, run }) - 1;
    while (index > 0) {
      const above = (index - 1) >> 1;
      if (heap[above].at <= heap[index].at) break;
      [heap[above], heap[index]] = [heap[index], heap[above]];
      index = above;
    }
  }
  next() {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (heap.length === 0) return first;
    heap[0] = last;
    for (let index = 0; ;) {
      const [one, other] = [2 * index + 1, 2 * index + 2];
      let least = index;
      if (one < heap.length && heap[one].at < heap[least].at) least = one;
      if (other < heap.length && heap[other].at < heap[least].at) least = other;
      if (least === index) return first;
      [heap[index], heap[least]] = [heap[least], heap[index]];
      index = least;
    }
  }
  get empty() {
    return this.#heap.length === 0;
  }
}

/** A first-come line before so many servers. */
class Line {
  #waiting = [];
  #head = 0;
  #free;
  longest = 0;
  constructor(servers) {
    this.#free = servers;
  }
  get length() {
    return this.#waiting.length - this.#head;
  }
  enter(begin) {
    if (this.#free > 0 && this.length === 0) {
      this.#free -= 1;
      begin();
      return;
    }
    this.#waiting.push(begin);
    this.longest = Math.max(this.longest, this.length);
  }
  leave() {
    if (this.length === 0) {
      this.#free += 1;
      return;
    }
    const begin = this.#waiting[this.#head++];
    if (this.#head > 10_000) (this.#waiting.splice(0, this.#head), (this.#head = 0));
    begin();
  }
}

export function simulate({ people, seconds }, setUp, seed = 1) {
  const { cores, cpuMs, stateMs, callsPerMinute, callMs, callsAtOnce } = setUp;
  const random = generator(seed);
  const agenda = new Agenda();
  const cpu = new Line(cores);
  const site = new Line(callsAtOnce);
  const waits = [];
  let now = 0;
  let done = 0;
  let nextToken = 0;
  let waiting = 0;
  let longest = 0;
  let busyMs = 0;

  const work = (share, then) =>
    cpu.enter(() => {
      const takes = cpuMs * share * (0.5 + random());
      busyMs += takes;
      agenda.add(now + takes, () => {
        cpu.leave();
        agenda.add(now + stateMs * (0.5 + random()), then);
      });
    });
  const call = (then) =>
    site.enter(() => {
      const from = Math.max(now, nextToken);
      nextToken = from + 60_000 / callsPerMinute;
      agenda.add(from + callMs * (0.5 + random()), () => {
        site.leave();
        then();
      });
    });
  const person = () =>
    work(phases.login, () =>
      agenda.add(now + atIdpMs(random), () =>
        work(phases.acs, () =>
          work(phases.redemption, () => {
            const asked = now;
            waiting += 1;
            longest = Math.max(longest, waiting);
            call(() => {
              waiting -= 1;
              done = now;
              waits.push(now - asked);
            });
          }),
        ),
      ),
    );
  for (let one = 0; one < people; one++) agenda.add(random() * seconds * 1000, person);
  while (!agenda.empty) {
    const { at, run } = agenda.next();
    now = at;
    run();
  }
  waits.sort((a, b) => a - b);
  const at = (share) => waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] / 1000;
  return {
    signedIn: waits.length,
    /** At the cores, and at the site; people. */
    longestAtCores: cpu.longest,
    longestAtSite: longest,
    p50: at(0.5),
    p99: at(0.99),
    longestWait: at(1),
    done: done / 1000,
    load: busyMs / (seconds * 1000 * cores),
  };
}
