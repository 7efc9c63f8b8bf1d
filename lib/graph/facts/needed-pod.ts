import type { Container, PodSpec, SecurityContext } from '../../inventory/kubernetes.ts';

/** What an attacker needs of a pod: the node by one of three ways, or nothing but to run as some service account. */
export type NeededPod = 'privileged' | 'host-path' | 'host-pid' | 'plain';

const HARDENED: SecurityContext = {
  allowPrivilegeEscalation: false,
  runAsNonRoot: true,
  runAsUser: 65534,
  capabilitiesAdd: [],
  capabilitiesDrop: ['ALL'],
  seccompProfile: { type: 'RuntimeDefault' },
};

const container = (securityContext: SecurityContext): Container => ({
  list: 'containers',
  index: 0,
  name: 'main',
  image: '',
  securityContext,
  volumeMounts: [],
  secretReferences: [],
  envNames: [],
  ports: [],
});

const PLAIN: PodSpec = {
  serviceAccountName: 'default',
  hostNetwork: false,
  hostPID: false,
  hostIPC: false,
  shareProcessNamespace: false,
  containers: [container(HARDENED)],
  volumes: [],
  imagePullSecrets: [],
  nodeSelector: new Map(),
  tolerations: [],
};

const PRIVILEGED: SecurityContext = { privileged: true, capabilitiesAdd: [], capabilitiesDrop: [] };
const ROOT_OF_NODE = { index: 0, name: 'node', hostPath: '/', projectedSecrets: [], tokens: [], source: 'hostPath' };

/** The pods as Pod Security would see them; the plain one keeps every control, as nothing that it needs breaks one. */
export const NEEDED_PODS: Readonly<Record<NeededPod, { readonly spec: PodSpec }>> = {
  privileged: { spec: { ...PLAIN, containers: [container(PRIVILEGED)] } },
  'host-path': { spec: { ...PLAIN, volumes: [ROOT_OF_NODE] } },
  'host-pid': { spec: { ...PLAIN, hostPID: true } },
  plain: { spec: PLAIN },
};
