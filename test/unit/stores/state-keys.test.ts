import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import {
  looksLikeStateKey,
  newStateKey,
  readStateKeyText,
  StateKeys,
  stateKeyText,
} from '../../../src/stores/state-keys';

const random = { bytes: (count: number) => randomBytes(count) };

describe('a state key', () => {
  it('is 32 random bytes and one line that says what it is', () => {
    const key = newStateKey(random);
    expect(key).toHaveLength(32);
    expect(stateKeyText(key)).toMatch(/^wix-saml-state-key:v1:[A-Za-z0-9_-]{43}\n$/);
    expect(readStateKeyText(stateKeyText(key))).toEqual(key);
    expect(readStateKeyText(`  ${stateKeyText(key)}\r\n`)).toEqual(key);
  });

  it.each([
    '',
    'wix-saml-state-key:v1:',
    `wix-saml-state-key:v2:${'A'.repeat(43)}`,
    `wix-saml-state-key:v1:${'A'.repeat(42)}`,
    `wix-saml-state-key:v1:${'A'.repeat(44)}`,
    `wix-saml-state-key:v1:${'A'.repeat(42)}B`,
    `wix-saml-state-key:v1:${'A'.repeat(42)}+`,
    'A'.repeat(43),
    `wix-saml-state-key:v1:${'A'.repeat(43)}\nwix-saml-state-key:v1:${'A'.repeat(43)}`,
  ])('is not %j', (text) => {
    expect(readStateKeyText(text)).toBeUndefined();
  });

  it('is recognised before it is read', () => {
    expect(looksLikeStateKey(' wix-saml-state-key:v9:x')).toBe(true);
    expect(looksLikeStateKey('certs/sp/state.key')).toBe(false);
  });

  it('has exactly 32 bytes', () => {
    expect(() => new StateKeys([randomBytes(31)])).toThrow(TypeError);
    expect(() => new StateKeys([randomBytes(32), randomBytes(33)])).toThrow(TypeError);
  });
});

describe('state keys', () => {
  const [one, two] = [randomBytes(32), randomBytes(32)];

  it('have names that differ, stay and tell nothing', () => {
    const keys = new StateKeys([one, two]);
    expect(keys.ids).toEqual([new StateKeys([one]).ids[0], new StateKeys([two]).ids[0]]);
    expect(keys.ids[0]).not.toBe(keys.ids[1]);
    expect(one.toString('base64url')).not.toContain(keys.ids[0]);
  });

  it('show their bytes to nobody', () => {
    const keys = new StateKeys([one, two]);
    const shown = `${inspect(keys, { depth: 9, showHidden: true })}${JSON.stringify(keys)}`;
    for (const key of [one, two]) {
      for (const encoding of ['hex', 'base64', 'base64url'] as const)
        expect(shown).not.toContain(key.toString(encoding));
    }
  });

  it('derive another key for every purpose, and seal with the first', () => {
    const keys = new StateKeys([one, two]);
    expect(keys.sealing('a')).not.toEqual(keys.sealing('b'));
    expect([...keys.opening('a')]).toEqual([keys.sealing('a'), new StateKeys([two]).sealing('a')]);
  });
});
