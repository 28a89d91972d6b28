// The service in numbers for Prometheus: one of those who hear of events, and gauges that are read when somebody asks.
// The one door to prom-client. Labels hold names of the configuration and codes only: what a stranger writes never becomes
// one, because each new value of a label is memory for ever.

import { AggregatorRegistry, collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { SsoEvent, Subscriber } from '../core/events';
import { stateAt } from '../sso/directory';
import type { MetricsSource } from './metrics-source';

export interface Metrics {
  readonly subscriber: Subscriber;
  /** Adds the gauges; before that, events of no connection that is known are counted without its name. Once. */
  readonly observe: (source: MetricsSource) => void;
  /** The page in the text format of Prometheus, with its media type. */
  readonly page: () => Promise<MetricsPage>;
  /** The same as values, for the primary of several workers. */
  readonly values: () => Promise<readonly object[]>;
}

interface MetricsPage {
  readonly type: string;
  readonly text: string;
}

/** The page for several workers. */
export type CrewMetrics = Pick<Metrics, 'page'>;

export interface CrewSource {
  /** How many workers are ready. */
  readonly ready: () => number;
  readonly restarts: () => number;
  /** What each worker that answers has: its number and `Metrics.values`. */
  readonly values: () => Promise<readonly (readonly [number: number, values: readonly WorkerValues[]])[]>;
}

/** One metric of a worker, as prom-client describes it. */
export interface WorkerValues {
  readonly aggregator?: string;
  readonly values?: readonly { readonly labels?: object }[];
}

const prefix = 'wix_saml_';
const dayMs = 86_400_000;
/** Seconds: a page of ours takes milliseconds, a cold start of Wix seconds. */
const requestBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const wixBuckets = [0.1, 0.25, 0.5, 1, 2, 4, 8, 15];
const lineBuckets = [2, 5, 10, 30, 60, 120, 300, 600, 1200, 1800];
const paths: ReadonlySet<string> = new Set([
  '/saml/metadata',
  '/saml/login',
  '/saml/acs',
  '/session-token',
  '/session/handle',
  '/saml/slo',
  '/healthz',
  '/readyz',
]);

/** @param version of this package */
export function createMetrics(version: string): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: `${prefix}build_info`,
    help: 'Always 1; the labels say what runs.',
    aggregator: 'first',
    labelNames: ['version', 'node'],
    registers,
  }).set({ version, node: process.version }, 1);
  let source: MetricsSource | undefined;
  const names: Names = {
    connection: (name = '') => (source?.connections().byName(name) === undefined ? '' : name),
    site: (name = '') => (source?.sites.has(name) === true ? name : ''),
  };
  const subscriber = counting(names, registers);
  return Object.freeze({
    subscriber,
    observe: (observed: MetricsSource) => {
      source = observed;
      addGauges(observed, registers);
      addLines(observed, registers);
    },
    page: async () => ({ type: registry.contentType, text: await registry.metrics() }),
    values: () => registry.getMetricsAsJSON(),
  });
}

/**
 * What counts is said of each worker by its number: a sum over them would jump back when one dies. What all of them know alike
 * (connections, ends) is said once, and the worst of it.
 */
export function createCrewMetrics({ ready, restarts, values }: CrewSource): CrewMetrics {
  const registry = new Registry();
  const registers = [registry];
  new Gauge({
    name: `${prefix}workers_ready`,
    help: 'Workers that are ready, of those that `serve --workers` started.',
    registers,
    collect() {
      this.set(ready());
    },
  });
  new Gauge({
    name: `${prefix}worker_restarts`,
    help: 'How many times a worker took the place of one that died.',
    registers,
    collect() {
      this.set(restarts());
    },
  });
  return Object.freeze({
    page: async () => {
      const all = (await values()).map(([number, metrics]) => metrics.map((one) => ofWorker(one, number)));
      const merged = AggregatorRegistry.aggregate(all);
      return { type: registry.contentType, text: `${await registry.metrics()}\n${await merged.metrics()}` };
    },
  });
}

const ofWorker = (metric: WorkerValues, worker: number): WorkerValues =>
  metric.aggregator !== 'sum' || metric.values === undefined
    ? metric
    : {
        ...metric,
        values: metric.values.map((one) => ({ ...one, labels: { ...one.labels, worker: String(worker) } })),
      };

/** A name of the configuration, or nothing: refusals may hold what a link claims. */
interface Names {
  readonly connection: (name: string | undefined) => string;
  readonly site: (name: string | undefined) => string;
}

function addGauges(source: MetricsSource, registers: Registry[]): void {
  new Gauge({
    name: `${prefix}connections`,
    help: 'Connections by what became of them: ready, waiting, down.',
    labelNames: ['connection', 'state'],
    aggregator: 'max',
    registers,
    collect() {
      this.reset();
      for (const entry of source.connections().entries) {
        const { kind } = stateAt(entry, source.now());
        for (const state of ['ready', 'waiting', 'down'])
          this.set({ connection: entry.settings.name, state }, state === kind ? 1 : 0);
      }
    },
  });
  new Gauge({
    name: `${prefix}days_until_end`,
    help: 'Days until a certificate or metadata ends; negative when it has.',
    labelNames: ['what', 'connection', 'thumbprint'],
    aggregator: 'min',
    registers,
    collect() {
      this.reset();
      for (const { what, connection, thumbprint, at } of source.ends())
        this.set({ what, connection, thumbprint }, (at - source.now()) / dayMs);
    },
  });
  new Gauge({
    name: `${prefix}waiting`,
    help: 'Requests that wait for their turn, by line.',
    labelNames: ['line'],
    registers,
    collect() {
      for (const [line, count] of Object.entries(source.waiting())) this.set({ line }, count);
    },
  });
  new Gauge({
    name: `${prefix}store_up`,
    help: '1 when the state store answers, else 0: then nobody can sign in.',
    aggregator: 'min',
    registers,
    async collect() {
      this.set(
        await source.ping().then(
          () => 1,
          () => 0,
        ),
      );
    },
  });
}

function addLines(source: MetricsSource, registers: Registry[]): void {
  new Gauge({
    name: `${prefix}site_state`,
    help: 'Whether a site is called: closed (yes), open (left alone), halfOpen (one call finds out).',
    labelNames: ['site', 'state'],
    registers,
    collect() {
      this.reset();
      for (const { site, state: current } of source.lines())
        for (const state of ['closed', 'open', 'halfOpen'])
          this.set({ site, state }, state === current ? 1 : 0);
    },
  });
  new Gauge({
    name: `${prefix}site_waiting`,
    help: 'People in the line of a site, over all processes, as this one saw it last.',
    labelNames: ['site'],
    registers,
    collect() {
      this.reset();
      for (const { site, waiting } of source.lines()) this.set({ site }, waiting);
    },
  });
}

/** Counters and histograms, fed by events. */
function counting(names: Names, registers: Registry[]): Subscriber {
  const steps = new Counter({
    name: `${prefix}sign_in_steps_total`,
    help: 'Sign-ins by how far they came: requested, accepted (by the gate and the policy), redeemed (signed in).',
    labelNames: ['connection', 'step'],
    registers,
  });
  const refusals = new Counter({
    name: `${prefix}refusals_total`,
    help: 'Refused requests by code of the error table.',
    labelNames: ['connection', 'code'],
    registers,
  });
  const refreshes = new Counter({
    name: `${prefix}metadata_refreshes_total`,
    help: 'Metadata of IdPs that changed, or could not be renewed.',
    labelNames: ['connection', 'outcome'],
    registers,
  });
  const places = new Counter({
    name: `${prefix}places_total`,
    help: 'Tickets that were exchanged for a place in the line of a site.',
    labelNames: ['site'],
    registers,
  });
  const { requests, wix, inLine } = timings(registers);
  const count: Listeners = {
    'login.requested': ({ connection }) => steps.inc({ connection, step: 'requested' }),
    'login.accepted': ({ connection }) => steps.inc({ connection, step: 'accepted' }),
    'ticket.redeemed': ({ connection, site, wixMs, waitedMs }) => {
      steps.inc({ connection, step: 'redeemed' });
      wix.observe({ site, outcome: 'issued' }, wixMs / 1000);
      if (waitedMs !== undefined) inLine.observe({ site }, waitedMs / 1000);
    },
    'ticket.waits': ({ site }) => places.inc({ site }),
    refused: ({ connection, code, site, wixMs }) => {
      refusals.inc({ connection: names.connection(connection), code });
      if (wixMs !== undefined) wix.observe({ site: names.site(site), outcome: code }, wixMs / 1000);
    },
    failed: ({ connection, code }) => refusals.inc({ connection: names.connection(connection), code }),
    'metadata.refreshed': ({ connection }) => refreshes.inc({ connection, outcome: 'changed' }),
    'metadata.refreshFailed': ({ connection }) => refreshes.inc({ connection, outcome: 'failed' }),
    'http.answered': ({ path, status, milliseconds }) =>
      requests.observe({ path: pathLabel(path), status }, milliseconds / 1000),
  };
  return (event) => {
    const listener = count[event.type] as ((event: SsoEvent) => void) | undefined;
    listener?.(event);
  };
}

type Listeners = { readonly [T in SsoEvent['type']]?: (event: Extract<SsoEvent, { type: T }>) => void };

function timings(registers: Registry[]) {
  return {
    requests: new Histogram({
      name: `${prefix}request_seconds`,
      help: 'Time from a request to the end of its response.',
      labelNames: ['path', 'status'],
      buckets: requestBuckets,
      registers,
    }),
    wix: new Histogram({
      name: `${prefix}wix_seconds`,
      help: 'Time that a site took to issue a session token, or to fail.',
      labelNames: ['site', 'outcome'],
      buckets: wixBuckets,
      registers,
    }),
    inLine: new Histogram({
      name: `${prefix}site_wait_seconds`,
      help: 'Time that people stood in the line of a site until they were signed in.',
      labelNames: ['site'],
      buckets: lineBuckets,
      registers,
    }),
  };
}

/** Of the path below any base path; a stranger's path is no label. */
function pathLabel(path: string): string {
  for (const known of paths) if (path.endsWith(known)) return known;
  return 'other';
}
