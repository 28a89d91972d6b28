// wix-saml inside an Express application of your own, below /sso. The configuration says so too:
// serviceProvider.baseUrl: https://www.example.com/sso

import express from 'express';
import { createApp, loadConfig } from 'wix-saml';

async function main(): Promise<void> {
  const sso = createApp(await loadConfig(process.env['WIX_SAML_CONFIG'] ?? 'wix-saml.yaml'));

  const application = express();
  // Before any body parser: the answer of an identity provider is judged as it came.
  application.use('/sso', sso.router);
  application.use(express.json());
  application.get('/', (_request, response) => {
    response.send('The rest of your application.');
  });

  const server = application.listen(Number(process.env['PORT'] ?? '3000'), '127.0.0.1');
  await sso.ready; // the self-test has passed, and /sso/readyz says 200

  process.once('SIGTERM', () => {
    sso.retire(); // /sso/readyz says 503, so that nobody new is sent here
    server.close(() => void sso.close());
  });
}

main().catch((cause: unknown) => {
  console.error(cause);
  process.exitCode = 1;
});
