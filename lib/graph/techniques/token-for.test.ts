import { describe, expect, it } from 'vitest';
import { type ClusterFixture, cluster } from '../../inventory/testing/cluster.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';

const TYPE = 'kubernetes.io/service-account-token';
const NAME = 'kubernetes.io/service-account.name';
const UID = 'kubernetes.io/service-account.uid';
const base = () =>
  cluster()
    .serviceAccount('a/bot', { metadata: { namespace: 'a', name: 'bot', uid: 'u1' } })
    .serviceAccount('b/only-b');
const secret = (annotations: object, { type = TYPE, labels = {} } = {}) =>
  base().secret('a/t', { type, metadata: { annotations, labels } });
/** As a live cluster is read: no type and no keys. */
const metadataOnly = (annotations: object, labels = {}) =>
  base().add({
    apiVersion: 'meta.k8s.io/v1',
    kind: 'PartialObjectMetadata',
    metadata: {
      namespace: 'a',
      name: 't',
      annotations,
      labels,
      managedFields: [{ fieldsV1: { 'f:data': { 'f:token': {} }, 'f:type': {} } }],
    },
  });
const TOKEN = ['secret:a/t → sa:a/bot'];

describe('token-for', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['a token Secret of an account', secret({ [NAME]: 'bot' }), TOKEN],
    ['with the uid of the account', secret({ [NAME]: 'bot', [UID]: 'u1' }), TOKEN],
    ['marked as last used', secret({ [NAME]: 'bot' }, { labels: { 'kubernetes.io/legacy-token-last-used': '2026-01-01' } }), TOKEN],
    ['a Secret whose metadata alone was read', metadataOnly({ [NAME]: 'bot' }), ['secret:a/t → sa:a/bot (conditional)']],
    ['an account that nobody could list', cluster().secret('a/t', { type: TYPE, metadata: { annotations: { [NAME]: 'bot' } } }), TOKEN],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'token-for')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['another type with the annotation', secret({ [NAME]: 'bot' }, { type: 'Opaque' })],
    ['the type without the annotation', secret({})],
    ["the annotation in the label's place", secret({}, { labels: { [NAME]: 'bot' } })],
    ['an account that does not exist', secret({ [NAME]: 'ghost' })],
    ['an account of another namespace', secret({ [NAME]: 'only-b' })],
    ['an account of another namespace by its path', secret({ [NAME]: 'b/only-b' })],
    ['an account that was deleted and made anew: the uid differs', secret({ [NAME]: 'bot', [UID]: 'u0' })],
    [
      'a token that the cleaner made invalid',
      secret({ [NAME]: 'bot' }, { labels: { 'kubernetes.io/legacy-token-invalid-since': '2026-01-01' } }),
    ],
    ['metadata without the annotation', metadataOnly({})],
    ['invalid by its metadata alone', metadataOnly({ [NAME]: 'bot' }, { 'kubernetes.io/legacy-token-invalid-since': '2026-01-01' })],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'token-for')).toEqual([]);
  });

  it('points at the annotation, its slash escaped', () => {
    expect(evidenceOf(secret({ [NAME]: 'bot' }).inventory(), 'token-for')).toContain(
      'Secret a/t /metadata/annotations/kubernetes.io~1service-account.name',
    );
  });
});
