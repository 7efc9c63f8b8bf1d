import { describe, expect, it } from 'vitest';
import {
  assignment,
  azureWorld,
  clientId,
  definition,
  GROUP,
  identity,
  principalId,
  roleId,
  SUB_SCOPE,
} from '../../access/azure/testing/azure-account.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { buildGraph } from '../build.ts';
import { techniqueAt } from '../read.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';

const TEAM = 'beef0000-0000-4000-8000-000000000001';
const base = { identities: [identity('web'), identity('db')], definitions: [definition('reader', { actions: ['*/read'] })] };
const has = (...assignments: ReturnType<typeof assignment>[]) => azureWorld({ ...base, assignments });
const edge = (who: string, scope: string, role = 'reader') =>
  `azure-identity:${clientId(who)} → azure-grant:${roleId(role)}@${scope.toLowerCase()}`;
const ofTeam = { principalId: TEAM, principalType: 'Group' };

describe('azure-permission', () => {
  it.each<[string, Inventory, readonly string[]]>([
    ['a role at a scope', has(assignment('reader', 'web', GROUP)), [edge('web', GROUP)]],
    [
      'one grant for two',
      has(assignment('reader', 'web', GROUP), assignment('reader', 'db', GROUP)),
      [edge('web', GROUP), edge('db', GROUP)].sort(),
    ],
    [
      'two scopes',
      has(assignment('reader', 'web', GROUP), assignment('reader', 'web', SUB_SCOPE)),
      [edge('web', GROUP), edge('web', SUB_SCOPE)].sort(),
    ],
    ['a role at the root', has(assignment('reader', 'web', '/')), [edge('web', '/')]],
    [
      'a group that it is in',
      azureWorld({ ...base, assignments: [assignment('reader', 'team', GROUP, ofTeam)], groups: { [TEAM]: [principalId('web')] } }),
      [edge('web', GROUP)],
    ],
    ['a role that was not read', has(assignment('unread', 'web', GROUP)), [`${edge('web', GROUP, 'unread')} (conditional)`]],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world, 'azure-permission')).toEqual(edges);
  });

  it('keeps a role under a condition apart', () => {
    const one = assignment('reader', 'web', GROUP, { condition: "@Resource[a:name] StringEquals 'x'" });
    const [found, ...others] = edgesOf(has(one), 'azure-permission');
    expect([found, others]).toEqual([`${edge('web', GROUP)}#${String(one.id).split('/').at(-1)} (conditional)`, []]);
    expect(evidenceOf(has(one), 'azure-permission')).toContain(`AzureRoleAssignment ${one.id} /properties/condition`);
  });

  it.each<[string, Inventory]>([
    ['no assignment', has()],
    ['an assignment of somebody else', has(assignment('reader', 'gone', GROUP))],
    [
      'a group that it is not in',
      azureWorld({ ...base, assignments: [assignment('reader', 'team', GROUP, ofTeam)], groups: { [TEAM]: ['x'] } }),
    ],
    ['a group that was not read', has(assignment('reader', 'team', GROUP, ofTeam))],
    [
      'an identity without a principal',
      azureWorld({ identities: [identity('web', { principalId: null })], assignments: [assignment('reader', 'web', GROUP)] }),
    ],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world, 'azure-permission')).toEqual([]);
  });

  it('points at the assignment, whose deletion closes it unless there are two', () => {
    const one = assignment('reader', 'web', GROUP);
    const twin = { ...one, id: `${one.id}2` };
    expect(evidenceOf(has(one), 'azure-permission')).toEqual([
      `AzureRoleAssignment ${one.id} /properties/principalId`,
      `AzureRoleAssignment ${one.id} /properties/roleDefinitionId`,
    ]);
    expect(changesOfEdges(has(one), 'azure-permission')).toEqual([`${edge('web', GROUP)}: role assignment ${one.id}`]);
    expect(changesOfEdges(has(one, twin), 'azure-permission')).toEqual([`${edge('web', GROUP)}: `]);
    const graph = buildGraph(has(one, twin));
    const number = [...Array(graph.edges.count).keys()].find((at) => techniqueAt(graph, at) === 'azure-permission') as number;
    expect(graph.closing(number)).toEqual({ all: [one, twin].map(({ id }) => ({ change: `role assignment ${id}` })) });
    expect(graph.fix(number, `role assignment ${twin.id}`).command).toBe(`az role assignment delete --ids ${twin.id}`);
  });
});
