// Captured answers that were judged wrongly or unhelpfully once, as somebody reported them: R…, C05. The live service says the
// same as `wix-saml explain`.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApplication } from '../../../src/http/router';
import { run } from '../../../src/cli/program';
import { form, listen } from '../../support/makers/listening';
import { setting } from '../../support/makers/setting';

const reports = join(__dirname, '../../vectors/reports');

async function explain(file: string, ...more: readonly string[]): Promise<string> {
  const out: string[] = [];
  const terminal = { out: (line: string) => out.push(line), err: (line: string) => out.push(line), env: {} };
  const args = [
    ...['explain', join(reports, file), '--at', '2026-11-25T08:00:00Z'],
    ...['--acs-url', 'https://sso.example.com/saml/acs'],
    ...['--entity-id', 'https://sso.example.com/saml/metadata'],
    ...['--in-response-to', '_0123456789012345678901234567890123456789-acme'],
    ...['--idp-metadata', join(reports, 'idp.xml'), '--show-email', ...more],
  ];
  await run(args, terminal);
  return out.join('\n');
}

/** What the running service logs about the same form field. */
async function live(samlResponse: string): Promise<Readonly<Record<string, unknown>>> {
  const world = setting();
  const server = await listen(createApplication(world.context));
  try {
    await server.send('/saml/acs', form({ SAMLResponse: samlResponse }));
    return world.lines.find(({ event }) => event === 'refused')?.fields ?? {};
  } finally {
    await server.stop();
  }
}

const field = (file: string): string => {
  const text = readFileSync(join(reports, file), 'utf8');
  return file.endsWith('.xml') ? Buffer.from(text).toString('base64') : text.trim();
};

it('R01: InResponseTo only on the confirmation: what is expected is never empty', async () => {
  const file = 'R01-in-response-to-only-on-confirmation.xml';
  expect(await explain(file)).toMatch(
    /SAML_IN_RESPONSE_TO_MISMATCH\n\s+expected: _0123[^]*received: nothing/,
  );
  expect(await live(field(file))).toMatchObject({ code: 'SAML_IN_RESPONSE_TO_MISMATCH' });
  expect((await live(field(file)))['expected']).not.toBe('');
});

it('R03: an empty InResponseTo is one judgement, and is said to be empty', async () => {
  const file = 'R03-empty-in-response-to.xml';
  const said = await explain(file);
  expect(said).toContain('received: an empty attribute');
  expect(said).toContain('InResponseTo is there and empty');
  expect(await live(field(file))).toMatchObject({
    code: 'SAML_IN_RESPONSE_TO_MISMATCH',
    received: 'an empty attribute',
  });
});

it('R05: lost plus signs are named', async () => {
  const file = 'R05-plus-became-blank.txt';
  expect(await explain(file)).toMatch(/received: blanks where plus signs should be\n.*escaping “\+” as %2B/);
  expect(await live(field(file))).toMatchObject({ problem: 'blanks where plus signs should be' });
});

it('R08: a DEFLATEd message is named', async () => {
  const file = 'R08-deflated.b64';
  expect(await explain(file)).toMatch(
    /received: compressed \(deflate\)\n.*compressed, as for the HTTP-Redirect/,
  );
  expect(await live(field(file))).toMatchObject({ problem: 'compressed (deflate)' });
});

it('R11a: white space around an Audience collapses', async () => {
  expect(await explain('R11a-audience-with-line-breaks.xml')).toContain('would be accepted for alice@');
});

it('R11b: white space around an Issuer does not, and can be seen', async () => {
  expect(await explain('R11b-issuer-with-line-break.xml')).toMatch(
    /SAML_ISSUER_MISMATCH[^]*received: https:\/\/idp\.example\.net\/metadata⏎/,
  );
});

it('R15: an Assertion in Advice is refused with the true reason and its place', async () => {
  const said = await explain('R15-advice-with-assertion.xml');
  expect(said).toContain('received: Assertion in Advice');
  expect(said).toContain('as a defence against wrapped signatures');
  expect(said).not.toContain('allows none');
});

it('C05: “Copy as cURL” is unpacked', async () => {
  expect(await explain('C05-copy-as-curl.txt')).toContain('would be accepted for');
});
