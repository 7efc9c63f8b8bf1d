import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { check } from '@marcbachmann/cel-js';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { SEVERITIES } from '../summary.ts';
import { FINDING_CLASSES } from './finding.ts';
import { FINDING_IDS, findings } from './index.ts';

interface Policy {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly policyName?: string;
    readonly validationActions?: readonly string[];
    readonly validations?: readonly { readonly expression: string; readonly message: string }[];
    readonly matchConditions?: readonly { readonly name: string; readonly expression: string }[];
    readonly matchConstraints?: { readonly resourceRules: readonly { readonly resources: readonly string[] }[] };
    readonly rules?: readonly { readonly name: string; readonly match: object }[];
  };
}

const policiesOf = (yaml: string): readonly Policy[] =>
  parseAllDocuments(yaml).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS() as Policy;
  });

test('ids are files, each once, and every finding is registered', () => {
  const here = import.meta.dirname;
  expect(new Set(FINDING_IDS).size).toBe(FINDING_IDS.length);
  for (const id of FINDING_IDS) expect([id, existsSync(path.join(here, `${id}.ts`))]).toEqual([id, true]);
  const files = readdirSync(here).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !['index.ts', 'finding.ts'].includes(file),
  );
  expect(files.sort()).toEqual(FINDING_IDS.map((id) => `${id}.ts`).sort());
});

describe.each(findings.map((finding) => [finding.id, finding] as const))('%s', (_, finding) => {
  test('is exported from its file by its name in camel case, is frozen, and has a test beside it', () => {
    const name = finding.id.replace(/-(\w)/g, (_match, letter: string) => letter.toUpperCase());
    const file = path.join(import.meta.dirname, `${finding.id}.ts`);
    expect(readFileSync(file, 'utf8')).toContain(`export const ${name} = defineFinding({\n  id: '${finding.id}',`);
    expect(Object.isFrozen(finding)).toBe(true);
    expect(existsSync(file.replace('.ts', '.test.ts')), `${finding.id}.test.ts is missing`).toBe(true);
  });

  test('says what it is, why it matters and where that is written', () => {
    expect(SEVERITIES).toContain(finding.severity);
    expect(FINDING_CLASSES).toContain(finding.class);
    for (const text of [finding.title, finding.why, finding.remediation, finding.prevention.says]) expect(text.length).toBeGreaterThan(10);
    for (const sentence of [finding.why, finding.remediation]) expect(sentence).toMatch(/^[A-Z`][\s\S]+\.$/);
    for (const clause of [finding.misses ?? 'nothing', finding.prevention.says, finding.title]) expect(clause).not.toMatch(/\.$/);
    expect(finding.references.length).toBeGreaterThan(0);
    for (const reference of finding.references) expect(new URL(reference).protocol).toBe('https:');
  });

  test('names a policy that is one, or says why none helps', () => {
    const { prevention } = finding;
    if (prevention.kind === 'none') return;
    const policies = policiesOf(prevention.yaml);
    if (prevention.kind === 'ClusterPolicy') {
      expect(policies.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)).toEqual(['kyverno.io/v1 ClusterPolicy']);
      expect(policies[0]?.spec.rules?.length).toBeGreaterThan(0);
      return;
    }
    const [policy, binding] = policies;
    expect(policies.map(({ kind }) => kind)).toEqual(['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding']);
    expect(binding?.spec).toMatchObject({ policyName: policy?.metadata.name, validationActions: ['Deny'] });
    expect(policy?.spec.matchConstraints?.resourceRules[0]?.resources.length).toBeGreaterThan(0);
    for (const { expression } of [...(policy?.spec.validations ?? []), ...(policy?.spec.matchConditions ?? [])])
      expect([expression, check(expression).error?.name === 'ParseError']).toEqual([expression, false]);
  });
});
