/** The benign catalogue: what honest identity providers send. Every case must sign in the person that it names. */
import type { AttackContext, Posting } from '../attacks/catalogue';
import { post } from '../attacks/catalogue';
import { honest, type Signed } from '../attacks/material';
import type { ServiceProviderOptions } from '../attacks/running-sp';
import type { ResponseOptions } from '../../support/idp';
import type { RuleId } from '../../support/rule-ids';

export type BenignContext = AttackContext;

export interface BenignCase {
  readonly id: string;
  /** What must not refuse it: the row, step or area that the case leads into temptation. */
  readonly rule: RuleId;
  /** Who sends this, or the clause that allows it. */
  readonly source: string;
  /** The address that must be signed in. */
  readonly email: string;
  readonly build: (context: BenignContext) => Posting;
  /** Cases with the same options share a service provider. */
  readonly serviceProvider?: ServiceProviderOptions;
}

/** A case before `under` says which rule it is about. */
export type BenignDraft = Omit<BenignCase, 'rule'>;

export const EMAIL = 'mallory@example.com';

/** A case of one honest message; its address is the context's own account unless told otherwise. */
export function benign(
  id: string,
  source: string,
  options: Partial<ResponseOptions> | ((context: BenignContext) => Partial<ResponseOptions>),
  more: {
    readonly signed?: Signed;
    readonly email?: string;
    readonly serviceProvider?: ServiceProviderOptions;
  } = {},
): BenignDraft {
  const { signed = 'assertion', email = EMAIL, serviceProvider } = more;
  return {
    id,
    source,
    email,
    ...(serviceProvider === undefined ? {} : { serviceProvider }),
    build: (context) =>
      post(honest(context, signed, typeof options === 'function' ? options(context) : options)),
  };
}
