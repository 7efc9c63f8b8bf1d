import { provenAndAsked } from '../evidence/proven.ts';
import { eachClusterWideWith } from '../facts/cluster-wide-with.ts';
import { type AuthorEdge, emitEdges } from '../facts/pod-author.ts';
import type { AnyOf } from '../facts/rights.ts';
import { nodesByVolume } from '../facts/volume-author.ts';
import { CREATE_WORKLOAD, makingRequests } from '../facts/workload-rights.ts';
import { defineTechnique } from './technique.ts';

const CREATE_VOLUME: AnyOf = [{ verbs: ['create'], apiGroup: '', resource: 'persistentvolumes' }];
const REQUEST = { operation: 'CREATE', apiGroup: '', resource: 'persistentvolumes', clusterScoped: true, ownLabels: true } as const;

export const persistentVolumeCreate = defineTechnique({
  id: 'persistent-volume-create',
  title: 'Makes a volume of a path of the node',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-nodes'],
  action:
    "Creates a PersistentVolume that is a hostPath, claims it from a pod of its own and works on the node's files; Pod Security sees a claim only.",
  precondition: '`create` on `persistentvolumes` cluster-wide and `create` on pods or a controller in some namespace.',
  remediation:
    'Leave `persistentvolumes` to provisioners, and forbid hostPath volumes by a ValidatingAdmissionPolicy on PersistentVolumes.',
  coverage: {
    level: 'partial',
    misses:
      'making pods by changing an existing controller; changing a volume that is there (`persistentvolumes` may not change their source)',
  },
  attck: ['T1611'],
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#persistent-volume-creation',
    'https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/pod-security-admission/policy/check_restrictedVolumes.go',
  ],
  find(facts, emit) {
    const edges: AuthorEdge[] = [];
    eachClusterWideWith(facts, CREATE_VOLUME, CREATE_WORKLOAD, ({ node }, { scope, parts }) => {
      const reached = nodesByVolume(facts, scope, { request: REQUEST, through: makingRequests(parts[1]?.by ?? []) });
      if (reached === undefined) return;
      const { target, ...how } = reached;
      edges.push({ from: node, to: target, parts, ...how });
    });
    emitEdges(facts, edges, emit);
  },
  ...provenAndAsked,
});
