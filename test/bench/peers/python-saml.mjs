// python3-saml (lxml and xmlsec, validates against the schema), from Debian's python3-onelogin-saml2.

import { names } from '../messages.mjs';
import { startWorker } from './worker.mjs';

export const startPythonSaml = () =>
  startWorker({
    name: 'python3-saml',
    module: 'onelogin.saml2.response',
    program: 'python_saml_worker.py',
    order: ({ certificate, decryptionKey }) => ({
      ...names,
      certificate,
      key: decryptionKey?.privateKey.export({ type: 'pkcs8', format: 'pem' }) ?? null,
    }),
  });
