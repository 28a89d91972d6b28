// The proofs of all domains: read before a sign-in, and renewed by looking into the DNS. Kept as sealed documents, so that
// every process knows of them and nobody with access to the store alone can make one.

import type { Events } from '../core/events';
import type { Clock } from '../core/ports';
import type { TxtLookup } from '../core/txt-lookup';
import type { SealedDocuments } from '../stores/sealed-documents';
import type { StateKeys } from '../stores/state-keys';
import { createHmac } from 'node:crypto';
import type { ConnectionSettings } from './connection';
import {
  daysLeft,
  proofAfter,
  proofName,
  readProof,
  recordName,
  recordText,
  standingOf,
  type DomainProof,
  type DomainStanding,
  type Sight,
} from './domain-proof';

export interface DomainProofPorts {
  readonly documents: Pick<SealedDocuments, 'get' | 'putIf'>;
  readonly stateKeys: StateKeys;
  readonly lookup: TxtLookup;
  readonly clock: Clock;
  readonly events: Events;
}

/** What may be shown of a domain. */
export interface DomainView {
  readonly domain: string;
  readonly standing: DomainStanding;
  readonly record: { readonly name: string; readonly text: string };
  /** Milliseconds since 1970, as far as it was ever proven. */
  readonly provenAt?: number;
  readonly missingSince?: number;
}

/** A view after a look, and what DNS said. */
export interface LookedAt {
  readonly view: DomainView;
  readonly sight: Sight['kind'];
  /** Of `unknown`. */
  readonly reason?: string;
}

type Whose = Pick<ConnectionSettings, 'name' | 'site'>;
const PURPOSE = 'wix-saml domain proof';

export class DomainProofs {
  constructor(private readonly ports: DomainProofPorts) {}

  /** @throws STATE_… (rejects): who cannot be asked has proven nothing */
  async standing(connection: string, domain: string): Promise<DomainStanding> {
    const { proof } = await this.read(connection, domain);
    return standingOf(proof, this.ports.clock.now());
  }

  async view(connection: string, domain: string): Promise<DomainView> {
    const { proof } = await this.read(connection, domain);
    return this.viewOf(connection, domain, proof);
  }

  async views(connection: string, domains: readonly string[]): Promise<readonly DomainView[]> {
    return Promise.all(domains.map((domain) => this.view(connection, domain)));
  }

  async proof(connection: string, domain: string): Promise<DomainProof | undefined> {
    return (await this.read(connection, domain)).proof;
  }

  /** Asks the DNS, notes what it says, and tells of what has changed. @throws STATE_… (rejects) */
  async look(of: Whose, domain: string): Promise<LookedAt> {
    const { documents, lookup, clock, events } = this.ports;
    const answer = await lookup(recordName(domain));
    const { proof, version } = await this.read(of.name, domain);
    const sight = this.sightOf(of.name, domain, answer, proof);
    const now = clock.now();
    const after = proofAfter(proof, domain, sight, now);
    const reason = answer.kind === 'unknown' ? { reason: answer.reason } : {};
    const looked = { view: this.viewOf(of.name, domain, after), sight: sight.kind, ...reason };
    if (after === undefined || after === proof) return looked;
    const written = await documents.putIf(proofName(of.name, domain), after, version);
    // Whoever was quicker has seen the same and tells of it.
    if (written === undefined) return { ...looked, view: await this.view(of.name, domain) };
    const about = { connection: of.name, site: of.site, domain };
    if (after.missingSince !== undefined) {
      const days = daysLeft(after, now);
      const problem = `the TXT record ${recordName(domain)} is not there any more`;
      const hint =
        days === 0
          ? 'Nobody at this domain can sign in. Put the record back; `wix-saml connections` shows it.'
          : 'Put the record back before the days are over; `wix-saml connections` shows it.';
      events.emit({ type: 'domain.lost', ...about, days, problem, hint });
    } else if (proof === undefined || proof.missingSince !== undefined) {
      events.emit({ type: 'domain.proven', ...about });
    }
    return looked;
  }

  private sightOf(
    connection: string,
    domain: string,
    answer: Awaited<ReturnType<TxtLookup>>,
    proof: DomainProof | undefined,
  ): Sight {
    if (answer.kind !== 'found') return answer;
    const ours = [...this.texts(connection, domain), ...(proof === undefined ? [] : [proof.text])];
    // Some panels store the quotation marks that somebody typed.
    const texts = answer.texts.map((text) => text.trim().replace(/^"(.*)"$/, '$1'));
    const text = ours.find((one) => texts.includes(one));
    return text === undefined ? { kind: 'absent' } : { kind: 'found', text };
  }

  private viewOf(connection: string, domain: string, proof: DomainProof | undefined): DomainView {
    const standing = standingOf(proof, this.ports.clock.now());
    const [first = ''] = this.texts(connection, domain);
    return {
      domain,
      standing,
      record: { name: recordName(domain), text: proof?.text ?? first },
      ...(proof === undefined ? {} : { provenAt: proof.provenAt }),
      ...(proof?.missingSince === undefined ? {} : { missingSince: proof.missingSince }),
    };
  }

  /** By every state key, the first before the others: a key may be changed while somebody waits for their DNS. */
  private texts(connection: string, domain: string): readonly string[] {
    return [...this.ports.stateKeys.opening(PURPOSE)].map((key) =>
      recordText(createHmac('sha256', key).update(`${connection}\n${domain}`).digest()),
    );
  }

  private async read(
    connection: string,
    domain: string,
  ): Promise<{ readonly proof: DomainProof | undefined; readonly version: string | undefined }> {
    const document = await this.ports.documents.get(proofName(connection, domain));
    return { proof: readProof(document?.value, domain), version: document?.version };
  }
}
