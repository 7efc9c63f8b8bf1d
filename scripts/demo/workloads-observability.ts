import { ownImage } from './container.ts';
import { configMapVolume, emptyDir, hostPath, secretVolume } from './volumes.ts';
import type { WorkloadPlan } from './workload.ts';

const ONE = { kind: 'Deployment', pool: 'general', replicas: 1 } as const;

/** What watches the cluster: metrics and logs. */
export const OBSERVABILITY_WORKLOADS: readonly WorkloadPlan[] = [
  {
    ...ONE,
    namespace: 'monitoring',
    name: 'prometheus-operator',
    serviceAccount: 'prometheus-operator',
    partOf: 'kube-prometheus',
    containers: [
      {
        name: 'prometheus-operator',
        image: 'quay.io/prometheus-operator/prometheus-operator:v0.87.0',
        args: ['--namespaces=monitoring'],
        port: 8080,
      },
    ],
  },
  {
    ...ONE,
    kind: 'StatefulSet',
    namespace: 'monitoring',
    name: 'prometheus-k8s',
    serviceAccount: 'prometheus-k8s',
    partOf: 'kube-prometheus',
    containers: [
      {
        name: 'prometheus',
        image: 'quay.io/prometheus/prometheus:v3.7.3',
        port: 9090,
        mounts: { config: 'ro:/etc/prometheus/config', data: '/prometheus' },
      },
    ],
    volumes: [secretVolume('config', 'prometheus-k8s-config'), emptyDir('data')],
  },
  {
    ...ONE,
    kind: 'StatefulSet',
    namespace: 'monitoring',
    name: 'alertmanager',
    serviceAccount: 'alertmanager',
    partOf: 'kube-prometheus',
    replicas: 2,
    containers: [
      {
        name: 'alertmanager',
        image: 'quay.io/prometheus/alertmanager:v0.29.0',
        port: 9093,
        mounts: { config: 'ro:/etc/alertmanager/config' },
      },
    ],
    volumes: [secretVolume('config', 'alertmanager-config')],
  },
  {
    ...ONE,
    namespace: 'monitoring',
    name: 'grafana',
    serviceAccount: 'grafana',
    partOf: 'kube-prometheus',
    containers: [
      {
        name: 'grafana',
        image: 'docker.io/grafana/grafana:12.3.0',
        port: 3000,
        secretEnv: { GF_SECURITY_ADMIN_PASSWORD: 'grafana-admin/password' },
      },
    ],
  },
  {
    ...ONE,
    namespace: 'monitoring',
    name: 'kube-state-metrics',
    serviceAccount: 'kube-state-metrics',
    partOf: 'kube-prometheus',
    containers: [{ name: 'kube-state-metrics', image: 'registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.17.0', port: 8080 }],
  },
  {
    ...ONE,
    namespace: 'monitoring',
    name: 'cloudwatch-exporter',
    serviceAccount: 'cloudwatch-exporter',
    containers: [{ name: 'exporter', image: ownImage('platform/cloudwatch-exporter', '2026.06.1'), port: 9106 }],
  },
  {
    ...ONE,
    kind: 'DaemonSet',
    namespace: 'monitoring',
    name: 'node-exporter',
    serviceAccount: 'node-exporter',
    partOf: 'kube-prometheus',
    containers: [
      {
        name: 'node-exporter',
        image: 'quay.io/prometheus/node-exporter:v1.10.2',
        args: ['--path.sysfs=/host/sys', '--path.procfs=/host/proc'],
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { add: ['SYS_TIME'], drop: ['ALL'] },
          readOnlyRootFilesystem: true,
        },
        mounts: { sys: 'ro:/host/sys', proc: 'ro:/host/proc' },
      },
    ],
    volumes: [hostPath('sys', '/sys'), hostPath('proc', '/proc')],
    spec: {
      hostNetwork: true,
      hostPID: true,
      securityContext: { runAsGroup: 65_534, runAsNonRoot: true, runAsUser: 65_534 },
      tolerations: [{ operator: 'Exists' }],
    },
  },
  {
    ...ONE,
    kind: 'DaemonSet',
    namespace: 'logging',
    name: 'log-shipper',
    serviceAccount: 'log-shipper',
    containers: [
      {
        name: 'shipper',
        image: ownImage('platform/log-shipper', '2024.02.7'),
        securityContext: { privileged: true, runAsUser: 0 },
        env: { LOKI_URL: 'http://loki.logging.svc:3100', LOKI_BASIC_AUTH: 'CANARY-ENV-logging-loki-basic-auth' },
        mounts: { host: '/host' },
      },
    ],
    volumes: [hostPath('host', '/')],
    spec: { securityContext: {}, tolerations: [{ operator: 'Exists' }] },
  },
  {
    ...ONE,
    kind: 'StatefulSet',
    namespace: 'logging',
    name: 'loki',
    serviceAccount: 'loki',
    containers: [{ name: 'loki', image: 'docker.io/grafana/loki:3.6.0', port: 3100, mounts: { config: 'ro:/etc/loki' } }],
    volumes: [configMapVolume('config', 'loki')],
  },
];
