/** What a repository host reads: forms, workflows with pinned actions and small rights, owners of files that exist. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { root } from './sources';

const folder = join(root, '.github');
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.yml'))
  .sort();

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: { readonly node: readonly number[] } };
  readonly container?: string;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Form {
  readonly name: string;
  readonly description: string;
  readonly body: readonly {
    readonly type: string;
    readonly id?: string;
    readonly attributes: { readonly label?: string; readonly value?: string };
  }[];
}

const workflow = (name: string): Workflow => load(read(`workflows/${name}`)) as Workflow;
const workflows = files.filter((name) => name.startsWith('workflows/'));
const forms = files.filter((name) => /^ISSUE_TEMPLATE\/(?!config)/.test(name));

it('is YAML throughout, and all of it is here', () => {
  expect(files).toEqual([
    'ISSUE_TEMPLATE/bug.yml',
    'ISSUE_TEMPLATE/config.yml',
    'ISSUE_TEMPLATE/identity-provider.yml',
    'ISSUE_TEMPLATE/question.yml',
    'dependabot.yml',
    'workflows/ci.yml',
    'workflows/release.yml',
  ]);
  for (const name of files) expect(load(read(name))).toEqual(expect.any(Object));
});

describe.each(workflows)('%s', (name) => {
  it('uses actions of a full commit, with the version behind it', () => {
    const used = read(name)
      .split('\n')
      .filter((line) => /\buses:/.test(line));
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((line) => !/uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  it('has the right to read, and to prove its identity only where it publishes', () => {
    const { permissions, jobs } = workflow(name.replace('workflows/', ''));
    expect(permissions).toEqual({ contents: 'read' });
    const more = Object.values(jobs).flatMap((job) => Object.entries(job.permissions ?? {}));
    const written = more.filter(([, right]) => right === 'write').map(([what]) => what);
    expect(written).toEqual(name.endsWith('release.yml') ? ['id-token'] : []);
  });

  it('puts no text of strangers into a command', () => {
    const commands = Object.values(workflow(name.replace('workflows/', '')).jobs).flatMap(({ steps }) =>
      steps.flatMap(({ run }) => run ?? []),
    );
    expect(commands.filter((command) => command.includes('${{'))).toEqual([]);
  });
});

it('ci.yml runs .ci/run on Node 20, 22 and 24, on the Debian that it wants', () => {
  const [job] = Object.values(workflow('ci.yml').jobs);
  expect(job?.strategy?.matrix.node).toEqual([20, 22, 24]);
  expect(job?.container).toMatch(/^node:.*-bookworm$/);
  expect(job?.steps.map(({ run }) => run)).toContain('.ci/run');
});

it('release.yml checks before it publishes, with provenance and without a token', () => {
  const commands = Object.values(workflow('release.yml').jobs).flatMap(({ steps }) =>
    steps.flatMap(({ run }) => run ?? []),
  );
  expect(commands.slice(-3)).toEqual(['npm ci', 'npm run check', expect.stringMatching(/--provenance\b/)]);
  expect(read('workflows/release.yml')).not.toMatch(/secrets\.|TOKEN/);
});

describe.each(forms)('%s', (name) => {
  const form = load(read(name)) as Form;

  it('is a form: each question has an id of its own and a label', () => {
    expect(form).toMatchObject({
      name: expect.any(String) as string,
      description: expect.any(String) as string,
    });
    const questions = form.body.filter(({ type }) => type !== 'markdown');
    const ids = questions.map(({ id }) => id);
    expect(new Set(ids).size).toBe(questions.length);
    expect(questions.filter(({ id, attributes }) => !/^[a-z]+$/.test(id ?? '') || !attributes.label)).toEqual(
      [],
    );
    expect(form.body.filter(({ type }) => !/^(markdown|input|textarea|dropdown)$/.test(type))).toEqual([]);
  });
});

it('CODEOWNERS names files that exist, and no owner whom nobody knows yet', () => {
  // A pattern is a comment until somebody writes an owner behind it.
  const lines = read('CODEOWNERS')
    .replace(/^# (?=[/*])/gm, '')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(/\s+/));
  expect(lines.filter(([path = '']) => path !== '*' && !existsSync(join(root, path)))).toEqual([]);
  expect(
    lines.filter(([, ...owners]) => owners.length === 0 || !owners.every((owner) => owner.startsWith('@'))),
  ).toEqual([]);
  expect(lines[0]?.[0]).toBe('*');
  expect(read('CODEOWNERS')).not.toMatch(/@wix-saml/);
});

it('dependabot looks at packages and actions, and leaves the parser of the gate alone', () => {
  const { version, updates } = load(read('dependabot.yml')) as {
    version: number;
    updates: { 'package-ecosystem': string; ignore?: { 'dependency-name': string }[] }[];
  };
  expect(version).toBe(2);
  expect(updates.map((update) => update['package-ecosystem'])).toEqual(['npm', 'github-actions']);
  expect(updates[0]?.ignore?.map((each) => each['dependency-name'])).toEqual(['saxes']);
});
