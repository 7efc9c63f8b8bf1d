import { cloudLinks } from '../../access/cloud/links.ts';
import type { Grant } from '../../access/rbac/bindings.ts';
import { serviceAccountUser } from '../../access/rbac/subject.ts';
import { podEvidence } from '../../graph/evidence/objects.ts';
import type { ServiceAccount } from '../../inventory/kubernetes.ts';
import { creation, type FixStep, firstOf, fixBy, jsonStep, MOST_STEPS } from '../finding-facts/fix-steps.ts';
import { coreTarget, rbacTarget } from '../finding-facts/patches.ts';
import { accounts } from '../finding-facts/populations.ts';
import { noPolicy } from '../finding-facts/prevention.ts';
import { templateFix } from '../finding-facts/template-fix.ts';
import { counted, reachWords, some } from '../finding-facts/words.ts';
import type { FindingWorld, LiveWorkload } from '../finding-facts/world.ts';
import { defineFinding, type FindingRow, type RowFix } from './finding.ts';

/** Labels by which workloads of one application know each other. Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
const TOGETHER = ['app.kubernetes.io/instance', 'app.kubernetes.io/part-of', 'app.kubernetes.io/name', 'app', 'k8s-app', 'release'];

/** Applications among the workloads: those that share a label's value, or the first word of their names, belong together. */
export function applications(workloads: readonly LiveWorkload[]): readonly (readonly LiveWorkload[])[] {
  const leader = new Map<string, number>();
  const group = workloads.map((_, index) => index);
  const find = (index: number): number => {
    let at = index;
    while (group[at] !== at) {
      group[at] = group[group[at] as number] as number;
      at = group[at] as number;
    }
    return at;
  };
  for (const [
    index,
    {
      name,
      pods: [pod],
    },
  ] of workloads.entries()) {
    const marks = TOGETHER.flatMap((label) => pod.labels.get(label) ?? []).map((value) => `value ${value}`);
    for (const mark of [...marks, `name ${name.split(/[-.0-9]/, 1)[0]}`]) {
      const known = leader.get(mark);
      if (known === undefined) leader.set(mark, find(index));
      else group[find(index)] = find(known);
    }
  }
  return [...Map.groupBy(workloads.keys(), find).values()].map((places) => places.map((place) => workloads[place] as LiveWorkload));
}

/** A name for the account of an application that nobody has yet: that of its first workload. */
function freeName(world: FindingWorld, { namespace, name, kind }: LiveWorkload): string {
  const names = [name, `${name}-${kind.toLowerCase()}`];
  return names.find((one) => world.account(namespace, one) === undefined) ?? `${name}-own`;
}

/** How annotations begin that point an account at its cloud identity. */
const POINTERS = ['eks.amazonaws.com/', 'iam.gke.io/', 'azure.workload.identity/'];

/** What pods get by their account: secrets to pull images with, whether there is a token, the cloud identity. */
function givenBy(account: ServiceAccount | undefined) {
  const { annotations = new Map<string, string>(), imagePullSecrets = [], automountServiceAccountToken } = account ?? {};
  const pointing = [...annotations].filter(([key]) => POINTERS.some((beginning) => key.startsWith(beginning)));
  return {
    annotations: Object.fromEntries(pointing),
    rest: {
      ...(imagePullSecrets.length === 0 ? {} : { imagePullSecrets: imagePullSecrets.map((secret) => ({ name: secret })) }),
      ...(automountServiceAccountToken === undefined ? {} : { automountServiceAccountToken }),
    },
  };
}

/** An account of its own for one application, with what it has today, so that nothing stops; what it does not need is taken out later. */
function ownAccount(world: FindingWorld, grants: readonly Grant[], application: readonly LiveWorkload[]): readonly FixStep[] {
  const [first] = application as readonly [LiveWorkload, ...LiveWorkload[]];
  const { namespace } = first;
  const name = freeName(world, first);
  const { annotations, rest } = givenBy(world.account(namespace, first.pods[0].spec.serviceAccountName));
  const bindings = new Set(grants.map(({ binding }) => binding));
  const moved = application.map((workload) =>
    templateFix(workload, '', [{ op: 'replace', path: '/spec/serviceAccountName', value: name }]),
  );
  return [
    creation(coreTarget('ServiceAccount', { namespace, name }), rest, annotations),
    ...[...bindings].map((binding) =>
      jsonStep(rbacTarget(binding), [{ op: 'add', path: '/subjects/-', value: { kind: 'ServiceAccount', name, namespace } }]),
    ),
    ...moved.flatMap(({ command, patches }) => (command === undefined || patches === undefined ? [] : [{ command, patches }])),
  ];
}

/** Every application but the first gets an account of its own. */
function splitFix(world: FindingWorld, groups: readonly (readonly LiveWorkload[])[]): RowFix {
  const [[first] = []] = groups;
  const { namespace, pods } = first as LiveWorkload;
  const account = pods[0].spec.serviceAccountName;
  const grants = world.rbac.bySubject.get(`user:${serviceAccountUser(namespace, account)}`) ?? [];
  const steps = groups.slice(1).flatMap((group) => ownAccount(world, grants, group));
  return fixBy(
    `make a service account for each application${firstOf(steps.length)}, then take out of its bindings what it does not need; a cloud identity has to trust the new names first`,
    steps.slice(0, MOST_STEPS),
  );
}

function rowOf(world: FindingWorld, groups: readonly (readonly LiveWorkload[])[]): FindingRow {
  const firsts = groups.map(([one]) => one as LiveWorkload);
  const [first, second] = firsts as [LiveWorkload, LiveWorkload];
  const { namespace } = first;
  const name = first.pods[0].spec.serviceAccountName;
  const node = world.accountNode(namespace, name);
  const summary = node === undefined ? undefined : world.reachOf(node);
  const isTop = summary?.severity === 'critical' || summary?.severity === 'high';
  return {
    subject: { kind: 'ServiceAccount', namespace, name, ...(node === undefined ? {} : { node }) },
    severity: isTop ? 'medium' : 'low',
    whyHere: `${counted(groups.length, 'application')} run as it (${some(firsts.map((one) => `${one.kind} ${one.name}`))}), so that each has what the others need; it reaches ${summary === undefined ? 'what its roles give' : reachWords(summary)}`,
    evidence: [
      podEvidence(first.pods[0], '/spec/serviceAccountName', `of ${first.kind} ${first.name}`),
      podEvidence(second.pods[0], '/spec/serviceAccountName', `of ${second.kind} ${second.name}`),
    ],
    fix: splitFix(world, groups),
  };
}

export const sharedAccount = defineFinding({
  id: 'shared-account',
  title: 'Unrelated workloads share an account with rights',
  severity: 'low',
  class: 'hygiene',
  why: 'An account has the rights of the neediest of its workloads, and the audit log cannot tell them apart. A break-in in one is a break-in in all.',
  remediation: 'Give each application an account of its own.',
  misses: 'whether workloads belong together is guessed by their labels and by the first word of their names',
  references: ['https://kubernetes.io/docs/concepts/security/service-accounts/'],
  prevention: noPolicy('whether two workloads belong together is not written in either of them'),
  population: accounts,
  *find(world) {
    const linked = new Set(
      cloudLinks(world.inventory)
        .filter(({ state }) => state === 'wired')
        .map(({ serviceAccount }) => serviceAccount),
    );
    for (const { namespace, name } of world.inventory.kubernetes.serviceAccounts) {
      const users = name === 'default' ? [] : world.workloadsOf(namespace, name);
      if (users.length < 2) continue;
      const hasRights = (world.rbac.bySubject.get(`user:${serviceAccountUser(namespace, name)}`) ?? []).some(
        ({ role }) => (role?.rules.length ?? 0) > 0,
      );
      if (!hasRights && !linked.has(`${namespace}/${name}`)) continue;
      const groups = applications(users);
      if (groups.length > 1) yield rowOf(world, groups);
    }
  },
});
