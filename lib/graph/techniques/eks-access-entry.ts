import { standardEntries } from '../../access/aws/cluster-access.ts';
import { command } from '../../access/shell.ts';
import type { EksAccessEntry } from '../../inventory/aws.ts';
import { splitArn } from '../../inventory/normalise/aws-arn.ts';
import { objectEvidence } from '../evidence/objects.ts';
import { worldOf } from '../facts/aws-principals.ts';
import { AUTHENTICATED, type ClusterTarget, targetsOfPolicy, usersOfTemplate } from '../facts/cluster-access.ts';
import type { Facts } from '../facts/facts.ts';
import type { Evidence, Fix } from '../model.ts';
import { defineTechnique } from './technique.ts';

/** A target and where in the entry it stands. */
interface Told extends ClusterTarget {
  readonly evidence: Evidence;
  /** ARN of the access policy that gives it. */
  readonly policyArn?: string;
}

function* targetsOf(facts: Facts, entry: EksAccessEntry): Generator<Told> {
  const { nodes } = facts;
  const at = (pointer: string, says: string): Evidence =>
    objectEvidence('EksAccessEntry', { name: entry.arn }, `/accessEntry${pointer}`, says);
  for (const { policyArn, ...scope } of entry.policies ?? []) {
    const name = policyArn.slice(policyArn.lastIndexOf('/') + 1);
    const where = scope.scope === 'cluster' ? 'the whole cluster' : `namespaces ${scope.namespaces.join(', ')}`;
    const object = { name: `${entry.clusterName}/${entry.principalArn}` };
    const evidence = objectEvidence('EksAssociatedAccessPolicies', object, '/associatedAccessPolicies', `gives ${name} in ${where}`);
    for (const target of targetsOfPolicy(facts, { policyArn, ...scope })) yield { ...target, evidence, policyArn };
  }
  for (const [index, group] of entry.kubernetesGroups.entries()) {
    yield {
      target: nodes.intern('group', group),
      certainty: 'certain',
      evidence: at(`/kubernetesGroups/${index}`, `puts it into group ${group}`),
    };
  }
  const named =
    entry.username === undefined ? [] : usersOfTemplate(facts, entry.username, { arn: entry.principalArn, account: entry.account });
  for (const user of named) yield { ...user, evidence: at('/username', `is user ${entry.username} in the cluster`) };
  const everybody = nodes.intern('group', AUTHENTICATED);
  yield { target: everybody, certainty: 'certain', evidence: at('/principalArn', 'is let in, and so is in the group of everybody who is') };
}

/** The principal that an entry lets in; its node stands by itself where it was not read. */
function principalOf(facts: Facts, { principalArn }: EksAccessEntry): number | undefined {
  const resource = splitArn(principalArn)?.resource ?? '';
  const kind = resource.startsWith('role/') ? 'aws-role' : resource.startsWith('user/') ? 'aws-user' : undefined;
  return kind === undefined ? undefined : facts.nodes.intern(kind, principalArn, '', worldOf(facts).principals.get(principalArn));
}

function fixFor({ clusterName, principalArn, region }: EksAccessEntry, policyArn: string | undefined): Fix {
  const where = [`--cluster-name=${clusterName}`, `--principal-arn=${principalArn}`, `--region=${region}`];
  if (policyArn === undefined) {
    return {
      says: 'delete the access entry, or take the group out of it',
      command: command('aws', 'eks', 'delete-access-entry', ...where),
      sideEffect: `${principalArn} loses its access to the cluster; where aws-auth maps it too, that mapping holds again`,
    };
  }
  return {
    says: 'take the access policy from the entry, or scope it to namespaces',
    command: command('aws', 'eks', 'disassociate-access-policy', ...where, `--policy-arn=${policyArn}`),
    sideEffect: `${principalArn} loses what the policy gives it in the cluster`,
  };
}

export const eksAccessEntry = defineTechnique({
  id: 'eks-access-entry',
  title: 'Is let into the cluster by an access entry',
  class: 'cloud',
  walked: true,
  from: ['aws-role', 'aws-user'],
  to: [
    'user',
    'group',
    'service-account',
    'cluster-admin',
    'namespace-admin',
    'all-pods',
    'all-secrets',
    'all-service-accounts',
    'all-nodes',
  ],
  action: 'Gets a token with `aws eks get-token` and calls the API server with the rights of the entry.',
  precondition:
    'The cluster has an access entry of type STANDARD for the role or user, with groups, a user name or access policies, and its authentication mode is not CONFIG_MAP alone.',
  remediation: 'Delete entries that nobody needs, scope access policies to namespaces, and prefer groups with roles of your own.',
  coverage: {
    level: 'partial',
    misses: "access policies of AWS's own services, and whether the API endpoint can be reached from where the credentials are",
  },
  attck: ['T1078.004'],
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html',
    'https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html',
  ],
  find(facts, emit) {
    for (const [detail, entry] of standardEntries(worldOf(facts)).entries()) {
      const from = principalOf(facts, entry);
      if (from === undefined) continue;
      for (const { target, certainty } of targetsOf(facts, entry)) emit(from, target, detail, certainty);
    }
  },
  changes(facts, { detail }) {
    const entry = standardEntries(worldOf(facts))[detail];
    return entry === undefined ? [] : [`access entry ${entry.arn}`];
  },
  explain(facts, { to, detail }) {
    const entry = standardEntries(worldOf(facts))[detail] as EksAccessEntry;
    const told = [...targetsOf(facts, entry)].filter(({ target }) => target === to);
    const [first, ...rest] = told as [Told, ...Told[]];
    return {
      evidence: [first.evidence, ...rest.map(({ evidence }) => evidence)],
      ...(first.hangsOn === undefined ? {} : { hangsOn: first.hangsOn }),
      fix: fixFor(entry, first.policyArn),
    };
  },
});
