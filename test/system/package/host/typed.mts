/** What a host application in strict TypeScript may write, and what its compiler must refuse. Compiled against the package. */

import {
  ConfigError,
  createApp,
  loadConfig,
  parseConfig,
  start,
  type App,
  type Config,
  type ConfigInput,
  type ErrorCode,
  type Running,
  type SignInNotice,
} from 'wix-saml';
import { createServer } from 'node:http';

const input: ConfigInput = {
  serviceProvider: {
    baseUrl: 'https://sso.example.com',
    signing: [{ key: 'signing.key', certificate: 'signing.crt' }],
  },
  listen: { port: '${PORT}' },
  sites: { portal: { url: 'https://www.example.com', exchange: { key: 'exchange.key' } } },
  connections: { acme: { site: 'portal', idpMetadata: 'setup', emailDomains: ['acme.com'] } },
};

export async function mounted(): Promise<App> {
  const config: Config = await parseConfig(input, { env: {}, baseDirectory: '.', clock: { now: () => 0 } });
  const path: string = new URL(config.baseUrl).pathname;
  const app = createApp(config, { onSignIn: audit, log: (level, event) => void [level, event, path] });
  createServer(app.handler);
  return app;
}

export const listening = async (): Promise<Running> =>
  start(await loadConfig('wix-saml.yaml', { env: process.env }));

function audit(notice: SignInNotice): void {
  const signIn: string | undefined = notice.signIn;
  if (notice.outcome === 'refused') {
    const code: ErrorCode = notice.code;
    void [code, signIn];
    // @ts-expect-error a refusal has no keys that verified anything
    void notice.keyThumbprints;
  } else {
    const member: string = notice.member;
    void member;
    // @ts-expect-error no event holds an address
    void notice.email;
  }
  // @ts-expect-error what is told cannot be changed
  notice.outcome = 'accepted';
}

export async function wrong(config: Config): Promise<void> {
  // @ts-expect-error keys are nobody's business
  void config.serviceProvider;
  // @ts-expect-error only loadConfig and parseConfig make one
  createApp({ baseUrl: 'https://sso.example.com' });
  // @ts-expect-error an option that does not exist
  await parseConfig({ ...input, wantAssertionsSigned: false });
  // @ts-expect-error a choice that does not exist
  await parseConfig({ ...input, log: { level: 'verbose' } });
  // @ts-expect-error text is no port unless it comes from the environment
  await parseConfig({ ...input, listen: { port: '3000' } });
  // @ts-expect-error a mapping is missing
  await parseConfig({ serviceProvider: input.serviceProvider, sites: input.sites });
  // @ts-expect-error a clock gives a number
  await loadConfig('wix-saml.yaml', { clock: { now: () => new Date() } });
  // @ts-expect-error variables are `env` now
  await loadConfig('wix-saml.yaml', { PORT: '3000' });
  try {
    await mounted();
  } catch (cause) {
    if (cause instanceof ConfigError)
      for (const { path, problem, hint } of cause.problems) void [path, problem, hint];
  }
}
