/** Sends cases of the catalogue to a running service provider, one test each. */
import { Socket } from 'node:net';
import { rowIds, type RuleId } from '../../support/rule-ids';
import { post, type AttackCase, type AttackContext } from './catalogue';
import { honest } from './material';
import {
  hasTicket,
  restarts,
  startServiceProvider,
  type Outcome,
  type RunningServiceProvider,
} from './running-sp';

/** Rows that the log must name; the other three are looked at before any signature, outside the table. */
const rows = new Set<RuleId>(rowIds);
for (const rule of ['response.status', 'response.issuer', 'response.inResponseTo'] as const)
  rows.delete(rule);

/** To be called once for each class of cases, in as many files as keep the cores busy. */
export function sendAttacks(name: string, cases: readonly AttackCase[]): void {
  describe(`the gate holds: ${name}`, () => {
    callsNobody();
    let sp: RunningServiceProvider;
    beforeAll(async () => {
      sp = await startServiceProvider();
    });
    afterAll(() => sp.close());

    it.each(cases.map((attack) => [attack.id, attack.rule, attack] as const))(
      '%s (%s)',
      async (_id, rule, attack) => {
        const context = await sp.context();
        const outcome = await sp.send(attack.build(context));
        const { expect: verdict } = attack;
        if (typeof verdict !== 'string') {
          expect({ code: outcome.code, ticket: hasTicket(outcome) }).toEqual({
            code: undefined,
            ticket: true,
          });
          expect(new URL(outcome.location ?? '').origin).toBe(sp.siteOrigin);
          expect(await sp.redeem(outcome)).toBe(verdict.acceptedAs);
        } else if (verdict === 'RESTART') {
          expect({ restarts: restarts(outcome), code: outcome.code }).toEqual({
            restarts: true,
            code: undefined,
          });
        } else {
          expect({ code: outcome.code, ticket: hasTicket(outcome) }).toEqual({
            code: verdict,
            ticket: false,
          });
          if (rows.has(rule)) expect(outcome.rule).toBe(rule);
          leaksNothing(outcome, context);
        }
        if (attack.leavesRequestPending === true) {
          // The honest answer to the same request still signs its person in: garbage spends nothing.
          const afterwards = await sp.send(post(honest({ ...context, now: new Date() })));
          expect({ code: afterwards.code, ticket: hasTicket(afterwards) }).toEqual({
            code: undefined,
            ticket: true,
          });
          expect(await sp.redeem(afterwards)).toBe(context.attacker);
        }
      },
    );
  });
}

/** The cases name the discard port as a place to call. The service provider runs in this very process, so it would show. */
function callsNobody(): void {
  const connect = jest.spyOn(Socket.prototype, 'connect');
  afterAll(() => {
    const trapped = connect.mock.calls.filter((call) =>
      JSON.stringify(call, (_key, value: unknown) =>
        typeof value === 'object' && value instanceof Socket ? undefined : value,
      ).includes('"port":9,'),
    );
    expect(connect.mock.calls.length).toBeGreaterThan(0);
    expect(trapped).toEqual([]);
  });
}

function leaksNothing(outcome: Outcome, context: AttackContext): void {
  const log = JSON.stringify(outcome.lines);
  for (const secret of [context.victim, context.attacker, 'BEGIN ', 'SAMLResponse=']) {
    expect(outcome.body).not.toContain(secret);
    expect(log).not.toContain(secret);
  }
  expect(outcome.body).not.toContain('xss-probe');
  expect(outcome.headers.get('cache-control')).toContain('no-store');
}
