// Asks a site's check function how the site is set up and compares the answer with our configuration.
// The answer is the site's word: it is compared and shown, never trusted with a decision.

import { findingOf, stepOfRefusal } from './site-findings';
import type { StepId } from './site-steps';
import { errorTable } from '../core/error-table';
import { SsoError } from '../core/errors';
import type { Problem } from '../core/problem';
import type { Warning } from '../core/warnings';
import { checkSite } from '../wix/exchange';
import { openSite, type ReachableSite } from '../wix/open-site';
import { publicJwk } from '../wix/public-jwk';
import type { Deployment, System } from './deployment';

export interface SiteReport {
  readonly site: string;
  readonly answered: boolean;
  readonly version?: string;
  /** Names of the keys that the site knows; absent when it did not answer. */
  readonly keys?: readonly string[];
  readonly problems: readonly Problem[];
  readonly warnings: readonly Warning[];
}

/** A clock that is further off refuses our assertions, which live a minute. */
const clockWarningSeconds = 15;

/** @param only a site's name; undefined: every site */
export async function checkSites(
  deployment: Deployment,
  only: string | undefined,
  system: System,
): Promise<readonly SiteReport[]> {
  const sites = [...deployment.sites.values()].filter(({ name }) => only === undefined || name === only);
  if (only !== undefined && sites.length === 0) {
    const hint = `Use one of: ${[...deployment.sites.keys()].join(', ')}.`;
    return [
      {
        site: only,
        answered: false,
        problems: [{ path: `sites.${only}`, problem: 'is not configured', hint }],
        warnings: [],
      },
    ];
  }
  return Promise.all(sites.map((site) => checkOne(site, deployment, system)));
}

async function checkOne(site: ReachableSite, deployment: Deployment, system: System): Promise<SiteReport> {
  const { functions, signer } = openSite(site, deployment.serviceProvider.entityId, system);
  const path = `sites.${site.name}`;
  try {
    const answer = await checkSite(functions, signer);
    return judge(answer, { site, domains: domainsOf(deployment, site), now: system.clock.now() });
  } catch (cause) {
    if (!(cause instanceof SsoError)) throw cause;
    const detail = Object.entries(cause.detail).map(([name, value]) => `${name} ${String(value)}`);
    const problem = `asking ${site.url} gave ${cause.code}${detail.length === 0 ? '' : ` (${detail.join(', ')})`}`;
    return {
      site: site.name,
      answered: false,
      problems: [{ path, problem, hint: refusalHint(cause) }],
      warnings: [],
    };
  } finally {
    await functions.close();
  }
}

interface Wanted {
  readonly site: ReachableSite;
  /** Those that our connections vouch for. */
  readonly domains: readonly string[];
  readonly now: number;
}

function judge(answer: ReadonlyMap<string, unknown>, { site, domains, now }: Wanted): SiteReport {
  const path = `sites.${site.name}`;
  const problems = textsOf(answer.get('problems')).map((code) => saidBySite(path, code));
  const keys = textsOf(answer.get('keys'));
  if (!keys.includes(publicJwk(site.exchange.key).kid)) {
    problems.push({
      path: `${path}.exchange.key`,
      problem: 'is not among the keys that the site knows',
      hint: `Store the secret that \`wix-saml site\` prints (${stepWords('secret')}).`,
    });
  }
  const admitted = new Set(textsOf(answer.get('emailDomains')));
  const missing = domains.filter((domain) => !admitted.has('*') && !admitted.has(domain));
  if (missing.length > 0) {
    problems.push({
      path,
      problem: `the site refuses members of ${missing.join(', ')}`,
      hint: `Add the domains to "emailDomains" in the site’s secret (${stepWords('secret')}).`,
    });
  }
  const version = answer.get('version');
  return {
    site: site.name,
    answered: true,
    ...(typeof version === 'string' ? { version } : {}),
    keys,
    problems,
    warnings: judgeQuietly(answer, path, now),
  };
}

const stepWords = (step: StepId): string => `step ${step} of the owner’s page`;

function saidBySite(path: string, code: string): Problem {
  const finding = findingOf(code);
  const hint =
    finding === undefined
      ? 'Correct it as `wix-saml site` describes, and publish the site.'
      : `${finding.hint} Correct it as \`wix-saml site\` describes (${stepWords(finding.step)}).`;
  return { path, problem: `the site says: ${code}`, hint };
}

function refusalHint({ code }: SsoError): string {
  const step = stepOfRefusal(code);
  const { remedy } = errorTable[code];
  return step === undefined ? remedy : `${remedy} (${stepWords(step)})`;
}

function judgeQuietly(answer: ReadonlyMap<string, unknown>, path: string, now: number): Warning[] {
  const warnings: Warning[] = [];
  const time = answer.get('time');
  const skew = typeof time === 'number' ? Math.round(now / 1000 - time) : 0;
  if (Math.abs(skew) > clockWarningSeconds) {
    warnings.push({
      code: 'SITE_CLOCK',
      path,
      problem: `our clock is ${Math.abs(skew)} s ${skew > 0 ? 'ahead of' : 'behind'} the site’s`,
      hint: 'Let NTP set this machine’s clock.',
    });
  }
  if (answer.get('landing') === false) {
    warnings.push({
      code: 'SITE_NOT_SELF_CHECKED',
      path,
      problem: 'nobody has opened the self-check on the site’s landing page yet',
      hint: `Let the owner open the address that \`wix-saml site\` gives (${stepWords('landing')}).`,
    });
  }
  const strangers = answer.get('strangers');
  if (typeof strangers === 'number' && strangers > 0) {
    warnings.push({
      code: 'SITE_PRE_REGISTERED',
      path,
      problem: `${strangers} ${strangers === 1 ? 'member' : 'members'} registered before with an address that Wix has not verified`,
      hint: 'They cannot sign in until the owner adopts or rejects them on the self-check.',
    });
  }
  if (answer.get('deniedEmails') === 0 && answer.get('collaborators') !== 'wix') {
    warnings.push({
      code: 'SITE_DENIES_NOBODY',
      path,
      problem: 'nobody is on the site’s deny-list',
      hint: 'Put the owner’s and collaborators’ addresses into "deniedEmails" of the site’s secret.',
    });
  }
  return warnings;
}

const domainsOf = ({ connections }: Deployment, site: ReachableSite): string[] =>
  connections
    .forSite(site.name)
    .flatMap(({ settings: { policy } }) => (policy.emailDomains === '*' ? ['*'] : [...policy.emailDomains]));

const textsOf = (value: unknown): string[] =>
  Array.isArray(value)
    ? value.filter((item): item is string => typeof item === 'string').map((item) => item.slice(0, 200))
    : [];
