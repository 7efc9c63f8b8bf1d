import { type NamedRoles, PROJECT_READS, partly, RBAC_WRITES, TOKENS, whole } from './role-parts.ts';

/** `container.clusters.getCredentials` is not asked for by the API server; it is what gives out the cluster's own client certificate. */
export const CONTAINER_ROLES: NamedRoles = [
  [
    'roles/container.admin',
    partly(
      ['container.*', ...PROJECT_READS],
      [...TOKENS, 'iam.*', 'compute.*', 'storage.*', 'secretmanager.*', 'resourcemanager.projects.setIamPolicy'],
    ),
  ],
  [
    'roles/container.clusterAdmin',
    partly(
      [
        ...['create', 'delete', 'get', 'list', 'update'].map((verb) => `container.clusters.${verb}`),
        'container.operations.*',
        ...PROJECT_READS,
      ],
      [
        ...RBAC_WRITES,
        'container.secrets.*',
        'container.pods.*',
        'container.serviceAccounts.*',
        'iam.*',
        'compute.*',
        'storage.*',
        'secretmanager.*',
        '*.*.setIamPolicy',
      ],
    ),
  ],
  [
    'roles/container.developer',
    partly(
      [
        'container.clusters.connect',
        'container.clusters.get',
        'container.clusters.list',
        ...[
          'pods',
          'secrets',
          'deployments',
          'daemonSets',
          'statefulSets',
          'replicaSets',
          'replicationControllers',
          'jobs',
          'cronJobs',
          'nodes',
          'serviceAccounts',
          'configMaps',
          'namespaces',
          'services',
        ].flatMap((kind) => ['create', 'update', 'delete', 'get', 'list'].map((verb) => `container.${kind}.${verb}`)),
        'container.pods.exec',
        'container.pods.attach',
        'container.nodes.proxy',
        'container.serviceAccounts.createToken',
        ...PROJECT_READS,
      ],
      [
        ...RBAC_WRITES,
        'container.clusters.update',
        'container.clusters.create',
        'iam.*',
        'compute.*',
        'storage.*',
        'secretmanager.*',
        '*.*.setIamPolicy',
      ],
    ),
  ],
  ['roles/container.clusterViewer', whole('container.clusters.get', 'container.clusters.list', ...PROJECT_READS)],
  [
    'roles/container.viewer',
    partly(
      ['container.*.get', 'container.*.list'],
      [
        ...RBAC_WRITES,
        'container.secrets.*',
        'container.pods.exec',
        '*.*.create',
        '*.*.update',
        '*.*.delete',
        'iam.*',
        'compute.*',
        'storage.*',
        'secretmanager.*',
        '*.*.setIamPolicy',
      ],
    ),
  ],
];
