import { describe, expect, test } from 'vitest';
import type { Gap } from '../../inventory/gap.ts';
import { type ClusterFixture, cluster } from '../../inventory/testing/cluster.ts';
import { NodeTableBuilder } from '../table-builder.ts';
import { type Facts, factsOf } from './facts.ts';
import {
  ADD_EPHEMERAL,
  type PodQuestion,
  podAdmission,
  podAdmissionIn,
  podAdmissionRelabelled,
  podAdmissionWeakened,
} from './pod-admission.ts';

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const factsFor = (fixture: ClusterFixture, gaps: readonly Gap[] = []): Facts => {
  const inventory = fixture.inventory();
  return factsOf({ ...inventory, gaps: [...inventory.gaps, ...gaps] }, new NodeTableBuilder());
};
const unread = (list: string): Gap => ({ id: list, source: 'kubernetes', what: list, why: 'refused', remedy: 'allow it' });
const guard = (fixture: ClusterFixture, operations = ['CREATE'], resources = ['pods']): ClusterFixture =>
  fixture.webhookConfiguration('ValidatingWebhookConfiguration', 'guard', {
    name: 'guard.example.com',
    rules: [{ operations, apiGroups: [''], apiVersions: ['v1'], resources }],
  });
const labelled = (level: string, version?: string): ClusterFixture =>
  cluster().namespace('a', { [ENFORCE]: level, ...(version === undefined ? {} : { [`${ENFORCE}-version`]: version }) });
const PRIVILEGED: PodQuestion = { needed: 'privileged' };

const states: [string, ClusterFixture, PodQuestion, string][] = [
  ['privileged where the label says privileged', labelled('privileged'), PRIVILEGED, 'certain'],
  ['privileged at baseline', labelled('baseline'), PRIVILEGED, 'refused'],
  ['privileged at baseline of any version', labelled('baseline', 'v1.0'), PRIVILEGED, 'refused'],
  ['a hostPath at baseline', labelled('baseline'), { needed: 'host-path' }, 'refused'],
  ["the node's processes at baseline", labelled('baseline'), { needed: 'host-pid' }, 'refused'],
  ['a hostPath where the label says privileged', labelled('privileged'), { needed: 'host-path' }, 'certain'],
  ['a plain pod at restricted', labelled('restricted'), { needed: 'plain' }, 'certain'],
  ['a plain pod at restricted of an old version', labelled('restricted', 'v1.8'), { needed: 'plain' }, 'certain'],
  ['a level that does not exist', labelled('none'), PRIVILEGED, 'refused'],
  ['no label', cluster().namespace('a'), PRIVILEGED, 'conditional'],
  ['a namespace that was not read', cluster().serviceAccount('a/bot'), PRIVILEGED, 'conditional'],
  ['a plain pod in a namespace that was not read', cluster().serviceAccount('a/bot'), { needed: 'plain' }, 'certain'],
  ['a plain pod that a webhook is asked about', guard(labelled('restricted')), { needed: 'plain' }, 'conditional'],
  ['a debug container, a webhook about new pods', guard(labelled('privileged')), { ...PRIVILEGED, request: ADD_EPHEMERAL }, 'certain'],
  [
    'a debug container, a webhook about that',
    guard(labelled('privileged'), ['UPDATE'], ['pods/*']),
    { ...PRIVILEGED, request: ADD_EPHEMERAL },
    'conditional',
  ],
  ['a debug container at baseline', labelled('baseline'), { ...PRIVILEGED, request: ADD_EPHEMERAL }, 'refused'],
];

test.each(states)('%s', (_name, fixture, question, state) => {
  const admission = podAdmissionIn(factsFor(fixture), 'a', question);
  expect([admission.state, admission.hangsOn !== undefined]).toEqual([state, state === 'conditional']);
});

describe('what could not be read is an open question', () => {
  test.each([
    ['validatingwebhookconfigurations', 'conditional'],
    ['validatingadmissionpolicies', 'conditional'],
    ['validatingadmissionpolicybindings', 'conditional'],
    ['clusterpolicies.kyverno.io', 'conditional'],
    ['k8spspprivilegedcontainer.constraints.gatekeeper.sh', 'conditional'],
    ['policyexceptions.kyverno.io', 'certain'],
    ['ciliumnetworkpolicies.cilium.io', 'certain'],
    ['mutatingwebhookconfigurations', 'certain'],
    ['secrets', 'certain'],
  ])('%s', (list, state) => expect(podAdmissionIn(factsFor(labelled('privileged'), [unread(list)]), 'a', PRIVILEGED).state).toBe(state));
});

test('what Pod Security has against the pod is told', () => {
  const { violations, evidence } = podAdmissionIn(factsFor(labelled('baseline')), 'a', { needed: 'host-path' });
  expect(violations.map(({ control }) => control)).toEqual(['hostPathVolumes']);
  expect(evidence.map(({ says }) => says)).toEqual(['enforces the Pod Security level baseline']);
});

describe('over many namespaces', () => {
  const many = cluster()
    .namespace('a', { [ENFORCE]: 'restricted' })
    .namespace('b')
    .namespace('c', { [ENFORCE]: 'privileged' });

  test.each([
    ['', 'c', 'certain'],
    ['*', 'c', 'certain'],
    ['b', 'b', 'conditional'],
  ])('scope `%s`: %s lets it in, %s', (scope, namespace, state) =>
    expect(podAdmission(factsFor(many), scope, PRIVILEGED)).toMatchObject({ namespace, state }),
  );

  test('none does', () => expect(podAdmission(factsFor(many), 'a', PRIVILEGED)).toBeUndefined());
});

test('relabelled, the label is no longer in the way, what else is asked is', () => {
  expect(podAdmissionRelabelled(factsFor(labelled('restricted')), 'a', PRIVILEGED).state).toBe('certain');
  expect(podAdmissionRelabelled(factsFor(guard(labelled('restricted'))), 'a', PRIVILEGED).state).toBe('conditional');
});

test('weakened, what else is asked is no longer in the way, the label is', () => {
  expect(podAdmissionWeakened(factsFor(guard(labelled('privileged'))), 'a', 'privileged').state).toBe('certain');
  expect(podAdmissionWeakened(factsFor(guard(labelled('restricted'))), 'a', 'privileged').state).toBe('refused');
});

test('GKE Autopilot lets privileged pods of partners in alone', () => {
  const inventory = labelled('privileged').inventory();
  const link = 'https://container.googleapis.com/v1/projects/p/locations/europe-west1/clusters/c';
  const on = (autopilot: boolean): Facts =>
    factsOf(
      {
        ...inventory,
        cluster: { ...inventory.cluster, gkeSelfLink: link },
        gcp: { ...inventory.gcp, clusters: [{ selfLink: link, name: 'c', nodePools: [], ...(autopilot ? { autopilot } : {}) } as never] },
      },
      new NodeTableBuilder(),
    );
  expect(podAdmissionIn(on(true), 'a', PRIVILEGED).state).toBe('conditional');
  expect(podAdmissionIn(on(false), 'a', PRIVILEGED).state).toBe('certain');
});
