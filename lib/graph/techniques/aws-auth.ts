import { isOf } from '../../access/aws/cluster-access.ts';
import { kubectl } from '../../access/shell.ts';
import type { AwsAuthMapping } from '../../inventory/aws-auth.ts';
import { splitArn } from '../../inventory/normalise/aws-arn.ts';
import { objectEvidence } from '../evidence/objects.ts';
import { roleWithoutPath } from '../facts/aws-nodes.ts';
import { worldOf } from '../facts/aws-principals.ts';
import { AUTHENTICATED, type ClusterTarget, usersOfTemplate } from '../facts/cluster-access.ts';
import type { Facts } from '../facts/facts.ts';
import type { Certainty } from '../kinds.ts';
import { defineTechnique } from './technique.ts';

/** Whom a mapping is for, as far as it works: `state` is said of every edge that it gives. */
interface Mapped {
  readonly node: number;
  readonly arn: string;
  readonly account: string;
  readonly state: Certainty;
  readonly reason?: string;
}

/** Whether the cluster asks aws-auth at all. Source: https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html */
function modeOf(facts: Facts): { readonly state: Certainty; readonly reason?: string } {
  const { cluster } = worldOf(facts);
  if (cluster?.authenticationMode === 'API')
    return { state: 'broken', reason: "the cluster's authentication mode is API, so aws-auth is not asked" };
  if (cluster?.authenticationMode !== undefined) return { state: 'certain' };
  return { state: 'conditional', reason: "the cluster's authentication mode not being API (eks:DescribeCluster was not read)" };
}

/** An access entry of the same principal wins over aws-auth. */
function shadowed(facts: Facts, arn: string): boolean {
  const { cluster, aws } = worldOf(facts);
  if (cluster === undefined || cluster.authenticationMode === 'CONFIG_MAP') return false;
  return aws.accessEntries.some((entry) => entry.principalArn === arn && isOf(entry, cluster));
}

const WITH_PATH = 'aws-auth has to name a role without its path: STS tells the authenticator none, so this mapping never matches';

/** The role or user that a mapping names. A role is compared without its path, in any case, as STS writes it. */
function mappedBy(facts: Facts, { identity, list }: AwsAuthMapping): Mapped | undefined {
  const arn = splitArn(identity);
  const kind = list === 'mapUsers' ? 'user' : 'role';
  if (arn === undefined || arn.service !== 'iam' || !arn.resource.startsWith(`${kind}/`)) return undefined;
  const world = worldOf(facts);
  const withPath = kind === 'role' && arn.resource.split('/').length > 2;
  const record = (kind === 'role' ? roleWithoutPath(facts, identity) : undefined) ?? world.principals.get(identity);
  const name = record?.arn ?? identity;
  const node = facts.nodes.intern(kind === 'role' ? 'aws-role' : 'aws-user', name, '', record);
  const base = { node, arn: name, account: arn.account };
  if (withPath) return { ...base, state: 'broken', reason: WITH_PATH };
  if (record === undefined && world.index.accounts.has(arn.account))
    return { ...base, state: 'broken', reason: `account ${arn.account} has no \`${identity}\`` };
  const mode = modeOf(facts);
  if (mode.state !== 'broken' && shadowed(facts, name)) {
    return { ...base, state: 'broken', reason: 'the principal has an access entry, and EKS takes that instead of aws-auth' };
  }
  return { ...base, ...mode };
}

/** Every identity of the account is let in under its own ARN: those that a binding names as a user. */
function* mappedAccount(facts: Facts, { identity }: AwsAuthMapping): Generator<{ readonly from: Mapped; readonly target: number }> {
  const { nodes, subjects } = facts;
  const mode = modeOf(facts);
  for (const { node } of subjects.all) {
    if (nodes.kinds[node] !== 'user') continue;
    const name = nodes.names[node] as string;
    const arn = splitArn(name);
    if (arn === undefined || arn.service !== 'iam' || arn.account !== identity || !/^(?:role|user)\//.test(arn.resource)) continue;
    const record = roleWithoutPath(facts, name) ?? worldOf(facts).principals.get(name);
    const from = nodes.intern(arn.resource.startsWith('role/') ? 'aws-role' : 'aws-user', record?.arn ?? name, '', record);
    yield { from: { node: from, arn: record?.arn ?? name, account: identity, ...mode }, target: node };
  }
}

/** Of several entries for one ARN the last counts. Source: aws-iam-authenticator pkg/mapper/configmap (`ParseMap`, `saveMap`) */
function effective(mappings: readonly AwsAuthMapping[]): readonly number[] {
  const last = new Map(mappings.map(({ list, identity }, place) => [`${list} ${identity.toLowerCase()}`, place]));
  return [...last.values()].sort((one, other) => one - other);
}

const weaker = (state: Certainty, certainty: Certainty): Certainty => (state === 'certain' ? certainty : state);

function targetsOf(facts: Facts, { groups, username }: AwsAuthMapping, mapped: Mapped): ClusterTarget[] {
  const { nodes } = facts;
  const named = [...new Set([...groups, AUTHENTICATED])].map(
    (group): ClusterTarget => ({ target: nodes.intern('group', group), certainty: 'certain' }),
  );
  return [...named, ...usersOfTemplate(facts, username ?? mapped.arn, mapped)];
}

export const awsAuth = defineTechnique({
  id: 'aws-auth',
  title: 'Is let into the cluster by aws-auth',
  class: 'cloud',
  walked: true,
  from: ['aws-role', 'aws-user'],
  to: ['user', 'group', 'service-account'],
  action: 'Gets a token with `aws eks get-token` and calls the API server as the user and groups that aws-auth maps it to.',
  precondition:
    'The ConfigMap kube-system/aws-auth maps the role (without its path) or user, the authentication mode is CONFIG_MAP or API_AND_CONFIG_MAP, and the principal has no access entry.',
  remediation: 'Move to access entries and the mode API, and map nothing to `system:masters`.',
  coverage: { level: 'partial', misses: 'the identity that made the cluster, which aws-auth does not show' },
  attck: ['T1078.004'],
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html',
    'https://github.com/kubernetes-sigs/aws-iam-authenticator#full-configuration-format',
  ],
  find(facts, emit) {
    const mappings = facts.inventory.kubernetes.awsAuth ?? [];
    for (const detail of effective(mappings)) {
      const mapping = mappings[detail] as AwsAuthMapping;
      if (mapping.list === 'mapAccounts') {
        for (const { from, target } of mappedAccount(facts, mapping)) emit(from.node, target, detail, from.state);
        continue;
      }
      const mapped = mappedBy(facts, mapping);
      if (mapped === undefined) continue;
      for (const { target, certainty } of targetsOf(facts, mapping, mapped))
        emit(mapped.node, target, detail, weaker(mapped.state, certainty));
    }
  },
  changes({ inventory }, { detail }) {
    const mapping = inventory.kubernetes.awsAuth?.[detail];
    return mapping === undefined ? [] : [`aws-auth ${mapping.list} ${mapping.identity}`];
  },
  explain(facts, { to, detail }) {
    const mapping = facts.inventory.kubernetes.awsAuth?.[detail] as AwsAuthMapping;
    const { list, index, identity } = mapping;
    const mapped = list === 'mapAccounts' ? undefined : mappedBy(facts, mapping);
    const found = mapped === undefined ? undefined : targetsOf(facts, mapping, mapped).find(({ target }) => target === to);
    const reason = mapped === undefined ? modeOf(facts).reason : (mapped.reason ?? found?.hangsOn);
    const says = `entry ${index} maps ${identity} to ${facts.nodes.kinds[to]} ${facts.nodes.names[to]}`;
    return {
      evidence: [objectEvidence('ConfigMap', { namespace: 'kube-system', name: 'aws-auth' }, `/data/${list}`, says)],
      ...(reason === undefined ? {} : { hangsOn: reason }),
      fix: {
        says: `take the entry for ${identity} out of ${list}`,
        command: kubectl('kube-system', 'edit', 'configmap', 'aws-auth'),
        sideEffect: `${identity} loses its access to the cluster`,
      },
    };
  },
});
