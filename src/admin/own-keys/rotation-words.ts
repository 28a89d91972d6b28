// What a step of a rotation means for others: whom to tell what, and what to wait for before the next one.

import type { KeyState, KeyUse } from './key-state';
import type { RotationStep } from './key-steps';
import type { RotationWish, TakenStep } from './rotate-keys';

export interface Addressees {
  readonly metadataUrl: string;
  /** Names of all connections. */
  readonly connections: readonly string[];
}

/** Sentences for the operator, after the step was taken. */
export function wordsFor(
  { use, before, state }: TakenStep,
  { step, undo }: RotationWish,
  addressees: Addressees,
): readonly string[] {
  if (undo) return undoWords[step](use, before);
  if (use.purpose === 'exchange') return exchangeWords[step](use.site, state);
  return use.purpose === 'signing'
    ? signingWords[step](addressees, state)
    : encryptionWords[step](addressees, state);
}

type Words<A extends readonly unknown[]> = Readonly<Record<RotationStep, (...given: A) => readonly string[]>>;

const idOf = (state: KeyState | undefined, stage: string): string =>
  state?.keys.filter((key) => key.stage === stage).at(-1)?.id ?? '';

const tell = ({ metadataUrl, connections }: Addressees): string[] => [
  `IdPs that read ${metadataUrl} by themselves get it there; allow them a day.`,
  `Tell the IT administrators of all others (connections: ${connections.join(', ')}):`,
  '  our metadata has changed, import it again (`wix-saml metadata --out sp-metadata.xml`),',
  '  or enter the certificate (`wix-saml metadata --values`) beside the one that is there.',
];

const signingWords: Words<[Addressees, KeyState]> = {
  publish: (addressees, state) => [
    `Our metadata shows the next signing certificate, SHA-256 ${idOf(state, 'next')}. Requests are signed as before.`,
    ...tell(addressees),
    'IdPs that do not check our signature need nothing. When all have it: `wix-saml keys rotate signing switch`.',
  ],
  switch: (_addressees, state) => [
    `Requests are signed with the key ${idOf(state, 'active')} now. Nobody has to be told.`,
    'If an IdP refuses requests now: `wix-saml keys rotate signing switch --undo`, and give it the metadata.',
    'When sign-ins at every IdP have worked: `wix-saml keys rotate signing retire`.',
  ],
  retire: (addressees, state) => [
    `The certificate SHA-256 ${idOf(state, 'retired')} is not in our metadata any more.`,
    `Tell the IT administrators (connections: ${addressees.connections.join(', ')}) that they may remove it.`,
  ],
};

const encryptionWords: Words<[Addressees, KeyState]> = {
  publish: (addressees, state) => [
    `Every process can decrypt with the next key, SHA-256 ${idOf(state, 'next')}; our metadata shows it in half a minute.`,
    ...tell(addressees),
    'Then, soon or later: `wix-saml keys rotate encryption switch`.',
  ],
  switch: (addressees, state) => [
    `Our metadata shows the key ${idOf(state, 'active')} alone now; the one before goes on decrypting.`,
    `Tell the IT administrators (connections: ${addressees.connections.join(', ')}) to encrypt with the new certificate only.`,
    'When all of them do: `wix-saml keys rotate encryption retire --keep DAYS`.',
  ],
  retire: (_addressees, state) => {
    const until = state.keys.filter(({ stage }) => stage === 'retired').at(-1)?.until ?? 0;
    const day = new Date(until).toISOString().slice(0, 10);
    return [`The key ${idOf(state, 'retired')} decrypts until ${day}. Nobody has to be told.`];
  },
};

const exchangeWords: Words<[string, KeyState]> = {
  publish: (site, state) => [
    `Tell the owner of the site ${site}: store the secret that \`wix-saml site --site ${site} --into DIR\` prints`,
    `  (it holds both keys; the next one is ${idOf(state, 'next')}), keep the other values, and publish the site.`,
    'Then `wix-saml keys rotate exchange switch`; it asks the site first.',
  ],
  switch: (site, state) => [
    `Assertions for the site ${site} are signed with the key ${idOf(state, 'active')} now. Nobody has to be told.`,
    'When sign-ins work: `wix-saml keys rotate exchange retire`.',
  ],
  retire: (site, state) => [
    `Tell the owner of the site ${site}: remove the key ${idOf(state, 'retired')} from "jwks" in the site’s secret.`,
  ],
};

const undoWords: Words<[KeyUse, KeyState | undefined]> = {
  publish: (_use, before) => {
    const file = before?.keys.find(({ stage }) => stage === 'next')?.file ?? '';
    return [
      'The next key is withdrawn. Whoever was told of it may forget it; it was never used.',
      `Its files may be deleted: ${file}.*`,
    ];
  },
  switch: () => [
    'The key from before is in use again, and the other one stays published. Nobody has to be told.',
  ],
  retire: (use) => [
    'The retired key can take over again, and others are told of it again.',
    use.purpose === 'exchange'
      ? `If the owner of the site ${use.site} has removed it from the secret, it has to go back there.`
      : 'If IT administrators have removed it, tell them to enter it again.',
  ],
};
