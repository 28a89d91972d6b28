/** Sends what honest identity providers send to a running service provider: everybody signs in, as who they are. */
import {
  hasTicket,
  startServiceProvider,
  type RunningServiceProvider,
  type ServiceProviderOptions,
} from '../attacks/running-sp';
import { benignCases, type BenignCase } from './index';

const groups = new Map<ServiceProviderOptions | undefined, BenignCase[]>();
for (const benign of benignCases) {
  const group = groups.get(benign.serviceProvider);
  if (group === undefined) groups.set(benign.serviceProvider, [benign]);
  else group.push(benign);
}

it('the benign catalogue has no id twice', () => {
  const ids = benignCases.map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

describe.each([...groups].map(([options, cases], index) => ({ index, options, cases })))(
  'honest messages are accepted ($index)',
  ({ options, cases }) => {
    let sp: RunningServiceProvider;
    beforeAll(async () => {
      sp = await startServiceProvider(options);
    });
    afterAll(() => sp.close());

    it.each(cases.map((benign) => [benign.id, benign.rule, benign] as const))(
      '%s (%s)',
      async (_id, _rule, benign) => {
        const outcome = await sp.send(benign.build(await sp.context()));
        expect({ code: outcome.code, ticket: hasTicket(outcome) }).toEqual({ code: undefined, ticket: true });
        expect(await sp.redeem(outcome)).toBe(benign.email);
      },
    );
  },
);
