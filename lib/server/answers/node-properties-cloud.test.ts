import { describe, expect, test } from 'vitest';
import { accountWith } from '../../graph/testing/aws-account.ts';
import type { Dataset } from '../dataset.ts';
import { datasetOf } from '../dataset.ts';
import { nodeAnswer } from './node.ts';

/** A dataset whose one node of a cloud has the record that its technique would give it. */
function withNode(kind: string, id: string, record: unknown): Dataset {
  const data = datasetOf(accountWith({}).serviceAccount('a/b').inventory());
  const { nodes } = data.graph;
  const at = nodes.indexOf('sa:a/b') as number;
  const replaced = <Item>(items: readonly Item[], item: Item): Item[] => items.map((one, index) => (index === at ? item : one));
  const table = {
    ...nodes,
    count: nodes.count,
    ids: replaced<string>(nodes.ids, id),
    kinds: replaced<string>(nodes.kinds, kind),
    names: nodes.names,
    namespaces: replaced<string>(nodes.namespaces, ''),
    records: replaced<unknown>(nodes.records, record),
    indexOf: (asked: string) => (asked === id ? at : nodes.indexOf(asked)),
  };
  return { ...data, graph: { ...data.graph, nodes: table as never } };
}

const binding = { index: 0, role: 'roles/owner', members: ['user:ann@example.com'], condition: { expression: 'true' } };
const assignment = { id: 'a1', roleDefinitionId: '/d/r', principalId: 'p', scope: '/subscriptions/s', listedFor: [] };
/** As the evaluator keeps it: with functions, which no object of an API has. */
const compiled = {
  definition: { id: '/d/r', name: 'r', roleName: 'Owner', custom: false, permissions: [] },
  permissions: [{ control: { has: () => true } }],
};

describe('nodes of Google Cloud and Azure tell what their API says', () => {
  test.each([
    [
      'gcp-service-account',
      'gsa:x',
      { email: 'x@p.iam.gserviceaccount.com', project: 'p', disabled: true },
      ['Project p', 'Disabled yes: it gets no tokens'],
      'project: p',
    ],
    [
      'gcp-grant',
      'gcp-grant:projects/p#0',
      { policy: { resource: 'projects/p', bindings: [binding, binding] }, binding },
      ['Role roles/owner', 'Condition true'],
      'resource: projects/p',
    ],
    [
      'azure-identity',
      'azure-identity:c',
      { kind: 'application', name: 'app', clientId: 'c', resourceId: 'o', tenantId: 't' },
      ['Kind Entra application', 'Tenant t'],
      'clientId: c',
    ],
    [
      'azure-grant',
      'azure-grant:r@s',
      { key: 'r@s', assignment, role: compiled },
      ['Role Owner', 'Scope /subscriptions/s'],
      'roleName: Owner',
    ],
    ['azure-grant', 'azure-grant:r@s', { key: 'r@s', assignment }, ['Role /d/r'], 'scope: /subscriptions/s'],
  ])('%s', (kind, id, record, properties, yaml) => {
    const answer = nodeAnswer(withNode(kind, id, record), id);
    const lines = answer.properties.map(({ name, value }) => `${name} ${value}`);
    expect(lines).toEqual(expect.arrayContaining(properties));
    expect(answer.yaml).toContain(yaml);
    expect(answer.yaml).not.toContain('control');
  });

  test('a grant that stands for many is not called unread', () => {
    expect(nodeAnswer(withNode('gcp-grant', 'gcp-grant:every', undefined), 'gcp-grant:every').properties).toEqual([]);
  });
});
