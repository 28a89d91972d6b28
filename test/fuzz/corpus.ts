/**
 * What an attacker may hold: messages that the identity provider really signed for the attacker's own account, in every
 * layout, and one that the attacker signed with a key of his own. The victim's name stands in none that counts.
 */
import { makeIdpKeys, buildResponse, encryptXml, CONTENT, LAYOUTS, NAME_ID, SIGNATURE } from '../support/idp';
import type { IdpKeys, ResponseOptions } from '../support/idp';
import {
  judge,
  makeWorld,
  NOW,
  plain,
  toField,
  verificationKey,
  type Accepted,
  type Parties,
} from '../properties/gate';
import { toTree, type Node } from './tree';

export const ATTACKER = 'mallory@example.com';
export const VICTIM = 'alice@example.com';

export interface Seed {
  readonly name: string;
  readonly xml: string;
  readonly tree: Node;
}

export interface Corpus {
  readonly seeds: readonly Seed[];
  readonly parties: Parties;
  /** For tests of what a strange or hostile identity provider may sign. */
  readonly idp: IdpKeys;
  readonly attackerCertificate: string;
  /** What may be read, when something is accepted: assertions that were really signed, as JSON. */
  readonly signed: ReadonlySet<string>;
  /** Anybody can encrypt for the service provider. */
  encrypt(plain: string): string;
}

/** What counts of an acceptance. The Response around it may be unsigned, and then may be changed. */
export function essence(accepted: Accepted): string {
  return JSON.stringify({ ...(plain(accepted) as object), response: undefined });
}

export function makeCorpus(): Corpus {
  const world = makeWorld();
  const ec = makeIdpKeys({ kind: 'ec-p256' });
  const attacker = makeIdpKeys();
  const parties: Parties = {
    ...world.parties,
    keys: [...world.parties.keys, verificationKey(ec.certificatePem)],
  };
  const encryption = world.decryption.certificatePem;
  const message = (options: Partial<ResponseOptions>, keys: IdpKeys = world.idp): string =>
    buildResponse({
      keys,
      issuer: parties.identityProvider,
      acsUrl: parties.assertionConsumerServiceUrl,
      audience: parties.serviceProvider,
      inResponseTo: parties.requestId ?? '',
      now: new Date(NOW),
      nameId: { value: ATTACKER, format: NAME_ID.email },
      ...options,
    });
  const recipients = [encryption];
  const texts: [string, string][] = [
    ...Object.entries(LAYOUTS).map(([name, layout]): [string, string] => {
      const person = { id: 'mallory', name: 'Mallory M', email: ATTACKER, groups: ['a', 'b'] };
      const context = {
        person,
        spEntityId: parties.serviceProvider,
        entityId: parties.identityProvider,
        encryptionCertificate: encryption,
      };
      return [name, message({ ...layout(context), nameId: { value: ATTACKER, format: NAME_ID.email } })];
    }),
    ['assertion', message({})],
    ['response', message({ sign: { response: true } })],
    ['both', message({ sign: { response: true, assertion: true } })],
    ['ecdsa', message({ sign: { response: true, assertion: true } }, ec)],
    ['pss', message({ signature: { signatureAlgorithm: SIGNATURE.pssSha256 } })],
    ['cbc', message({ encrypt: { recipients, content: CONTENT.aes128cbc } })],
    ['gcm', message({ encrypt: { recipients, content: CONTENT.aes128gcm, keyPlacement: 'beside' } })],
    ['encrypted-response', message({ sign: { response: true }, encrypt: { recipients } })],
    ['encrypted-id', message({ encryptNameId: { recipients } })],
    ['extensions', message({ extensions: '<x:a xmlns:x="urn:x">b</x:a>', advice: '<x:a xmlns:x="urn:x"/>' })],
  ];
  const signed = new Set<string>();
  for (const [name, xml] of texts) {
    const { accepted, code } = judge(toField(xml), parties, NOW);
    if (accepted === undefined) throw new Error(`the honest message ${name} is refused: ${code}`);
    signed.add(essence(accepted));
  }
  texts.push(['forged', message({ nameId: { value: VICTIM } }, attacker)]);
  return {
    seeds: texts.map(([name, xml]) => ({ name, xml, tree: toTree(xml) })),
    parties,
    idp: world.idp,
    attackerCertificate: attacker.certificateBase64,
    signed,
    encrypt: (text) => encryptXml(text, { recipients }),
  };
}
