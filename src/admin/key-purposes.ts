// What a key of ours is for; one file per purpose comes out of `wix-saml keys`.

export const keyPurposes = ['signing', 'encryption', 'exchange', 'state'] as const;
export type KeyPurpose = (typeof keyPurposes)[number];
