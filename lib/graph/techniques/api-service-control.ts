import type { ApiService } from '../../inventory/admission.ts';
import { objectEvidence } from '../evidence/objects.ts';
import { proven } from '../evidence/proven.ts';
import type { Facts } from '../facts/facts.ts';
import type { AnyOf } from '../facts/rights.ts';
import { serviceTraffic } from '../facts/traffic.ts';
import { defineTechnique } from './technique.ts';

const RIGHT: AnyOf = [{ verbs: ['update', 'patch'], apiGroup: 'apiregistration.k8s.io', resource: 'apiservices' }];

/**
 * Groups whose answers make the cluster: pods and secrets, workloads, and the rights that the API server's own authorizer reads by the same
 * way. The API server writes these APIServices once when it starts, and not again when somebody changes them.
 * Source: kube-aggregator pkg/controllers/autoregister/autoregister_controller.go (`checkAPIService`, rows 3 and 5).
 */
const OWN = ['v1.', 'v1.apps', 'v1.batch', 'v1.rbac.authorization.k8s.io'] as const;

const SERVER = 'a Service of the cluster with a pod of the attacker behind it, as an APIService names Services alone';
const SEES = 'it is sent user and groups of whoever asks, and what he writes, but not his token';

/** The traffic of the Service that answers an APIService. */
function trafficOf(facts: Facts, { service = '' }: ApiService): number {
  const slash = service.indexOf('/');
  return serviceTraffic(facts, service.slice(0, slash), service.slice(slash + 1));
}

export const apiServiceControl = defineTechnique({
  id: 'api-service-control',
  title: 'Answers for a group of the API',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['cluster-admin', 'service-traffic'],
  action:
    'Points an APIService at a Service of its own: it gets every request to that group of the API, and kubelets, controllers and the authorizer act on its answers.',
  precondition:
    '`update` or `patch` on apiservices by a ClusterRoleBinding, unnamed or naming one that another server answers, or one of the groups that make the cluster (core, apps, batch, RBAC).',
  remediation: 'Leave APIServices to those who install extension API servers, and name theirs in `resourceNames`.',
  coverage: {
    level: 'partial',
    misses:
      '`create` alone, which adds a version that only clients that ask for the preferred one use; groups of custom resources, which the API server takes back at once; APIServices that were not read',
  },
  attck: ['T1557', 'T1565'],
  references: [
    'https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/apiserver-aggregation/',
    'https://kubernetes.io/docs/tasks/extend-kubernetes/configure-aggregation-layer/',
  ],
  find(facts, emit) {
    const { apiServices } = facts.inventory.kubernetes;
    const byName = new Map(apiServices.map((one) => [one.name, one]));
    const aggregated = apiServices.filter(({ service }) => service !== undefined);
    const own = OWN.filter((name) => byName.get(name)?.service === undefined);
    facts.eachHolding(RIGHT, ({ node }, { scope, name, by }) => {
      if (scope !== '') return;
      const parts = [{ rights: RIGHT, by }];
      const taken = name === undefined ? own[0] : own.find((one) => one === name);
      if (taken !== undefined) {
        const record = byName.get(taken);
        const also =
          record === undefined ? [] : [objectEvidence('APIService', record, '/metadata/name', 'is answered by the API server itself')];
        emit(node, facts.nodes.clusterAdmin(), facts.keep({ parts, also, hangsOn: `${SERVER}; ${SEES}` }), 'conditional');
      }
      for (const one of aggregated) {
        if (name !== undefined && name !== one.name) continue;
        const also = [objectEvidence('APIService', one, '/spec/service', `sends ${one.group} to Service ${one.service}`)];
        emit(node, trafficOf(facts, one), facts.keep({ parts, also, hangsOn: `${SERVER}; ${SEES}` }), 'conditional');
      }
    });
  },
  ...proven,
});
