import { describe, expect, test } from 'vitest';
import { cluster } from '../../inventory/testing/cluster.ts';
import { fits } from './fits.ts';
import { isVirtual } from './virtual-node.ts';

type Json = Record<string, unknown>;

const nodeOf = (labels: Json, spec: Json = {}, name = 'n1') => {
  const [node] = cluster().node(name, labels, spec).inventory().kubernetes.nodes;
  if (node === undefined) throw new Error('no node');
  return node;
};
const specOf = (spec: Json) => {
  const [pod] = cluster().pod('a/web', { node: '', spec }).inventory().kubernetes.pods;
  if (pod === undefined) throw new Error('no pod');
  return pod.spec;
};
const affinity = (...terms: Json[]): Json => ({
  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } },
});
const asks = (key: string, operator: string, ...values: string[]): Json => affinity({ matchExpressions: [{ key, operator, values }] });
const taint = (effect: string, value?: string): Json => ({
  taints: [{ key: 'dedicated', effect, ...(value === undefined ? {} : { value }) }],
});
const tolerates = (toleration: Json): Json => ({ tolerations: [toleration] });
const ZONE = { zone: 'a' };

/** Name, the node's labels and spec, the pod's spec. */
type Row = readonly [string, Json, Json, Json];

const fitting: readonly Row[] = [
  ['nothing asked', {}, {}, {}],
  ['a selector that is met', ZONE, {}, { nodeSelector: { zone: 'a' } }],
  ['In', ZONE, {}, asks('zone', 'In', 'b', 'a')],
  ['NotIn', ZONE, {}, asks('zone', 'NotIn', 'b')],
  ['NotIn of a label that is not there', {}, {}, asks('zone', 'NotIn', 'b')],
  ['Exists', ZONE, {}, asks('zone', 'Exists')],
  ['DoesNotExist', {}, {}, asks('zone', 'DoesNotExist')],
  ['Gt', { cpu: '10' }, {}, asks('cpu', 'Gt', '9')],
  ['Lt of a negative number', { cpu: '-3' }, {}, asks('cpu', 'Lt', '-2')],
  [
    'one of two terms',
    ZONE,
    {},
    affinity({ matchExpressions: [{ key: 'x', operator: 'Exists' }] }, { matchExpressions: [{ key: 'zone', operator: 'Exists' }] }),
  ],
  [
    'the name of the node, as DaemonSets write it',
    {},
    {},
    affinity({ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n1'] }] }),
  ],
  [
    'preferred affinity decides nothing',
    {},
    {},
    {
      affinity: {
        nodeAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 1, preference: { matchExpressions: [{ key: 'x', operator: 'Exists' }] } },
          ],
        },
      },
    },
  ],
  ['a taint that only prefers', {}, taint('PreferNoSchedule'), {}],
  [
    'a taint tolerated by key and value',
    {},
    taint('NoSchedule', 'gpu'),
    tolerates({ key: 'dedicated', value: 'gpu', effect: 'NoSchedule' }),
  ],
  ['tolerated for every effect', {}, taint('NoExecute', 'gpu'), tolerates({ key: 'dedicated', operator: 'Equal', value: 'gpu' })],
  ['tolerated whatever its value', {}, taint('NoSchedule', 'gpu'), tolerates({ key: 'dedicated', operator: 'Exists' })],
  ['every taint tolerated', {}, taint('NoExecute', 'gpu'), tolerates({ operator: 'Exists' })],
  ['a number above', {}, taint('NoSchedule', '5'), tolerates({ key: 'dedicated', operator: 'Gt', value: '4' })],
  ['a cordoned node, tolerated', {}, { unschedulable: true }, tolerates({ key: 'node.kubernetes.io/unschedulable', operator: 'Exists' })],
];

const notFitting: readonly Row[] = [
  ['a selector of another value', ZONE, {}, { nodeSelector: { zone: 'b' } }],
  ['a selector of a label that is not there', {}, {}, { nodeSelector: { zone: 'a' } }],
  ['one of two labels', ZONE, {}, { nodeSelector: { zone: 'a', disk: 'ssd' } }],
  ['a selector named as the prototype', {}, {}, { nodeSelector: { constructor: 'x' } }],
  ['In', ZONE, {}, asks('zone', 'In', 'b')],
  ['In of a label that is not there', {}, {}, asks('zone', 'In', '')],
  ['NotIn', ZONE, {}, asks('zone', 'NotIn', 'a')],
  ['Exists', {}, {}, asks('zone', 'Exists')],
  ['DoesNotExist', ZONE, {}, asks('zone', 'DoesNotExist')],
  ['Gt of what is equal', { cpu: '9' }, {}, asks('cpu', 'Gt', '9')],
  ['Gt of no number', { cpu: 'many' }, {}, asks('cpu', 'Gt', '9')],
  ['Lt of a label that is not there', {}, {}, asks('cpu', 'Lt', '9')],
  ['an operator that does not exist', ZONE, {}, asks('zone', 'Like', 'a')],
  [
    'one requirement of a term',
    ZONE,
    {},
    affinity({
      matchExpressions: [
        { key: 'zone', operator: 'Exists' },
        { key: 'x', operator: 'Exists' },
      ],
    }),
  ],
  ['an empty term fits nothing', ZONE, {}, affinity({})],
  ['affinity without terms fits nothing', ZONE, {}, affinity()],
  ['another node by name', {}, {}, affinity({ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n2'] }] })],
  ['selector met, affinity not', ZONE, {}, { nodeSelector: { zone: 'a' }, ...asks('zone', 'In', 'b') }],
  ['a taint', {}, taint('NoSchedule'), {}],
  ['a taint that evicts', {}, taint('NoExecute'), {}],
  ['tolerated by another value', {}, taint('NoSchedule', 'gpu'), tolerates({ key: 'dedicated', value: 'cpu' })],
  ['tolerated by another effect', {}, taint('NoExecute'), tolerates({ key: 'dedicated', operator: 'Exists', effect: 'NoSchedule' })],
  ['tolerated by another key', {}, taint('NoSchedule'), tolerates({ key: 'other', operator: 'Exists' })],
  ['an empty key with Equal is no wildcard', {}, taint('NoSchedule', 'gpu'), tolerates({ value: 'x' })],
  ['a number below', {}, taint('NoSchedule', '5'), tolerates({ key: 'dedicated', operator: 'Lt', value: '5' })],
  ['an operator of tolerations that does not exist', {}, taint('NoSchedule'), tolerates({ key: 'dedicated', operator: 'In' })],
  [
    'one of two taints',
    {},
    {
      taints: [
        { key: 'dedicated', effect: 'NoSchedule' },
        { key: 'b', effect: 'NoSchedule' },
      ],
    },
    tolerates({ key: 'dedicated', operator: 'Exists' }),
  ],
  ['a cordoned node', {}, { unschedulable: true }, {}],
];

describe('a pod fits', () => {
  test.each(fitting)('%s', (_name, labels, node, pod) => expect(fits(specOf(pod), nodeOf(labels, node))).toBe(true));
});

describe('a pod does not fit', () => {
  test.each(notFitting)('%s', (_name, labels, node, pod) => expect(fits(specOf(pod), nodeOf(labels, node))).toBe(false));
});

test.each([
  ['Fargate', { 'eks.amazonaws.com/compute-type': 'fargate' }, true],
  ['a virtual kubelet', { type: 'virtual-kubelet' }, true],
  ['another compute type', { 'eks.amazonaws.com/compute-type': 'auto' }, false],
  ['no label', {}, false],
])('%s is a virtual node or not', (_name, labels, answer) => expect(isVirtual(nodeOf(labels))).toBe(answer));
