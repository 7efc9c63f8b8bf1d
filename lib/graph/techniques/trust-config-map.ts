import { objectEvidence } from '../evidence/objects.ts';
import { proven } from '../evidence/proven.ts';
import { askingIn } from '../facts/asking.ts';
import { proofOf } from '../facts/rbac-edges.ts';
import { type AnyOf, covers } from '../facts/rights.ts';
import { serviceTraffic } from '../facts/traffic.ts';
import { defineTechnique } from './technique.ts';

const RIGHT: AnyOf = [{ verbs: ['update', 'patch'], apiGroup: '', resource: 'configmaps' }];
const NAMESPACE = 'kube-system';
const NAME = 'extension-apiserver-authentication';

const HANGS_ON =
  'the extension API server being reached from where the attacker is, and taking its certificate authorities from the ConfigMap, as the library that they are built on does by default';

export const trustConfigMap = defineTechnique({
  id: 'trust-config-map',
  title: 'Is trusted by extension API servers',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['service-traffic'],
  action:
    'Adds a certificate authority of its own to those that extension API servers trust, and asks them as anybody; the API server keeps what it finds there and only adds its own.',
  precondition:
    '`update` or `patch` on configmaps in kube-system, unnamed or naming `extension-apiserver-authentication`, and another server answers some APIService.',
  remediation: 'Name the ConfigMaps that the subject needs in `resourceNames`, and never extension-apiserver-authentication.',
  coverage: { level: 'partial', misses: 'what the extension API server itself may do; APIServices that were not read' },
  attck: ['T1556'],
  references: [
    'https://kubernetes.io/docs/tasks/extend-kubernetes/configure-aggregation-layer/#extension-apiserver-authenticates-the-request',
    'https://github.com/kubernetes/kubernetes/blob/master/pkg/controlplane/controller/clusterauthenticationtrust/cluster_authentication_trust_controller.go',
  ],
  find(facts, emit) {
    const services = new Map(
      facts.inventory.kubernetes.apiServices.flatMap((one) => (one.service === undefined ? [] : [[one.service, one] as const])),
    );
    if (services.size === 0) return;
    facts.eachHolding(RIGHT, ({ node }, holding) => {
      if (!covers(holding, NAMESPACE) || (holding.name !== undefined && holding.name !== NAME)) return;
      for (const [service, record] of services) {
        const slash = service.indexOf('/');
        const also = [objectEvidence('APIService', record, '/spec/service', `Service ${service} answers ${record.group}`)];
        const detail = facts.keep({ parts: [{ rights: RIGHT, by: holding.by }], also, hangsOn: HANGS_ON });
        emit(node, serviceTraffic(facts, service.slice(0, slash), service.slice(slash + 1)), detail, 'conditional');
      }
    });
  },
  ...proven,
  asks: (facts, { detail }) => askingIn(facts, NAMESPACE, proofOf(facts, detail).parts),
});
