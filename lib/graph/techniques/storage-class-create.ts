import { HOST_PATH_PROVISIONERS } from '../../access/storage/host-path-provisioners.ts';
import type { StorageClass } from '../../inventory/storage.ts';
import { objectEvidence } from '../evidence/objects.ts';
import { provenAndAsked } from '../evidence/proven.ts';
import { eachClusterWideWith } from '../facts/cluster-wide-with.ts';
import type { Facts } from '../facts/facts.ts';
import { type AuthorEdge, emitEdges } from '../facts/pod-author.ts';
import type { AnyOf } from '../facts/rights.ts';
import { nodesByVolume } from '../facts/volume-author.ts';
import { CREATE_WORKLOAD, makingRequests } from '../facts/workload-rights.ts';
import { defineTechnique } from './technique.ts';

const CREATE_CLASS: AnyOf = [{ verbs: ['create'], apiGroup: 'storage.k8s.io', resource: 'storageclasses' }];
const REQUEST = {
  operation: 'CREATE',
  apiGroup: 'storage.k8s.io',
  resource: 'storageclasses',
  clusterScoped: true,
  ownLabels: true,
} as const;

/** The first class that shows that such a provisioner is here; undefined: none does. */
const witness = ({ inventory }: Facts): StorageClass | undefined =>
  inventory.kubernetes.storageClasses.find(({ provisioner }) => HOST_PATH_PROVISIONERS.has(provisioner));

export const storageClassCreate = defineTechnique({
  id: 'storage-class-create',
  title: 'Has a provisioner make a volume of a path of the node',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-nodes'],
  action: 'Creates a StorageClass that names a directory of the node, and claims a volume of it from a pod of its own.',
  precondition:
    '`create` on `storageclasses.storage.k8s.io` and `create` on pods or a controller in some namespace, while a provisioner is here that takes the directory from its StorageClass.',
  remediation: 'Leave `storageclasses` to administrators, or take a provisioner whose directory is its own to choose.',
  coverage: {
    level: 'partial',
    misses: `provisioners other than ${[...HOST_PATH_PROVISIONERS.keys()].join(', ')}; those of which no StorageClass is left`,
  },
  attck: ['T1611'],
  references: [
    'https://kubernetes.io/docs/concepts/storage/storage-classes/',
    ...[...HOST_PATH_PROVISIONERS.values()].map((one) => one.reference),
  ],
  find(facts, emit) {
    const found = witness(facts);
    const provisioner = found === undefined ? undefined : HOST_PATH_PROVISIONERS.get(found.provisioner);
    if (found === undefined || provisioner === undefined) return;
    const also = [
      'the provisioner running, with a pod of its own on the node',
      ...(provisioner.unless === undefined ? [] : [provisioner.unless]),
    ];
    const shown = objectEvidence(
      'StorageClass',
      found,
      '/provisioner',
      `is of ${found.provisioner}, which takes the directory from ${provisioner.by}`,
    );
    const edges: AuthorEdge[] = [];
    eachClusterWideWith(facts, CREATE_CLASS, CREATE_WORKLOAD, ({ node }, { scope, parts }) => {
      const reached = nodesByVolume(facts, scope, { request: REQUEST, through: makingRequests(parts[1]?.by ?? []), also });
      if (reached === undefined) return;
      const { target, evidence, ...how } = reached;
      edges.push({ from: node, to: target, parts, ...how, evidence: [shown, ...evidence] });
    });
    emitEdges(facts, edges, emit);
  },
  ...provenAndAsked,
});
