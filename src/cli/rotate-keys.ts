// `wix-saml keys rotate PURPOSE STEP`: one step of a rotation, or its undoing, and what it means for others.

import { checkSites } from '../admin/check-site';
import { documentOf, rotatedPurposes, type KeyUse, type RotatedPurpose } from '../admin/own-keys/key-state';
import { rotationSteps, type RotationStep } from '../admin/own-keys/key-steps';
import { makeNextKey } from '../admin/own-keys/make-next-key';
import {
  nameOf,
  rotateKeys,
  type RotationOutcome,
  type RotationPorts,
  type RotationWish,
  type TakenStep,
} from '../admin/own-keys/rotate-keys';
import { wordsFor } from '../admin/own-keys/rotation-words';
import type { ConfigParts } from '../config/config-parts';
import { loadConfig } from '../config/load';
import { exchangeId, pairId } from '../config/rotated-key-files';
import { systemClock, systemRandom } from '../server/system';
import type { SealedDocuments } from '../stores/sealed-documents';
import { goneFor, ownSideInUse, withKeyDocuments, withoutStateOfKeys } from './key-store';
import { exit, json, type Terminal } from './terminal';
import { UsageError } from './usage';

export interface RotateOptions {
  readonly file: string;
  readonly site: string | undefined;
  readonly undo: boolean;
  readonly keepDays: number;
  readonly days: number;
  readonly json: boolean;
}

const system = { clock: systemClock, random: systemRandom };

export async function rotate(
  words: readonly (string | undefined)[],
  options: RotateOptions,
  terminal: Terminal,
): Promise<number> {
  const { purpose, step } = understood(words);
  const surroundings = { env: terminal.env, now: systemClock.now(), fetchMetadata: false };
  const config = await loadConfig(options.file, surroundings);
  const uses = usesOf(purpose, options.site, config);
  const why = withoutStateOfKeys(config);
  if (why !== undefined) {
    const reason = `Keys cannot be rotated: ${why}. The state of a rotation has to outlive the process; with a durable \`state\` it does.`;
    if (options.json) terminal.out(json({ ok: false, reasons: [reason] }));
    else terminal.err(reason);
    return exit.findings;
  }
  const wish = { step, undo: options.undo, keepDays: options.keepDays };
  const outcome = await withKeyDocuments(config, (documents) =>
    rotateKeys(uses, wish, portsOf(config, options, documents)),
  );
  if (options.json) terminal.out(json(outcome));
  else tell(outcome, wish, config, terminal);
  return outcome.ok ? exit.fine : exit.findings;
}

function understood([purposeWord, stepWord]: readonly (string | undefined)[]): {
  readonly purpose: RotatedPurpose;
  readonly step: RotationStep;
} {
  const purpose = rotatedPurposes.find((name) => name === purposeWord);
  const step = rotationSteps.find((name) => name === stepWord);
  if (purpose !== undefined && step !== undefined) return { purpose, step };
  const usage = `wix-saml keys rotate ${rotatedPurposes.join('|')} ${rotationSteps.join('|')} [--undo]`;
  throw new UsageError(`error: ${usage}\n(\`wix-saml keys list\` shows where a rotation stands)`);
}

function usesOf(
  purpose: RotatedPurpose,
  site: string | undefined,
  { sites }: ConfigParts,
): readonly KeyUse[] {
  if (purpose !== 'exchange') return [{ purpose }];
  if (site === undefined) return [...sites.keys()].map((name) => ({ purpose, site: name }));
  if (sites.has(site)) return [{ purpose, site }];
  throw new UsageError(
    `error: --site ${site} is not configured. Use one of: ${[...sites.keys()].join(', ')}.`,
  );
}

function portsOf(config: ConfigParts, { days }: RotateOptions, documents: SealedDocuments): RotationPorts {
  const { serviceProvider, sites, keyPlaces } = config;
  return {
    ...system,
    documents,
    isGone: goneFor(config),
    configuredKey: (use) => {
      if (use.purpose === 'exchange') {
        const site = sites.get(use.site);
        return site === undefined ? undefined : exchangeId(site.exchange.key);
      }
      const pairs = use.purpose === 'signing' ? serviceProvider.signing : serviceProvider.decryption;
      return pairs[0] === undefined ? undefined : pairId(pairs[0]);
    },
    makeKey: (use) => {
      const place =
        use.purpose === 'exchange'
          ? (keyPlaces.exchange.get(use.site) ?? keyPlaces.signing)
          : keyPlaces[use.purpose];
      return makeNextKey(use, { place, name: new URL(serviceProvider.baseUrl).hostname, days }, system);
    },
    keysOfSite: async (name) => {
      const { connections } = config;
      const deployment = { connections, ...(await ownSideInUse(config)) };
      const [report] = await checkSites(deployment, name, system);
      return report?.keys ?? report?.problems[0]?.problem ?? 'it did not answer';
    },
  };
}

function tell(outcome: RotationOutcome, wish: RotationWish, config: ConfigParts, terminal: Terminal): void {
  const addressees = {
    metadataUrl: `${config.serviceProvider.baseUrl}/saml/metadata`,
    connections: config.connections.entries.map(({ settings }) => settings.name),
  };
  for (const step of outcome.steps) {
    for (const line of [headOf(step), ...wordsFor(step, wish, addressees)]) terminal.out(line);
    for (const behind of step.waitingFor) terminal.err(`Not taken up yet: ${behind}`);
  }
  if (!outcome.ok) {
    terminal.err(outcome.steps.length === 0 ? 'Nothing was changed:' : 'Not all was done:');
    for (const reason of outcome.reasons) terminal.err(`  ${reason}`);
  } else if (outcome.processes === 0) {
    terminal.out('No service runs with this store now; the next start follows.');
  }
}

const headOf = ({ use, state }: TakenStep): string => {
  const made = state.keys.find(({ stage }) => stage === 'next')?.file;
  const files = made === undefined ? '' : `; files ${made}.*`;
  return `${nameOf(use)}: step ${String(state.generation)} is done (${documentOf(use)}${files})`;
};
