import { type BindingPlan, type RolePlan, rule, type SubjectPlan, urls } from './rbac.ts';

/** What add-ons are given by their own manifests: shortened, never widened, and widened only where a comment says so. */

const READ = 'get,list,watch';
const ALL = 'create,delete,get,list,patch,update,watch';
const LEASES = rule('create,get,list,update,watch', 'coordination.k8s.io', 'leases');
const EVENTS = rule('create,patch', '', 'events');

const SYSTEM_ROLES: readonly RolePlan[] = [
  {
    name: 'aws-node',
    rules: [
      rule('list,watch,get', 'crd.k8s.amazonaws.com', 'eniconfigs'),
      rule(READ, '', 'namespaces,pods'),
      rule(READ, '', 'nodes'),
      rule('create,patch,list', ',events.k8s.io', 'events'),
      rule(READ, 'networking.k8s.aws', 'policyendpoints'),
    ],
  },
  {
    name: 'system:coredns',
    rules: [rule('list,watch', '', 'endpoints,services,pods,namespaces'), rule('list,watch', 'discovery.k8s.io', 'endpointslices')],
  },
  { name: 'system:metrics-server', rules: [rule('get', '', 'nodes/metrics'), rule(READ, '', 'nodes,pods')] },
  {
    name: 'ebs-csi-node-role',
    rules: [rule('get', '', 'nodes'), rule(READ, 'storage.k8s.io', 'volumeattachments'), rule('get', 'storage.k8s.io', 'csinodes')],
  },
  {
    name: 'ebs-external-provisioner-role',
    rules: [
      rule('get,list,watch,create,patch,delete', '', 'persistentvolumes'),
      rule('get,list,watch,update', '', 'persistentvolumeclaims'),
      rule(READ, 'storage.k8s.io', 'storageclasses,csinodes,volumeattachments'),
      rule(READ, '', 'nodes'),
      EVENTS,
      LEASES,
    ],
  },
  {
    name: 'aws-load-balancer-controller-role',
    rules: [
      rule(READ, '', 'endpoints,namespaces,nodes,pods,services'),
      rule('patch,update', '', 'pods/status,services/status'),
      rule('get,list,patch,update,watch', 'networking.k8s.io', 'ingresses'),
      rule('patch,update', 'networking.k8s.io', 'ingresses/status'),
      rule(READ, 'discovery.k8s.io', 'endpointslices'),
      rule(ALL, 'elbv2.k8s.aws', 'targetgroupbindings'),
      EVENTS,
    ],
  },
  {
    name: 'cluster-autoscaler',
    rules: [
      EVENTS,
      rule('create', '', 'pods/eviction'),
      rule('update', '', 'pods/status'),
      rule('watch,list,get,update', '', 'nodes'),
      rule('watch,list,get', '', 'namespaces,pods,services,replicationcontrollers,persistentvolumeclaims,persistentvolumes'),
      rule('watch,list,get', 'apps', 'daemonsets,replicasets,statefulsets'),
      rule('watch,list', 'policy', 'poddisruptionbudgets'),
      rule('watch,list,get', 'batch', 'jobs'),
      rule('watch,list,get', 'storage.k8s.io', 'storageclasses,csinodes,csidrivers,csistoragecapacities'),
      LEASES,
    ],
  },
];

const DELIVERY_ROLES: readonly RolePlan[] = [
  { name: 'argocd-application-controller', rules: [rule('*', '*', '*'), urls('*', '*')] },
  {
    name: 'argocd-server',
    rules: [
      rule('delete,get,patch', '*', '*'),
      rule('list', '', 'events'),
      rule('get', '', 'pods,pods/log'),
      rule('get,list,update,watch', 'argoproj.io', 'applications,applicationsets'),
    ],
  },
  {
    namespace: 'argocd',
    name: 'argocd-server',
    rules: [
      rule('create,get,list,watch,update,patch,delete', '', 'secrets,configmaps'),
      rule(ALL, 'argoproj.io', 'applications,applicationsets,appprojects'),
      rule('create,list', '', 'events'),
    ],
  },
];

const SECURITY_ROLES: readonly RolePlan[] = [
  {
    name: 'cert-manager-controller-certificates',
    rules: [
      rule('update,patch', 'cert-manager.io', 'certificates,certificates/status,certificaterequests,certificaterequests/status'),
      rule(READ, 'cert-manager.io', 'certificates,certificaterequests,clusterissuers,issuers'),
      rule('create,delete,get,list,watch', 'acme.cert-manager.io', 'orders'),
      rule('get,list,watch,create,update,delete,patch', '', 'secrets'),
      EVENTS,
    ],
  },
  { name: 'cert-manager-webhook:subjectaccessreviews', rules: [rule('create', 'authorization.k8s.io', 'subjectaccessreviews')] },
  {
    name: 'external-secrets-controller',
    rules: [
      rule(READ, 'external-secrets.io', 'secretstores,clustersecretstores,externalsecrets,clusterexternalsecrets,pushsecrets'),
      rule('get,update,patch', 'external-secrets.io', 'externalsecrets/status,secretstores/status,clustersecretstores/status'),
      rule(READ, '', 'serviceaccounts,namespaces'),
      rule(READ, '', 'configmaps'),
      rule('get,list,watch,create,update,delete,patch', '', 'secrets'),
      EVENTS,
    ],
  },
  {
    name: 'ingress-nginx',
    rules: [
      rule('list,watch', '', 'configmaps,endpoints,nodes,pods,secrets,namespaces'),
      rule(READ, '', 'services'),
      rule(READ, 'networking.k8s.io', 'ingresses,ingressclasses'),
      rule('update', 'networking.k8s.io', 'ingresses/status'),
      rule('list,watch,get', 'discovery.k8s.io', 'endpointslices'),
      EVENTS,
    ],
  },
];

const OBSERVABILITY_ROLES: readonly RolePlan[] = [
  {
    name: 'prometheus-operator',
    rules: [
      rule('*', 'monitoring.coreos.com', 'alertmanagers,prometheuses,podmonitors,probes,prometheusrules,servicemonitors'),
      rule('get,list,watch', '', 'nodes,namespaces'),
      // Beyond upstream: somebody wanted the operator to check kubelet endpoints itself.
      rule('get', '', 'nodes/proxy'),
    ],
  },
  {
    namespace: 'monitoring',
    name: 'prometheus-operator',
    rules: [
      rule('*', '', 'configmaps,secrets'),
      rule('*', 'apps', 'statefulsets'),
      rule('list,delete', '', 'pods'),
      rule('get,create,update,delete', '', 'services,endpoints'),
    ],
  },
  {
    name: 'prometheus-k8s',
    rules: [
      // nodes/proxy is left over from a chart of 2021; today's asks for nodes/metrics alone.
      rule('get', '', 'nodes/metrics,nodes/proxy'),
      rule(READ, '', 'services,endpoints,pods'),
      rule(READ, 'discovery.k8s.io', 'endpointslices'),
      urls('get', '/metrics', '/metrics/slis'),
    ],
  },
  {
    name: 'kube-state-metrics',
    rules: [
      rule(
        'list,watch',
        '',
        'configmaps,nodes,pods,services,serviceaccounts,resourcequotas,persistentvolumeclaims,persistentvolumes,namespaces,endpoints',
      ),
      rule('list,watch', 'apps', 'statefulsets,daemonsets,deployments,replicasets'),
      rule('list,watch', 'batch', 'cronjobs,jobs'),
      rule('list,watch', 'networking.k8s.io', 'networkpolicies,ingresses'),
      rule('list,watch', 'storage.k8s.io', 'storageclasses,volumeattachments'),
    ],
  },
  { name: 'log-shipper', rules: [rule(READ, '', 'pods,namespaces')] },
];

export const ADD_ON_ROLES: readonly RolePlan[] = [...SYSTEM_ROLES, ...DELIVERY_ROLES, ...SECURITY_ROLES, ...OBSERVABILITY_ROLES];

function everywhere(name: string, subject: SubjectPlan, role = name): BindingPlan {
  return { name, role: `ClusterRole/${role}`, subjects: [subject] };
}

export const ADD_ON_BINDINGS: readonly BindingPlan[] = [
  everywhere('aws-node', 'sa:kube-system/aws-node'),
  everywhere('system:coredns', 'sa:kube-system/coredns'),
  everywhere('eks:kube-proxy', 'sa:kube-system/kube-proxy', 'system:node-proxier'),
  everywhere('system:metrics-server', 'sa:kube-system/metrics-server'),
  everywhere('metrics-server:system:auth-delegator', 'sa:kube-system/metrics-server', 'system:auth-delegator'),
  {
    namespace: 'kube-system',
    name: 'metrics-server-auth-reader',
    role: 'Role/extension-apiserver-authentication-reader',
    subjects: ['sa:kube-system/metrics-server'],
  },
  everywhere('ebs-csi-node-getter-binding', 'sa:kube-system/ebs-csi-node-sa', 'ebs-csi-node-role'),
  everywhere('ebs-csi-provisioner-binding', 'sa:kube-system/ebs-csi-controller-sa', 'ebs-external-provisioner-role'),
  everywhere(
    'aws-load-balancer-controller-rolebinding',
    'sa:kube-system/aws-load-balancer-controller',
    'aws-load-balancer-controller-role',
  ),
  everywhere('cluster-autoscaler', 'sa:kube-system/cluster-autoscaler'),
  everywhere('argocd-application-controller', 'sa:argocd/argocd-application-controller'),
  everywhere('argocd-server', 'sa:argocd/argocd-server'),
  { namespace: 'argocd', name: 'argocd-server', role: 'Role/argocd-server', subjects: ['sa:argocd/argocd-server'] },
  everywhere('cert-manager-controller-certificates', 'sa:cert-manager/cert-manager'),
  everywhere('cert-manager-webhook:subjectaccessreviews', 'sa:cert-manager/cert-manager-webhook'),
  everywhere('external-secrets-controller', 'sa:external-secrets/external-secrets'),
  everywhere('ingress-nginx', 'sa:ingress-nginx/ingress-nginx'),
  everywhere('prometheus-operator', 'sa:monitoring/prometheus-operator'),
  {
    namespace: 'monitoring',
    name: 'prometheus-operator',
    role: 'Role/prometheus-operator',
    subjects: ['sa:monitoring/prometheus-operator'],
  },
  everywhere('prometheus-k8s', 'sa:monitoring/prometheus-k8s'),
  everywhere('kube-state-metrics', 'sa:monitoring/kube-state-metrics'),
  everywhere('log-shipper', 'sa:logging/log-shipper'),
];
