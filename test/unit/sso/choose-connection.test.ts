import { chooseConnection, type Choice } from '../../../src/sso/choose-connection';
import { directoryOf } from '../../../src/sso/directory';
import { connection, setting } from '../../support/makers/setting';

const two = setting().context;
const one = setting({ sites: 1 }).context;

function summary(choice: Choice) {
  if (choice.kind === 'one') return choice.entry.settings.name;
  return { site: choice.site?.name, choices: choice.choices.map(({ settings }) => settings.name) };
}

const portalChooser = { site: 'portal', choices: ['acme', 'globex'] };
const addressOnly = { site: undefined, choices: [] };

describe('#login.choice/all the choice of a connection', () => {
  it.each([
    [{ connection: 'acme' }, 'acme'],
    [{ connection: 'acme', site: 'portal' }, 'acme'],
    [{ connection: 'acme', email: 'x@globex.example' }, 'acme'],
    [{ site: 'shop' }, 'initech'],
    [{ site: 'portal', email: 'ada@acme.example' }, 'acme'],
    [{ email: 'ada@globex.example' }, 'globex'],
    [{ email: 'ADA@GLOBEX.EXAMPLE' }, 'globex'],
    [{ email: ' ada@globex.example ' }, 'globex'],
    [{ email: '"a@b"@globex.example' }, 'globex'],
    [
      { site: 'shop', email: 'whoever@unknown.example' },
      { site: 'shop', choices: ['initech'] },
    ],
    [{ site: 'portal' }, portalChooser],
    [{ site: 'portal', email: 'ada@shared.example' }, portalChooser],
    [{ site: 'portal', email: 'ada@unknown.example' }, portalChooser],
    [{ site: 'portal', email: 'ada@initech.example' }, portalChooser],
    [{ site: 'portal', email: 'not an address' }, portalChooser],
    [{ email: 'ada@shared.example' }, addressOnly],
    [{ email: 'ada@unknown.example' }, addressOnly],
    [{ email: 'ada@sub.acme.example' }, addressOnly],
    [{}, addressOnly],
  ])('of two sites, %j leads to %j', (selector, expected) => {
    expect(summary(chooseConnection(two, selector))).toEqual(expected);
  });

  it.each([
    [{}, portalChooser],
    [{ email: 'ada@acme.example' }, 'acme'],
    [{ email: 'ada@unknown.example' }, portalChooser],
  ])('#login.choice/one-site of one site, %j leads to %j', (selector, expected) => {
    expect(summary(chooseConnection(one, selector))).toEqual(expected);
  });

  it('answers a known address of several and an unknown address alike', () => {
    const answers = ['ada@shared.example', 'ada@unknown.example'].map((email) => [
      summary(chooseConnection(two, { email })),
      summary(chooseConnection(two, { site: 'portal', email })),
    ]);
    expect(answers[0]).toEqual(answers[1]);
  });

  it('prefers the connection that names the domain over one that takes all', () => {
    const connections = directoryOf([
      connection('any', 'portal', '*'),
      connection('acme', 'portal', ['acme.example']),
    ]);
    const context = { ...two, connections };
    expect(summary(chooseConnection(context, { email: 'ada@acme.example' }))).toBe('acme');
    expect(summary(chooseConnection(context, { email: 'ada@other.example' }))).toBe('any');
  });

  it('B6: does not send a domain to the star of its site when another connection has it', () => {
    const star = connection('any', 'portal', '*');
    const any = { ...star, policy: { ...star.policy, domainsOfOthers: new Set(['acme.example']) } };
    const context = { ...two, connections: directoryOf([any]) };
    expect(summary(chooseConnection(context, { email: 'ada@ACME.example' }))).toEqual(addressOnly);
    expect(summary(chooseConnection(context, { email: 'ada@other.example' }))).toBe('any');
  });

  it.each([
    [{ connection: 'nobody' }],
    [{ site: 'nowhere' }],
    [{ connection: 'acme', site: 'shop' }],
    [{ connection: '__proto__' }],
    [{ site: 'constructor' }],
    [{ connection: 'ACME' }],
  ])('does not know %j', (selector) => {
    expect(() => chooseConnection(two, selector)).toThrow('LOGIN_CONNECTION_UNKNOWN');
  });
});
