import type { JsonObject } from './json.ts';
import { emptyDir, hostPath, secretVolume } from './volumes.ts';
import type { WorkloadPlan } from './workload.ts';

const EKS = '602401143452.dkr.ecr.eu-central-1.amazonaws.com/eks';
const EVERYWHERE: JsonObject = { priorityClassName: 'system-node-critical', securityContext: {}, tolerations: [{ operator: 'Exists' }] };
const PRIVILEGED: JsonObject = { privileged: true };
const READ_ONLY_ROOT: JsonObject = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true };

const SYSTEM = { namespace: 'kube-system', pool: 'general', replicas: 2 } as const;

/** Add-ons that run on every node, with the privileges that they ask for upstream. */
const DAEMONS: readonly WorkloadPlan[] = [
  {
    ...SYSTEM,
    kind: 'DaemonSet',
    name: 'aws-node',
    serviceAccount: 'aws-node',
    initContainers: [
      {
        name: 'aws-vpc-cni-init',
        image: `${EKS}/amazon-k8s-cni-init:v1.20.4-eksbuild.2`,
        securityContext: PRIVILEGED,
        mounts: { 'cni-bin-dir': '/host/opt/cni/bin' },
      },
    ],
    containers: [
      {
        name: 'aws-node',
        image: `${EKS}/amazon-k8s-cni:v1.20.4-eksbuild.2`,
        securityContext: { capabilities: { add: ['NET_ADMIN', 'NET_RAW'] } },
        mounts: { 'cni-bin-dir': '/host/opt/cni/bin', 'cni-net-dir': '/host/etc/cni/net.d', 'run-dir': '/var/run/aws-node' },
      },
      {
        name: 'aws-eks-nodeagent',
        image: `${EKS}/aws-network-policy-agent:v1.2.7-eksbuild.1`,
        securityContext: { capabilities: { add: ['NET_ADMIN'] }, ...PRIVILEGED },
        mounts: { 'cni-bin-dir': '/host/opt/cni/bin', 'bpf-pin-path': '/sys/fs/bpf' },
      },
    ],
    volumes: [
      hostPath('cni-bin-dir', '/opt/cni/bin'),
      hostPath('cni-net-dir', '/etc/cni/net.d'),
      hostPath('bpf-pin-path', '/sys/fs/bpf'),
      hostPath('run-dir', '/var/run/aws-node', 'DirectoryOrCreate'),
    ],
    spec: { ...EVERYWHERE, hostNetwork: true },
  },
  {
    ...SYSTEM,
    kind: 'DaemonSet',
    name: 'kube-proxy',
    serviceAccount: 'kube-proxy',
    containers: [
      {
        name: 'kube-proxy',
        image: `${EKS}/kube-proxy:v1.34.1-minimal-eksbuild.2`,
        securityContext: PRIVILEGED,
        mounts: { 'xtables-lock': '/run/xtables.lock', 'lib-modules': 'ro:/lib/modules' },
      },
    ],
    volumes: [hostPath('xtables-lock', '/run/xtables.lock', 'FileOrCreate'), hostPath('lib-modules', '/lib/modules')],
    spec: { ...EVERYWHERE, hostNetwork: true },
  },
  {
    ...SYSTEM,
    kind: 'DaemonSet',
    name: 'ebs-csi-node',
    serviceAccount: 'ebs-csi-node-sa',
    partOf: 'aws-ebs-csi-driver',
    containers: [
      {
        name: 'ebs-plugin',
        image: `${EKS}/aws-ebs-csi-driver:v1.53.0`,
        securityContext: PRIVILEGED,
        mounts: { 'kubelet-dir': '/var/lib/kubelet', 'plugin-dir': '/csi', 'device-dir': '/dev' },
      },
      {
        name: 'node-driver-registrar',
        image: `${EKS}/csi-node-driver-registrar:v2.15.0`,
        securityContext: READ_ONLY_ROOT,
        mounts: { 'plugin-dir': '/csi' },
      },
    ],
    volumes: [
      hostPath('kubelet-dir', '/var/lib/kubelet', 'Directory'),
      hostPath('plugin-dir', '/var/lib/kubelet/plugins/ebs.csi.aws.com/', 'DirectoryOrCreate'),
      hostPath('device-dir', '/dev', 'Directory'),
    ],
    spec: EVERYWHERE,
  },
  {
    ...SYSTEM,
    kind: 'DaemonSet',
    name: 'eks-pod-identity-agent',
    automount: false,
    containers: [
      {
        name: 'eks-pod-identity-agent',
        image: `${EKS}/eks-pod-identity-agent:v0.1.34`,
        args: ['server', '--port', '80', '--cluster-name', 'fernwood-prod', '--probe-port', '2703'],
        securityContext: { allowPrivilegeEscalation: false, capabilities: { add: ['CAP_NET_BIND_SERVICE'], drop: ['ALL'] } },
      },
    ],
    spec: { ...EVERYWHERE, hostNetwork: true },
  },
];

const CONTROLLERS: readonly WorkloadPlan[] = [
  {
    ...SYSTEM,
    kind: 'Deployment',
    name: 'coredns',
    serviceAccount: 'coredns',
    containers: [
      {
        name: 'coredns',
        image: `${EKS}/coredns:v1.12.4-eksbuild.1`,
        args: ['-conf', '/etc/coredns/Corefile'],
        securityContext: { ...READ_ONLY_ROOT, capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] } },
      },
    ],
  },
  {
    ...SYSTEM,
    kind: 'Deployment',
    name: 'metrics-server',
    serviceAccount: 'metrics-server',
    replicas: 1,
    containers: [
      {
        name: 'metrics-server',
        image: 'registry.k8s.io/metrics-server/metrics-server:v0.8.0',
        port: 10_250,
        mounts: { 'tmp-dir': '/tmp' },
      },
    ],
    volumes: [emptyDir('tmp-dir')],
  },
  {
    ...SYSTEM,
    kind: 'Deployment',
    name: 'ebs-csi-controller',
    serviceAccount: 'ebs-csi-controller-sa',
    partOf: 'aws-ebs-csi-driver',
    containers: [
      { name: 'ebs-plugin', image: `${EKS}/aws-ebs-csi-driver:v1.53.0`, mounts: { 'socket-dir': '/csi' } },
      { name: 'csi-provisioner', image: `${EKS}/csi-provisioner:v5.3.0`, mounts: { 'socket-dir': '/csi' } },
    ],
    volumes: [emptyDir('socket-dir')],
  },
  {
    ...SYSTEM,
    kind: 'Deployment',
    name: 'aws-load-balancer-controller',
    serviceAccount: 'aws-load-balancer-controller',
    containers: [
      {
        name: 'aws-load-balancer-controller',
        image: 'public.ecr.aws/eks/aws-load-balancer-controller:v2.14.1',
        args: ['--cluster-name=fernwood-prod', '--ingress-class=alb'],
        mounts: { cert: 'ro:/tmp/k8s-webhook-server/serving-certs' },
      },
    ],
    volumes: [secretVolume('cert', 'aws-load-balancer-tls')],
  },
  {
    ...SYSTEM,
    kind: 'Deployment',
    name: 'cluster-autoscaler',
    serviceAccount: 'cluster-autoscaler',
    replicas: 1,
    containers: [
      {
        name: 'cluster-autoscaler',
        image: 'registry.k8s.io/autoscaling/cluster-autoscaler:v1.34.1',
        args: ['--cloud-provider=aws', '--node-group-auto-discovery=asg:tag=k8s.io/cluster-autoscaler/fernwood-prod'],
      },
    ],
  },
];

/** Every workload of kube-system. */
export const SYSTEM_WORKLOADS: readonly WorkloadPlan[] = [...DAEMONS, ...CONTROLLERS];
