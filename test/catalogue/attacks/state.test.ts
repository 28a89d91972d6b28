/** Attacks that take more than one message: replay, oracles, mix-ups between tabs, floods. Catalogue 2.4, 2.6, 2.7. */
import { CONTENT, encryptXml, makeIdpKeys, signElement } from '../../support/idp';
import { form, post } from './catalogue';
import { oracleAttacks } from './encryption';
import { hostileRelayStates } from './http';
import { assertionOf, honest, idOf, replaceOnce, withAssertion } from './material';
import { hasTicket, startServiceProvider, type RunningServiceProvider } from './running-sp';

let sp: RunningServiceProvider;
beforeAll(async () => {
  sp = await startServiceProvider();
});
afterAll(() => sp.close());

describe('#state.replay/attacks replay (Profiles §4.1.4.5)', () => {
  it('#state.replay/once takes one response once', async () => {
    const message = post(honest(await sp.context()));
    expect(hasTicket(await sp.send(message))).toBe(true);
    expect(await sp.send(message)).toMatchObject({ code: 'SAML_REQUEST_UNKNOWN', location: null });
  });

  it('#state.replay/hundred-copies gives exactly one ticket for a hundred copies that arrive at once', async () => {
    const message = post(honest(await sp.context()));
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => sp.send(message)));
    expect(outcomes.filter(hasTicket)).toHaveLength(1);
    expect(outcomes.filter(({ status }) => status === 403)).toHaveLength(99);
  });

  it.each(['assertion', 'response', 'both'] as const)(
    'knows a %s-signed message in another wrapping',
    async (signed) => {
      const xml = honest(await sp.context(), signed);
      expect(hasTicket(await sp.send(post(xml)))).toBe(true);
      for (const again of [
        `${xml}\n`,
        `<?xml version="1.0"?>${xml}`,
        replaceOnce(xml, '<samlp:Status>', '<samlp:Status >'),
      ]) {
        expect(await sp.send(post(again))).toMatchObject({ code: 'SAML_REQUEST_UNKNOWN', location: null });
      }
    },
  );

  it('#state.replay/new-response knows an assertion in a new Response', async () => {
    const context = await sp.context();
    const first = honest(context);
    expect(hasTicket(await sp.send(post(first)))).toBe(true);
    const second = withAssertion(honest(context, 'none'), assertionOf(first));
    expect(await sp.send(post(second))).toMatchObject({ code: 'SAML_REQUEST_UNKNOWN', location: null });
  });

  it('knows an assertion ID under another request', async () => {
    const first = honest(await sp.context());
    expect(hasTicket(await sp.send(post(first)))).toBe(true);
    const second = honest(await sp.context(), 'assertion', { assertionId: idOf(assertionOf(first)) });
    expect(await sp.send(post(second))).toMatchObject({ code: 'SAML_ASSERTION_REPLAYED', location: null });
  });

  it('#state.replay/two-idps does not mix up the same assertion ID of two identity providers', async () => {
    const context = await sp.context();
    const id = '_the-same-id';
    expect(hasTicket(await sp.send(post(honest(context, 'assertion', { assertionId: id }))))).toBe(true);
    const other = {
      ...context,
      idp: context.otherIdp,
      requestId: context.otherRequestId,
      attacker: 'gina@globex.example',
    };
    expect(hasTicket(await sp.send(post(honest(other, 'assertion', { assertionId: id }))))).toBe(true);
  });

  it('takes one of two honest answers to one request', async () => {
    const context = await sp.context();
    expect(hasTicket(await sp.send(post(honest(context))))).toBe(true);
    expect(await sp.send(post(honest(context)))).toMatchObject({
      code: 'SAML_REQUEST_UNKNOWN',
      location: null,
    });
  });

  it('redeems the ticket of a login for its own tab only, and once', async () => {
    const outcome = await sp.send(post(honest(await sp.context())));
    const ticket = new URL(outcome.location ?? '').searchParams.get('ticket');
    const redeem = (codeVerifier: string): Promise<Response> =>
      fetch(new URL('/session-token', sp.acsUrl), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ticket, codeVerifier }),
      });
    expect(await (await redeem('w'.repeat(43))).json()).toMatchObject({ error: 'TICKET_VERIFIER_MISMATCH' });
    // Spent by the wrong tab: the right one gets nothing either.
    expect(await (await redeem('v'.repeat(43))).json()).toMatchObject({ error: 'TICKET_UNKNOWN' });
  });
});

describe('decryption answers nothing (catalogue 2.6)', () => {
  it('gives one answer, byte for byte, whatever went wrong after decryption began', async () => {
    const answers = new Set<string>();
    for (let start = 0; start < oracleAttacks.length; start += 15) {
      const own = await startServiceProvider();
      try {
        for (const attack of oracleAttacks.slice(start, start + 15)) {
          const outcome = await own.send(attack.build(await own.context()));
          const reference =
            outcome.lines
              .map(({ fields }) => fields['reference'])
              .find((value) => typeof value === 'string') ?? '';
          expect(reference).not.toBe('');
          const headers = [...outcome.headers].filter(([name]) => name !== 'date');
          const anonymous = JSON.stringify([outcome.status, headers, outcome.body])
            .replaceAll(reference, 'REFERENCE')
            .replaceAll(own.siteOrigin, 'SITE')
            // Two of them may lie on either side of a minute.
            .replace(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/, 'TIME');
          answers.add(anonymous);
        }
      } finally {
        await own.close();
      }
    }
    expect([...answers]).toHaveLength(1);
  });

  /** A captured ciphertext, cut to one block whose IV the attacker turns: the classic question of a padding oracle. */
  const question = (captured: string, turn: number): string =>
    captured.replace(
      /(<xenc:CipherValue>)([^<]*)(<\/xenc:CipherValue><\/xenc:CipherData><\/xenc:EncryptedData>)/,
      (_whole, before: string, value: string, after: string) => {
        const block = Buffer.from(Buffer.from(value, 'base64').subarray(0, 32));
        block.writeUInt8(block.readUInt8(15) ^ turn, 15);
        return before + block.toString('base64') + after;
      },
    );
  const encryptedPart = (xml: string): string =>
    /<saml:EncryptedAssertion[^]*<\/saml:EncryptedAssertion>/.exec(xml)?.[0] ?? '';

  it.each(['a stranger', 'the signing IdP of another connection'])(
    'answers three questions about one AES-CBC ciphertext, whatever padding comes out, to %s',
    async (who) => {
      const victim = await sp.context();
      const encrypt = { recipients: [victim.encryptionCertificate], content: CONTENT.aes256cbc };
      const captured = encryptedPart(honest(victim, 'assertion', { encrypt }));
      const codes: (string | undefined)[] = [];
      for (let turn = 1; turn <= 40; turn += 1) {
        const c = await sp.context();
        const asks = who === 'a stranger' ? c : { ...c, idp: c.otherIdp, requestId: c.otherRequestId };
        const xml = withAssertion(honest(asks, 'none'), question(captured, turn));
        const signed = who === 'a stranger' ? xml : signElement(xml, idOf(xml), { keys: c.otherIdp.keys });
        codes.push((await sp.send(post(signed))).code);
      }
      expect(new Set(codes.slice(3))).toEqual(new Set(['SAML_DECRYPTION_THROTTLED']));
    },
  );

  it('does not forget the failures of a content key when its honest message is sent in between', async () => {
    const victim = await sp.context();
    const encrypt = { recipients: [victim.encryptionCertificate], content: CONTENT.aes256cbc };
    const message = honest(victim, 'assertion', { encrypt });
    const codes: (string | undefined)[] = [];
    for (let turn = 1; turn <= 8; turn += 1) {
      await sp.send(post(message));
      const xml = withAssertion(honest(victim, 'none'), question(encryptedPart(message), turn));
      codes.push((await sp.send(post(xml))).code);
    }
    expect(new Set(codes.slice(3))).toEqual(new Set(['SAML_DECRYPTION_THROTTLED']));
  });

  it.each(Object.entries(CONTENT).filter(([name]) => name !== 'tripleDes'))(
    'locks out nobody, however much garbage strangers encrypt for us: %s',
    async (_name, content) => {
      const recipients = [(await sp.context()).encryptionCertificate];
      for (let count = 0; count < 30; count += 1) {
        const garbage = `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${encryptXml('x', { recipients, content })}</saml:EncryptedAssertion>`;
        const outcome = await sp.send(post(withAssertion(honest(await sp.context(), 'none'), garbage)));
        expect(outcome.code).toBe('SAML_DECRYPTION_FAILED');
      }
      const encrypt = { recipients, content };
      expect(hasTicket(await sp.send(post(honest(await sp.context(), 'assertion', { encrypt }))))).toBe(true);
    },
  );

  it('#decryption/cbc-forbidden refuses CBC where the connection forbids it, before any key is used', async () => {
    const own = await startServiceProvider({ connection: { allowCbc: false } });
    try {
      const context = await own.context();
      const encrypt = { recipients: [context.encryptionCertificate], content: CONTENT.aes256cbc };
      const outcome = await own.send(post(honest(context, 'assertion', { encrypt })));
      expect(outcome).toMatchObject({ code: 'SAML_DECRYPTION_ALGORITHM_NOT_ALLOWED', location: null });
    } finally {
      await own.close();
    }
  });
});

describe('the log', () => {
  it.each([
    "The signed in user 'alice@example.com' is not assigned to a role",
    'alice@example.com',
    'no such person: <alice@example.com>, alice.ecila@example.com',
    `${'x'.repeat(180)} alice@example.com`,
  ])('does not keep whom an IdP refused: %s', async (message) => {
    const status = { code: 'urn:oasis:names:tc:SAML:2.0:status:Responder', message };
    const { code, lines } = await sp.send(post(honest(await sp.context(), 'none', { status })));
    expect(code).toBe('SAML_STATUS_NOT_SUCCESS');
    expect(JSON.stringify(lines)).toContain('…@');
    expect(JSON.stringify(lines)).not.toMatch(/alice|ecila/);
  });
});

describe('#state.unsolicited/attacks unsolicited responses (Profiles §4.1.5)', () => {
  it('#state.unsolicited/no-session never become a session, also with a RelayState of ours', async () => {
    const context = await sp.context();
    const xml = honest(context, 'both', { inResponseTo: null });
    const outcome = await sp.send(post(xml, context.requestId));
    expect(outcome).toMatchObject({ code: 'SAML_IN_RESPONSE_TO_MISMATCH', location: null });
    expect(hasTicket(await sp.send(post(honest(context))))).toBe(true);
  });

  it('stop where the connection rejects them', async () => {
    const own = await startServiceProvider({ connection: { unsolicited: 'reject' } });
    try {
      const xml = honest(await own.context(), 'both', { inResponseTo: null });
      expect(await own.send(post(xml))).toMatchObject({ code: 'SAML_RESPONSE_UNSOLICITED', location: null });
    } finally {
      await own.close();
    }
  });

  it.each(hostileRelayStates)(
    'go to the start page of the site, whatever RelayState says: %j',
    async (relayState) => {
      const xml = honest(await sp.context(), 'both', { inResponseTo: null });
      const { location } = await sp.send(
        form({ SAMLResponse: Buffer.from(xml).toString('base64'), RelayState: relayState }),
      );
      const url = new URL(location ?? '');
      expect(url.origin).toBe(sp.siteOrigin);
      expect(url.searchParams.get('return_to') ?? '/').toBe('/');
      expect(location).not.toContain('evil');
    },
  );
});

describe('IdP mix-up', () => {
  it('does not let one identity provider answer for another connection, and spends nothing', async () => {
    const context = await sp.context();
    const evil = { ...context, idp: context.otherIdp };
    for (const options of [{}, { issuer: context.idp.entityId }, { destination: null }]) {
      expect(hasTicket(await sp.send(post(honest(evil, 'assertion', options))))).toBe(false);
    }
    expect(hasTicket(await sp.send(post(honest(context))))).toBe(true);
  });

  it('does not accept a retired key', async () => {
    const retired = makeIdpKeys();
    const context = await sp.context();
    const outcome = await sp.send(post(honest({ ...context, idp: { ...context.idp, keys: retired } })));
    expect(outcome).toMatchObject({ code: 'SAML_SIGNATURE_INVALID', location: null });
  });
});
