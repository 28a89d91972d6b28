// The option `setup`: the pages for IT admins, and what has to be true before an IT admin's connection counts.

import { isIP } from 'node:net';
import { textSchema } from './json-schema';
import { choice, readText } from './kinds';
import { listOf, optional, section, withDefault, type Kind, type ValuesOf } from './option';
import { report, shown } from './reading';

const onOff = choice(['on', 'off']);

/** An address with or without a port: `10.0.0.53`, `10.0.0.53:5353`, `[fd00::53]:5353`. */
const dnsServer: Kind<string> = {
  label: 'IP address, with or without a port',
  schema: textSchema({ pattern: '^\\s*[0-9a-fA-F.:\\[\\]]+\\s*$' }),
  read: (raw, at) => {
    const value = readText(raw, at)?.trim();
    if (value === undefined) return undefined;
    const [, bracketed, plain = value, port = '53'] =
      /^(?:\[(.+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(value) ?? [];
    const isRight = isIP(bracketed ?? plain) !== 0 && Number(port) > 0 && Number(port) < 65_536;
    return isRight
      ? value
      : report(
          at,
          `is not the address of a name server: ${shown(value)}`,
          'Write 10.0.0.53, or 10.0.0.53:5353.',
        );
  },
};

const options = {
  pages: withDefault(onOff, 'on', {
    meaning:
      'The pages on which IT admins set their connection up, by a link of `wix-saml invite`. They answer 404 until the first link is made; `off` switches them off whole. `setup: off` is the short form.',
  }),
  domains: withDefault(choice(['configured', 'proven']), 'configured', {
    meaning:
      '`proven`: a connection may vouch only for those of its `emailDomains` whose owner has put the TXT record of this connection into the DNS. It is looked for daily; one that is lost counts for 7 more days. Needs a durable `state`.',
  }),
  activation: withDefault(choice(['operator', 'self']), 'operator', {
    meaning:
      'Who puts a tested connection live: the operator by `wix-saml connections activate`, or the IT admin alone on the set-up pages, which needs `domains: proven`.',
  }),
  dnsServers: optional(listOf(dnsServer, { least: 1 }), {
    meaning: 'Name servers that are asked for these records.',
    example: '[10.0.0.53]',
    defaultWords: 'those of the system',
  }),
};

const whole = section(options);

export type SetupChoice = ValuesOf<typeof options>;

const standard: SetupChoice = Object.freeze({
  ...{ pages: 'on', domains: 'configured', activation: 'operator', dnsServers: undefined },
});

const setupKind: Kind<SetupChoice> = {
  label: whole.label,
  schema: { anyOf: [onOff.schema, whole.schema] },
  read: (raw, at) => {
    if (typeof raw !== 'string') return whole.read(raw, at);
    const pages = onOff.read(raw, at);
    return pages === undefined ? undefined : Object.freeze({ ...standard, pages });
  },
  inner: { suffix: '', options },
};

export const setupOption = withDefault(setupKind, standard, {
  meaning: 'How IT admins set their connection up; `off` and `on` stand for `pages`.',
  defaultWords: 'on',
});
