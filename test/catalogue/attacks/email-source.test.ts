/** What a configured source of the address holds against: cases for connections with `emailFrom`, and for `"*"`. */
import { NAME_ID, type AttributeOptions, type ResponseOptions } from '../../support/idp';
import { post, type Verdict } from './catalogue';
import { honest } from './material';
import { hasTicket, startServiceProvider, type RunningServiceProvider } from './running-sp';

const ALICE = 'alice@example.com';
const MALLORY = 'mallory@example.com';
const speaking = (value: string) => ({ value, format: NAME_ID.email });
const persistent = { value: 'a-user-id', format: NAME_ID.persistent };
const mail = (...values: AttributeOptions['values']): AttributeOptions => ({ name: 'mail', values });
const mallory: Verdict = { acceptedAs: MALLORY };

type Case = readonly [id: string, source: string, expected: Verdict, options: Partial<ResponseOptions>];

const groups: readonly (readonly [line: Readonly<Record<string, unknown>>, cases: readonly Case[]])[] = [
  [
    { emailFrom: 'mail' },
    [
      [
        'I-from-mail-nameid-victim',
        'a NameID the person may choose',
        mallory,
        { nameId: speaking(ALICE), attributes: [mail(MALLORY)] },
      ],
      ['I-from-mail-missing', 'no fallback', 'POLICY_EMAIL_MISSING', { nameId: speaking(ALICE) }],
      [
        'I-from-mail-other-case',
        'names are compared exactly',
        'POLICY_EMAIL_MISSING',
        { nameId: speaking(ALICE), attributes: [{ name: 'Mail', values: [ALICE] }] },
      ],
      [
        'I-from-mail-friendly-name',
        'FriendlyName is never looked at',
        'POLICY_EMAIL_MISSING',
        { nameId: persistent, attributes: [{ name: 'urn:x', friendlyName: 'mail', values: [ALICE] }] },
      ],
      [
        'I-from-mail-invalid',
        'no fallback',
        'POLICY_EMAIL_INVALID',
        { nameId: speaking(ALICE), attributes: [mail('alice@CORP')] },
      ],
      [
        'I-from-mail-two',
        'first wins / last wins',
        'POLICY_EMAIL_AMBIGUOUS',
        { nameId: persistent, attributes: [mail(MALLORY), mail(ALICE)] },
      ],
      [
        'I-from-mail-one-and-nonsense',
        'every value counts',
        'POLICY_EMAIL_INVALID',
        { nameId: persistent, attributes: [mail(ALICE, 'x')] },
      ],
      [
        'I-from-mail-structured',
        'structured value',
        'POLICY_EMAIL_INVALID',
        { nameId: persistent, attributes: [mail({ raw: 'x<a/>' }, ALICE)] },
      ],
    ],
  ],
  [
    { emailFrom: 'nameId' },
    [
      [
        'I-from-nameid-mail-victim',
        'a self-service mail attribute',
        mallory,
        { nameId: speaking(MALLORY), attributes: [mail(ALICE)] },
      ],
      [
        'I-from-nameid-missing',
        'no fallback',
        'POLICY_EMAIL_MISSING',
        { nameId: null, attributes: [mail(ALICE)] },
      ],
      [
        'I-from-nameid-named-so',
        'an attribute that is called nameId',
        'POLICY_EMAIL_INVALID',
        { nameId: speaking('a-user-id'), attributes: [{ name: 'nameId', values: [ALICE] }] },
      ],
      [
        'I-from-nameid-transient',
        'Core §8.3.8',
        'POLICY_NAMEID_TRANSIENT',
        { nameId: { value: ALICE, format: NAME_ID.transient }, attributes: [mail(ALICE)] },
      ],
    ],
  ],
  [
    { emailDomains: ['*'] },
    [
      [
        'I-star-named-domain',
        'a domain of another customer',
        'POLICY_EMAIL_DOMAIN_NOT_ALLOWED',
        { nameId: speaking('victim@globex.example') },
      ],
      [
        'I-star-named-domain-capitals',
        'a domain of another customer',
        'POLICY_EMAIL_DOMAIN_NOT_ALLOWED',
        { nameId: speaking('victim@GLOBEX.Example') },
      ],
      [
        'I-star-named-domain-attribute',
        'a domain of another customer',
        'POLICY_EMAIL_DOMAIN_NOT_ALLOWED',
        { nameId: persistent, attributes: [mail('victim@globex.example')] },
      ],
      [
        'I-star-other-domain',
        'what nobody names is left to the star',
        { acceptedAs: 'victim@sub.globex.example' },
        { nameId: speaking('victim@sub.globex.example') },
      ],
    ],
  ],
];

describe.each(groups)('the gate holds with %j', (connection, cases) => {
  let sp: RunningServiceProvider;
  beforeAll(async () => {
    sp = await startServiceProvider({ connection });
  });
  afterAll(() => sp.close());

  it.each(cases)('%s (%s)', async (_id, _source, expected, options) => {
    const context = await sp.context();
    const outcome = await sp.send(post(honest(context, 'assertion', options)));
    const isRefusal = typeof expected === 'string';
    expect({ code: outcome.code, ticket: hasTicket(outcome) }).toEqual({
      code: isRefusal ? expected : undefined,
      ticket: !isRefusal,
    });
    if (!isRefusal) expect(await sp.redeem(outcome)).toBe(expected.acceptedAs);
    for (const person of ['alice@', 'mallory@', 'victim@']) {
      expect(JSON.stringify(outcome.lines)).not.toContain(person);
    }
  });
});
