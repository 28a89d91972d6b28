/** Where the audit logs of several workers lie, and that all of them are found again. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditFileOfWorker, auditFilesOf } from '../../../src/admin/audit/worker-files';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'wix-saml-audit-'))));
afterEach(() => rmSync(directory, { recursive: true }));

it('gives each worker a file beside the configured one', () => {
  expect(auditFileOfWorker('/var/log/audit.jsonl', 2)).toBe('/var/log/audit.worker-2.jsonl');
  expect(auditFileOfWorker('audit', 11)).toBe('audit.worker-11');
  expect(auditFileOfWorker('audit.jsonl', undefined)).toBe('audit.jsonl');
});

it('finds them in their order, and nothing else', () => {
  const at = (name: string): string => join(directory, name);
  expect(auditFilesOf(at('audit.jsonl'))).toEqual([at('audit.jsonl')]);
  for (const name of [
    'audit.worker-10.jsonl',
    'audit.worker-2.jsonl',
    'audit.worker-2.jsonl.head',
    'audit.worker-x.jsonl',
  ])
    writeFileSync(at(name), '');
  expect(auditFilesOf(at('audit.jsonl'))).toEqual([at('audit.worker-2.jsonl'), at('audit.worker-10.jsonl')]);
  writeFileSync(at('audit.jsonl'), '');
  expect(auditFilesOf(at('audit.jsonl'))).toHaveLength(3);
  expect(auditFilesOf(join(directory, 'gone', 'audit.jsonl'))).toEqual([
    join(directory, 'gone', 'audit.jsonl'),
  ]);
});
