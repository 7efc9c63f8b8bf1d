import { describe, expect, it } from 'vitest';
import type { Inventory } from '../inventory.ts';
import { type ClusterFixture, cluster, rule, sa, user } from '../testing/cluster.ts';
import { applyChangeSet } from './apply-change-set.ts';
import type { Change } from './change.ts';
import { parseChanges } from './parse-changes.ts';

const RBAC = 'rbac.authorization.k8s.io/v1';
const TOKEN = 'kubernetes.io/service-account-token';
const ACCOUNT = { annotations: { 'kubernetes.io/service-account.name': 'bot' } };

/** A namespace with a deployment whose pod an injector has given a sidecar, and what hangs on it. */
const world = (): ClusterFixture =>
  cluster()
    .namespace('a')
    .namespace('b')
    .serviceAccount('a/bot')
    .serviceAccount('a/other')
    .secret('a/token', { type: TOKEN, metadata: ACCOUNT })
    .secret('a/foreign', { type: TOKEN, metadata: { annotations: { 'kubernetes.io/service-account.name': 'other' } } })
    .role('a/r', rule('get', '', 'pods'), rule('get', '', 'secrets'), rule('list', '', 'nodes'))
    .roleBinding('a/rb', 'Role/r', sa('a/bot'), user('alice'), sa('a/other'))
    .clusterRoleBinding('rb', 'ClusterRole/cluster-admin', user('alice'))
    .node('n1')
    .workload('Deployment', 'a/web', { serviceAccount: 'bot' })
    .workload('ReplicaSet', 'a/web-1', { serviceAccount: 'bot', metadata: { ownerReferences: [owner('Deployment', 'web')] } })
    .pod('a/web-1-x', {
      serviceAccount: 'bot',
      metadata: { ownerReferences: [owner('ReplicaSet', 'web-1')] },
      spec: { initContainers: [{ name: 'proxy', image: 'mesh', restartPolicy: 'Always' }] },
      volumes: [
        { name: 'aws-iam-token', projected: { sources: [{ serviceAccountToken: { path: 'token', audience: 'sts.amazonaws.com' } }] } },
      ],
      mounts: [{ name: 'aws-iam-token', mountPath: '/var/run/secrets/eks.amazonaws.com/serviceaccount' }],
    })
    .pod('a/alone', { serviceAccount: 'bot', volumes: [{ name: 'h', hostPath: { path: '/' } }], mounts: [{ name: 'h', mountPath: '/h' }] })
    .pod('b/ds', { metadata: { ownerReferences: [{ ...owner('DaemonSet', 'ds') }] } });

const owner = (kind: string, name: string) => ({ apiVersion: 'apps/v1', kind, name, controller: true });

/** The names of what a world has, and what is told apart of them. */
function shown({ kubernetes }: Inventory): string[] {
  const lists = Object.entries(kubernetes).filter(([list]) => list !== 'awsAuth') as [
    string,
    readonly { kind?: string; namespace?: string; name: string }[],
  ][];
  return lists.flatMap(([list, records]) => records.map(({ kind = '', namespace = '', name }) => `${list} ${kind} ${namespace}/${name}`));
}

const without = (before: Inventory, after: Inventory): string[] => shown(before).filter((one) => !shown(after).includes(one));
const apply = (manifest: object): Change => ({ change: 'apply', manifest });
const remove = (kind: string, path: string): Change => {
  const [namespace, name] = path.includes('/') ? path.split('/') : [undefined, path];
  return { change: 'delete', target: { kind, name: name as string, ...(namespace === undefined ? {} : { namespace }) } };
};
const keys = (...list: string[]): Change => ({ change: 'keys', keys: list });
const merge = (kind: string, path: string, patch: unknown): Change => {
  const { target } = remove(kind, path) as Extract<Change, { change: 'delete' }>;
  return { change: 'patch', target, merge: patch };
};

describe('a deletion takes with it', () => {
  it.each<[string, Change, string[], string[]]>([
    ['nothing of a binding', remove('RoleBinding', 'a/rb'), ['bindings RoleBinding a/rb'], []],
    ['nothing of a binding of the same name', remove('ClusterRoleBinding', 'rb'), ['bindings ClusterRoleBinding /rb'], []],
    [
      'the token secrets of an account',
      remove('ServiceAccount', 'a/bot'),
      ['serviceAccounts  a/bot', 'secrets  a/token'],
      ['ServiceAccount a/bot: 1 token secret of it go with it'],
    ],
    [
      'the pods of a controller and the controllers between',
      remove('Deployment', 'a/web'),
      ['pods  a/web-1-x', 'workloads Deployment a/web', 'workloads ReplicaSet a/web-1'],
      ['Deployment a/web: 1 pod and 1 controller that it made go with it'],
    ],
    [
      'all that lies in a namespace',
      remove('Namespace', 'a'),
      shown(world().inventory()).filter((one) => / a\/./.test(one) || one === 'namespaces  /a'),
      ['Namespace a: 10 objects in it go with it'],
    ],
    [
      'the pods of a node that nobody makes anew elsewhere',
      remove('Node', 'n1'),
      ['nodes  /n1', 'pods  a/alone', 'pods  b/ds'],
      ['Node n1: 2 pods on it go with it; 1 pod are made anew on nodes that the scheduler chooses, which is not known'],
    ],
    [
      'nothing of a pod, whose controller is named',
      remove('Pod', 'a/web-1-x'),
      ['pods  a/web-1-x'],
      ['Pod a/web-1-x: ReplicaSet web-1 makes it anew; here it is gone all the same'],
    ],
  ])('%s', (_name, change, gone, says) => {
    const before = world().inventory();
    const after = applyChangeSet(before, [change]);
    expect(without(before, after.inventory).sort()).toEqual([...gone].sort());
    expect(without(after.inventory, before)).toEqual([]);
    expect(after.notes.map((note) => note.says)).toEqual(says);
  });

  it('all objects of a definition', () => {
    const before = cluster()
      .add({
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name: 'clusterpolicies.kyverno.io' },
        spec: { group: 'kyverno.io', names: { plural: 'clusterpolicies', kind: 'ClusterPolicy' } },
      })
      .add({ apiVersion: 'kyverno.io/v1', kind: 'ClusterPolicy', metadata: { name: 'restrict' }, spec: {} })
      .inventory();
    const { inventory } = applyChangeSet(before, [remove('CustomResourceDefinition', 'clusterpolicies.kyverno.io')]);
    expect(without(before, inventory).sort()).toEqual([
      'customResourceDefinitions ClusterPolicy /clusterpolicies.kyverno.io',
      'enginePolicies ClusterPolicy /restrict',
    ]);
    const policy: Change = { change: 'delete', target: { kind: 'ClusterPolicy', apiVersion: 'kyverno.io/v1', name: 'restrict' } };
    expect(without(before, applyChangeSet(before, [policy]).inventory)).toEqual(['enginePolicies ClusterPolicy /restrict']);
  });
});

describe('a manifest', () => {
  it('that is new is added in its place', () => {
    const before = world().inventory();
    const manifest = {
      apiVersion: RBAC,
      kind: 'RoleBinding',
      metadata: { namespace: 'a', name: 'aa' },
      roleRef: { kind: 'Role', name: 'r' },
      subjects: [],
    };
    const { inventory } = applyChangeSet(before, [apply(manifest)]);
    expect(inventory.kubernetes.bindings).toEqual(world().add(manifest).inventory().kubernetes.bindings);
    expect(inventory.kubernetes.pods).toBe(before.kubernetes.pods);
    expect(inventory.aws).toBe(before.aws);
  });

  it('without a namespace goes where kubectl would put it', () => {
    const { inventory } = applyChangeSet(world().inventory(), [
      apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'x' } }),
    ]);
    expect(without(inventory, world().inventory())).toEqual(['serviceAccounts  default/x']);
  });

  it('of a controller that nobody has admitted stands for its pod', () => {
    const before = world().inventory();
    const { inventory } = applyChangeSet(before, [
      apply({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { namespace: 'b', name: 'new' },
        spec: { template: { spec: { hostPID: true, containers: [{ name: 'c', image: 'i' }] } } },
      }),
    ]);
    const made = inventory.kubernetes.pods.filter(({ owner: by }) => by?.name === 'new');
    expect(made).toMatchObject([{ namespace: 'b', template: '/spec/template', spec: { hostPID: true } }]);
    const again = applyChangeSet(inventory, [merge('Deployment', 'b/new', { spec: { template: { spec: { hostPID: false } } } })]);
    expect(again.inventory.kubernetes.pods.filter(({ owner: by }) => by?.name === 'new')).toMatchObject([{ spec: { hostPID: false } }]);
    expect(applyChangeSet(inventory, [merge('Deployment', 'b/new', { spec: { replicas: 0 } })]).inventory.kubernetes.pods).toEqual(
      before.kubernetes.pods,
    );
  });

  it('that says no uid leaves the one that is there, and what controllers wrote', () => {
    const { inventory } = applyChangeSet(world().inventory(), [
      apply({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { namespace: 'a', name: 'alone' },
        spec: { containers: [{ name: 'main', image: 'i' }] },
      }),
    ]);
    const [alone] = inventory.kubernetes.pods;
    expect(alone).toMatchObject({ uid: 'uid-of-a/alone', nodeName: 'n1', phase: 'Running', spec: { volumes: [] } });
  });

  it.each<[string, object, string]>([
    [
      'of a kind that decides nothing',
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' } },
      'ConfigMap c decides nothing here and is left out',
    ],
    [
      "of another group's kind",
      { apiVersion: 'serving.knative.dev/v1', kind: 'Service', metadata: { name: 's' } },
      'Service s decides nothing here and is left out',
    ],
  ])('%s is told and left out', (_name, manifest, says) => {
    const before = world().inventory();
    const after = applyChangeSet(before, [apply(manifest)]);
    expect(after.notes).toEqual([{ at: 0, says }]);
    expect(after.inventory).toEqual(before);
  });
});

describe('a template that changes', () => {
  const podOf = (inventory: Inventory) => inventory.kubernetes.pods.find(({ name }) => name === 'web-1-x');

  it('is passed on to the pods, which keep what admission gave them', () => {
    const { inventory, notes } = applyChangeSet(world().inventory(), [
      merge('Deployment', 'a/web', {
        spec: { template: { metadata: { labels: { app: 'web' } }, spec: { serviceAccountName: 'other', hostNetwork: true } } },
      }),
    ]);
    const pod = podOf(inventory);
    expect(pod?.spec).toMatchObject({ serviceAccountName: 'other', hostNetwork: true });
    expect(pod?.labels).toEqual(new Map([['app', 'web']]));
    expect(pod?.spec.containers.map(({ list, index, name }) => `${list}/${index} ${name}`)).toEqual([
      'initContainers/0 proxy',
      'containers/0 main',
    ]);
    expect(pod?.spec.volumes.map(({ index, name }) => `${index} ${name}`)).toEqual(['0 aws-iam-token', '1 kube-api-access']);
    expect(inventory.kubernetes.workloads.map(({ kind, spec }) => `${kind} ${spec.serviceAccountName}`)).toEqual([
      'Deployment other',
      'ReplicaSet other',
    ]);
    expect(notes.map(({ says }) => says)).toEqual(['Deployment a/web: 1 pod is taken as made anew from the changed template']);
  });

  it('takes a secret out of pods in which admission put a variable before those of the template', () => {
    const from = (name: string, secret: string) => ({ name, valueFrom: { secretKeyRef: { name: secret, key: 'k' } } });
    const own = [from('A', 'one'), from('B', 'two'), from('C', 'three')];
    const ownerReferences = [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'uid-of-a/web', controller: true }];
    const { inventory } = applyChangeSet(
      cluster()
        .workload('Deployment', 'a/web', { container: { env: own } })
        .pod('a/web-1', { container: { env: [{ name: 'INJECTED', value: 'x' }, ...own] }, metadata: { ownerReferences } })
        .inventory(),
      [
        {
          change: 'patch',
          target: { kind: 'Deployment', namespace: 'a', name: 'web' },
          json: [{ op: 'remove', path: '/spec/template/spec/containers/0/env/1' }],
        },
      ],
    );
    const [container] = inventory.kubernetes.pods[0]?.spec.containers ?? [];
    expect(container?.envNames).toEqual(['A', 'C', 'INJECTED']);
    expect(container?.secretReferences.map(({ secret, pointer }) => `${secret} ${pointer}`)).toEqual([
      'one /env/0/valueFrom/secretKeyRef',
      'three /env/1/valueFrom/secretKeyRef',
    ]);
  });

  it('loses the token where it turns automount off, and gets it back', () => {
    const off = applyChangeSet(world().inventory(), [
      merge('Deployment', 'a/web', { spec: { template: { spec: { automountServiceAccountToken: false } } } }),
    ]).inventory;
    expect(podOf(off)?.spec.volumes.map(({ name }) => name)).toEqual(['aws-iam-token']);
    expect(podOf(off)?.spec.containers.flatMap(({ volumeMounts }) => volumeMounts.map(({ volume }) => volume))).toEqual(['aws-iam-token']);
    const on = applyChangeSet(off, [
      merge('Deployment', 'a/web', { spec: { template: { spec: { automountServiceAccountToken: null } } } }),
    ]).inventory;
    expect(podOf(on)?.spec.volumes.map(({ name, tokens }) => `${name} ${tokens.length}`)).toEqual(['aws-iam-token 1', 'kube-api-access 1']);
    expect(podOf(on)?.spec.containers.every(({ volumeMounts }) => volumeMounts.some(({ volume }) => volume === 'kube-api-access'))).toBe(
      true,
    );
  });

  it('stays where only the controller changes', () => {
    const before = world().inventory();
    const { inventory, notes } = applyChangeSet(before, [
      merge('Deployment', 'a/web', { metadata: { labels: { x: 'y' } }, spec: { replicas: 3 } }),
    ]);
    expect(podOf(inventory)).toBe(podOf(before));
    expect(notes).toEqual([]);
  });

  it('is gone with its pods where it is scaled to none', () => {
    const before = world().inventory();
    const { inventory } = applyChangeSet(before, [merge('Deployment', 'a/web', { spec: { replicas: 0 } })]);
    expect(without(before, inventory)).toEqual(['pods  a/web-1-x']);
  });

  it('of an account whose automount goes off: its pods are taken as restarted', () => {
    const before = world().inventory();
    for (const change of [merge('ServiceAccount', 'a/bot', { automountServiceAccountToken: false }), keys('automount of sa:a/bot')]) {
      const { inventory, notes } = applyChangeSet(before, [change]);
      expect(podOf(inventory)?.spec.volumes.map(({ name }) => name)).toEqual(['aws-iam-token']);
      expect(notes.map(({ says }) => says).join()).toContain('2 pods are taken as made anew: those that run keep their token until then');
      expect(inventory.kubernetes.pods.find(({ name }) => name === 'ds')).toBe(before.kubernetes.pods.find(({ name }) => name === 'ds'));
    }
  });
});

describe('what cuts name', () => {
  it.each<[string, string[], (inventory: Inventory) => unknown, unknown]>([
    [
      'subjects, by their places before any change',
      ['RoleBinding/a/rb/subjects/0', 'RoleBinding/a/rb/subjects/2'],
      ({ kubernetes }) => kubernetes.bindings[1]?.subjects.map(({ name }) => name),
      ['alice'],
    ],
    [
      'rules',
      ['Role/a/r/rules/1', 'Role/a/r/rules/0'],
      ({ kubernetes }) => kubernetes.roles.find(({ kind }) => kind === 'Role')?.rules.map(({ verbs }) => verbs),
      [['list']],
    ],
    ['a binding', ['delete ClusterRoleBinding//rb'], ({ kubernetes }) => kubernetes.bindings.length, 1],
    ['a secret', ['delete secret:a/token'], ({ kubernetes }) => kubernetes.secrets.map(({ name }) => name), ['foreign']],
    [
      "a workload's token",
      ['token: template of workload:a/deployment/web'],
      ({ kubernetes }) => kubernetes.pods.map(({ spec }) => spec.volumes.flatMap(({ tokens }) => tokens).length),
      [1, 1, 1],
    ],
    [
      "a pod's field",
      ['hostPath: template of pod:a/alone'],
      ({ kubernetes }) => kubernetes.pods[0]?.spec.volumes.map(({ name }) => name),
      ['kube-api-access'],
    ],
  ])('%s', (_name, list, look, expected) => {
    expect(look(applyChangeSet(world().inventory(), [keys(...list)]).inventory)).toEqual(expected);
  });

  it('a secret out of a pod, wherever it is named', () => {
    const pulling = cluster().pod('a/one', { spec: { imagePullSecrets: [{ name: 'key' }, { name: 'other' }] } });
    const { inventory } = applyChangeSet(pulling.inventory(), [keys('secret:a/key out of template of pod:a/one')]);
    expect(inventory.kubernetes.pods[0]?.spec.imagePullSecrets).toEqual(['other']);
  });

  it('leaves what lies in clouds to the graph', () => {
    const before = world().inventory();
    const after = applyChangeSet(before, [keys('trust of arn:aws:iam::1:role/x', 'delete secret:a/token')]);
    expect(after.inGraph).toEqual(['trust of arn:aws:iam::1:role/x']);
    expect(without(before, after.inventory)).toEqual(['secrets  a/token']);
  });
});

describe('an AWS role', () => {
  const ARN = 'arn:aws:iam::123456789012:role/web';
  const roleOf = (principal: unknown) => ({
    Role: {
      Path: '/',
      RoleName: 'web',
      RoleId: 'AROA',
      Arn: ARN,
      CreateDate: '2026-01-01T00:00:00Z',
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principal }] },
    },
  });
  const told = (document: unknown) => parseChanges([{ document, place: 'f' }], () => ({ mappings: [], problems: [] }));
  const whole = () =>
    cluster().aws({
      RoleDetailList: [
        {
          ...roleOf({ AWS: '*' }).Role,
          RolePolicyList: [
            { PolicyName: 'p', PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } },
          ],
          AttachedManagedPolicies: [],
          InstanceProfileList: [],
          Tags: [],
        },
      ],
      UserDetailList: [],
      GroupDetailList: [],
      Policies: [],
    });

  it('gets the trust policy that is told, and keeps its policies', () => {
    const before = whole().inventory();
    const { inventory, notes } = applyChangeSet(before, told(roleOf({ Service: 'ec2.amazonaws.com' })));
    const [role] = inventory.aws.roles;
    expect(role?.trust.statements[0]?.principals).toEqual([{ type: 'Service', value: 'ec2.amazonaws.com' }]);
    expect(role?.inlinePolicies).toEqual(before.aws.roles[0]?.inlinePolicies);
    expect([role?.policiesUnknown, notes]).toEqual([undefined, []]);
    expect(before.aws.roles[0]?.trust.statements[0]?.principals).not.toEqual(role?.trust.statements[0]?.principals);
  });

  it('that is new is added, and what it may do is not known', () => {
    const { inventory, notes } = applyChangeSet(cluster().inventory(), told(roleOf({ AWS: '*' })));
    expect(inventory.aws.roles).toMatchObject([{ arn: ARN, policiesUnknown: true }]);
    expect(notes[0]?.says).toContain('what it may do is not known');
  });
});

describe('refuses', () => {
  it.each<[string, Change, string]>([
    ['an object that is not there', remove('RoleBinding', 'a/none'), 'RoleBinding a/none is not in the data'],
    ['one of another namespace', remove('RoleBinding', 'b/rb'), 'RoleBinding b/rb is not in the data'],
    ['one without a namespace that is not in default', remove('RoleBinding', 'rb'), 'RoleBinding rb is not in the data'],
    [
      'one in another namespace, which it names',
      remove('RoleBinding', 'b/rb'),
      'is not in the data; the nearest is RoleBinding a/rb; check',
    ],
    ['one with a wrong letter, which it names', remove('Deployment', 'a/wed'), 'the nearest is Deployment a/web;'],
    ['one whose letters are others, naming none', remove('Deployment', 'a/zzz'), 'Deployment a/zzz is not in the data; check'],
    ['one of another kind of the same list, naming none', remove('StatefulSet', 'a/web'), 'StatefulSet a/web is not in the data; check'],
    ['one named like nobody', remove('Role', 'a/__proto__'), 'Role a/__proto__ is not in the data; check'],
    ['a name without end', remove('Role', `a/${'r'.repeat(100_000)}`), 'is not in the data; check'],
    ['a kind in small letters', remove('rolebinding', 'a/rb'), 'there is no such kind; write it as the API does, `RoleBinding`'],
    ['a kind in the plural', remove('networkpolicies', 'a/rb'), 'there is no such kind; write it as the API does, `NetworkPolicy`'],
    ['a kind that is not kept', remove('ConfigMap', 'a/c'), 'ConfigMap a/c: the inventory keeps no objects of this kind'],
    [
      'a kind of another group',
      { change: 'delete', target: { kind: 'Role', apiVersion: 'iam.aws/v1', namespace: 'a', name: 'r' } },
      'Role a/r: the inventory keeps no objects of this kind and API group',
    ],
    ['a manifest without kind', apply({ metadata: { name: 'x' } }), 'it lacks `apiVersion` or `kind`'],
    [
      'a manifest that is malformed',
      apply({ apiVersion: RBAC, kind: 'RoleBinding', metadata: { name: 'x' } }),
      'the manifest of RoleBinding x cannot be read: malformed: expected an object at `/roleRef`',
    ],
    [
      'a patch that does not fit',
      { change: 'patch', target: { kind: 'Role', namespace: 'a', name: 'r' }, json: [{ op: 'remove', path: '/rules/9' }] },
      'operation 0: there is nothing at `9`',
    ],
    ['a patch that gives another name', merge('Role', 'a/r', { metadata: { name: 'x' } }), 'another kind, name or namespace'],
    ['a patch that gives another kind', merge('Role', 'a/r', { kind: 'ClusterRole' }), 'another kind, name or namespace'],
    ['a patch that leaves no object', merge('Role', 'a/r', { rules: 'all' }), 'none any more once it is patched: malformed'],
    ['a subject that is not there', keys('RoleBinding/a/rb/subjects/3'), '`RoleBinding/a/rb/subjects/3` names nothing in the data'],
    ['a template that is not there', keys('token: template of workload:a/deployment/none'), 'names nothing in the data'],
  ])('%s', (_name, change, message) => {
    const before = world().inventory();
    expect(() => applyChangeSet(before, [remove('Secret', 'a/token'), change])).toThrow(
      expect.objectContaining({ name: 'ChangeError', at: 1, message: expect.stringContaining(message) }),
    );
    expect(before).toEqual(world().inventory());
  });

  it('nothing that an earlier change took away, which it tells', () => {
    const { notes } = applyChangeSet(world().inventory(), [remove('Namespace', 'a'), remove('Role', 'a/r')]);
    expect(notes.at(-1)).toEqual({ at: 1, says: 'Role a/r is gone by an earlier change' });
  });
});

describe("the account's name taken out of a template", () => {
  const without = merge('Deployment', 'a/web', { spec: { template: { spec: { serviceAccountName: null } } } });
  const accountAfter = (...changes: Change[]) =>
    applyChangeSet(world().inventory(), changes).inventory.kubernetes.workloads.find(({ kind }) => kind === 'Deployment')?.spec
      .serviceAccountName;

  it('stays by its old name, which the API server writes beside it', () => {
    expect(accountAfter(without)).toBe('bot');
  });

  it.each<[string, Change[], string]>([
    ['gives way to another', [merge('Deployment', 'a/web', { spec: { template: { spec: { serviceAccountName: 'other' } } } })], 'other'],
    [
      'goes with its old name',
      [merge('Deployment', 'a/web', { spec: { template: { spec: { serviceAccountName: null, serviceAccount: null } } } })],
      'default',
    ],
    [
      'goes from a manifest that nobody has admitted',
      [
        remove('Deployment', 'a/web'),
        apply({
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { namespace: 'a', name: 'web' },
          spec: { template: { spec: { serviceAccountName: 'bot', containers: [] } } },
        }),
        without,
      ],
      'default',
    ],
  ])('%s', (_name, changes, expected) => {
    expect(accountAfter(...changes)).toBe(expected);
  });
});

describe('manifests', () => {
  const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { namespace: 'b', generateName: 'once-' } };
  const template = { spec: { containers: [{ name: 'c', image: 'i' }] } };

  it('that the API server gives names are as many objects', () => {
    const before = world().inventory();
    const { inventory } = applyChangeSet(before, [apply({ ...job, spec: { template } }), apply({ ...job, spec: { template } })]);
    expect(inventory.kubernetes.workloads.length - before.kubernetes.workloads.length).toBe(2);
  });

  it.each<[string, object, string]>([
    [
      'a kind that makes pods and is not read',
      { apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow', spec: { templates: [{ container: { image: 'i' } }] } },
      'with the pods that it makes',
    ],
    ['a kind without a template', { apiVersion: 'v1', kind: 'ConfigMap', data: {} }, 'decides nothing here and is left out'],
    [
      'a template of something else',
      { apiVersion: 'x.io/v1', kind: 'X', spec: { template: { spec: {} } } },
      'decides nothing here and is left out',
    ],
  ])('of %s are told', (_name, manifest, says) => {
    const { notes } = applyChangeSet(world().inventory(), [apply({ metadata: { namespace: 'a', name: 'x' }, ...manifest })]);
    expect(notes.map((note) => note.says)).toEqual([expect.stringContaining(says)]);
  });
});

describe('a controller of an add-on', () => {
  const spec = { serviceAccountName: 'other', containers: [{ name: 'main', image: 'new' }] };
  const rollout = (name: string) => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { namespace: 'a', name },
    spec: { template: { metadata: { labels: { app: 'x' } }, spec } },
  });
  const running = () =>
    world()
      .workload('ReplicaSet', 'a/roll-1', { serviceAccount: 'bot', metadata: { ownerReferences: [owner('Rollout', 'roll')] } })
      .pod('a/roll-1-x', {
        serviceAccount: 'bot',
        metadata: { ownerReferences: [owner('ReplicaSet', 'roll-1')] },
        spec: { initContainers: [{ name: 'proxy', image: 'mesh', restartPolicy: 'Always' }] },
      })
      .pod('a/direct-x', { serviceAccount: 'bot', metadata: { ownerReferences: [owner('Rollout', 'direct')] } })
      .inventory();
  const podIn = ({ kubernetes }: Inventory, name: string) => kubernetes.pods.find((pod) => pod.name === name);

  it('that is new stands for one pod', () => {
    const { inventory, notes, notJudged } = applyChangeSet(running(), [apply(rollout('new'))]);
    expect(podIn(inventory, 'new-rollout-pod')).toMatchObject({ template: '/spec/template', owner: { kind: 'Rollout', name: 'new' } });
    expect([notes, notJudged]).toEqual([[], []]);
    expect(without(inventory, running())).toEqual(['pods  a/new-rollout-pod']);
  });

  it('passes its template on to the pods that it has', () => {
    const { inventory, notes } = applyChangeSet(running(), [apply(rollout('roll'))]);
    const pod = podIn(inventory, 'roll-1-x');
    expect(pod?.spec.serviceAccountName).toBe('other');
    expect(pod?.spec.containers.map(({ name }) => name)).toEqual(expect.arrayContaining(['main', 'proxy']));
    expect(inventory.kubernetes.workloads.find(({ name }) => name === 'roll-1')?.spec.serviceAccountName).toBe('other');
    expect(notes).toEqual([{ at: 0, says: 'Rollout a/roll: 1 pod is taken as made anew from the changed template' }]);
    expect(without(inventory, running())).toEqual([]);
  });

  it('passes its template on to pods that it has without a controller between', () => {
    const { inventory, notes } = applyChangeSet(running(), [apply(rollout('direct'))]);
    expect(podIn(inventory, 'direct-x')?.spec.serviceAccountName).toBe('other');
    expect(notes[0]?.says).toContain('what admission had added to them is not known');
  });

  it('takes along what it made when it is deleted', () => {
    const { inventory, notes } = applyChangeSet(running(), [remove('Rollout', 'a/roll')]);
    expect(without(running(), inventory).sort()).toEqual(['pods  a/roll-1-x', 'workloads ReplicaSet a/roll-1']);
    expect(notes[0]?.says).toBe('Rollout a/roll: 1 pod and 1 controller that it made go with it');
    expect(() => applyChangeSet(running(), [remove('Rollout', 'b/roll')])).toThrow('keeps no objects of this kind');
  });
});

it('counts kinds that are not judged, those that make pods first, and makes a gap of these', () => {
  const before = world().inventory();
  const workflow = (name: string) => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Workflow',
    metadata: { name },
    spec: { templates: [{ container: { image: 'i' } }] },
  });
  const { inventory, notJudged } = applyChangeSet(before, [
    apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' } }),
    apply(workflow('x')),
    apply(workflow('y')),
  ]);
  expect(notJudged).toEqual([
    { kind: 'Workflow', group: 'argoproj.io', count: 2, makesPods: true },
    { kind: 'ConfigMap', group: '', count: 1, makesPods: false },
  ]);
  expect(inventory.gaps.map(({ what }) => what)).toEqual([...before.gaps.map(({ what }) => what), '2 of kind Workflow (argoproj.io)']);
});

it.each(['constructor', '__proto__', 'toString'])('takes %s for a name like any other', (name) => {
  const manifest = {
    apiVersion: RBAC,
    kind: 'RoleBinding',
    metadata: { namespace: name, name, uid: '1' },
    roleRef: { kind: 'Role', name: 'r' },
    subjects: [sa(`a/${name}`), user(name)],
  };
  const before = world().inventory();
  const { inventory } = applyChangeSet(before, [apply(manifest)]);
  expect(without(inventory, before)).toEqual([`bindings RoleBinding ${name}/${name}`]);
  const target = { kind: 'RoleBinding', namespace: name, name };
  const patched = applyChangeSet(inventory, [{ change: 'patch', target, json: [{ op: 'remove', path: '/subjects/0' }] }]).inventory;
  expect(patched.kubernetes.bindings.find((one) => one.name === name)?.subjects.map((one) => one.name)).toEqual([name]);
  expect(applyChangeSet(patched, [{ change: 'delete', target }]).inventory).toEqual(before);
});

it('keeps no value of a secret that a manifest brings along', () => {
  const canary = 'c4n4ry-v4lu3';
  const { inventory, notes } = applyChangeSet(world().inventory(), [
    apply({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's', annotations: { 'kubectl.kubernetes.io/last-applied-configuration': canary } },
      stringData: { key: canary },
    }),
    apply({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p' },
      spec: { containers: [{ name: 'c', image: 'i', env: [{ name: 'E', value: canary }] }] },
    }),
  ]);
  const text = JSON.stringify([inventory, notes], (_key, value: unknown) => (value instanceof Map ? [...value] : value));
  expect(text).toContain('"key"');
  expect(text).not.toContain(canary);
});
