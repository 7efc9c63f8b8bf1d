import { isOpen } from '../../access/gcp/judgement.ts';
import type { GcpBinding } from '../../inventory/gcp.ts';
import { removeBinding } from '../evidence/gcp.ts';
import type { Facts } from '../facts/facts.ts';
import { type GrantRecord, gcpWorld, grantNode, gsaNode, openBindings } from '../facts/gcp-world.ts';
import { defineTechnique } from './technique.ts';

/** Service accounts of Google among the members, with their places; disabled ones get no tokens to use it with. */
function enabledMembers(facts: Facts, { members }: GcpBinding): readonly (readonly [number, string])[] {
  const { index } = gcpWorld(facts);
  return [...members.entries()].flatMap(([place, text]) => {
    const member = index.member(text);
    return member.kind === 'service-account' && index.accounts.get(member.email)?.disabled !== true ? [[place, member.email] as const] : [];
  });
}

export const gcpPermission = defineTechnique({
  id: 'gcp-permission',
  title: 'Has a role in Google Cloud',
  class: 'cloud',
  walked: true,
  from: ['gcp-service-account'],
  to: ['gcp-grant'],
  action: 'Uses what the role allows on the resource and everything below it.',
  precondition:
    'A binding of an allow policy names the service account, which is enabled, and its condition holds; deny policies may take single permissions away.',
  remediation: 'Take the account out of the binding, or bind a smaller role on a smaller resource.',
  coverage: {
    level: 'partial',
    misses: 'deny policies, groups, conveniences of buckets, what everybody has, and resources whose policy was not read',
  },
  attck: ['T1078.004'],
  references: ['https://cloud.google.com/iam/docs/allow-policies'],
  find(facts, emit) {
    for (const { policy, binding, judgement } of openBindings(facts))
      for (const [place, email] of enabledMembers(facts, binding))
        emit(gsaNode(facts, email), grantNode(facts, { policy, binding }), place, isOpen(judgement) ? 'conditional' : 'certain');
  },
  changes({ nodes }, { to, detail }) {
    const { policy, binding } = nodes.records[to] as GrantRecord;
    return [`GcpPolicy/${policy.resource}/${binding.role}/${binding.members[detail]}`];
  },
  explain({ nodes }, { to, detail, certainty }) {
    const { policy, binding } = nodes.records[to] as GrantRecord;
    const member = binding.members[detail] as string;
    return {
      evidence: [
        {
          kind: 'GcpPolicy',
          name: policy.resource,
          pointer: `/bindings/${binding.index}/members/${detail}`,
          says: `grants ${binding.role} to ${member}`,
        },
      ],
      ...(certainty === 'conditional' && binding.condition !== undefined ? { hangsOn: binding.condition.expression } : {}),
      fix: removeBinding({ policy, binding, member }),
    };
  },
});
