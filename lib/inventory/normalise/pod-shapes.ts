import { isObject, type RawObject } from './field-reader.ts';

/** So many values are looked at, and so deep: a definition of a workflow nests its templates about ten levels down. */
const MOST_VALUES = 20_000;
const DEPTH = 16;

const hasImage = (value: unknown): boolean => isObject(value) && typeof value.image === 'string';

/** Fields that hold a container: Argo Workflows write one as `container` or `script`. Source: https://argo-workflows.readthedocs.io/en/latest/fields/#template */
const ONE: readonly string[] = ['container', 'script'];
/** Fields that hold several: of pods, and of Tekton's tasks. Source: https://tekton.dev/docs/pipelines/tasks/#configuring-a-task */
const SEVERAL: readonly string[] = ['containers', 'initContainers', 'steps', 'sidecars'];

const holdsContainer = (value: RawObject): boolean =>
  ONE.some((field) => hasImage(value[field])) ||
  SEVERAL.some((field) => {
    const list = value[field];
    return Array.isArray(list) && list.some(hasImage);
  });

/**
 * Kinds whose controllers make pods although no container stands in them, or only the reference to one. Sources: the API references of KubeVirt, the
 * Spark operator, Argo Workflows, Tekton, the Prometheus operator, CloudNativePG, Strimzi, ECK.
 */
const MAKERS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['kubevirt.io', new Set(['VirtualMachine', 'VirtualMachineInstance', 'VirtualMachineInstanceReplicaSet'])],
  ['pool.kubevirt.io', new Set(['VirtualMachinePool'])],
  ['sparkoperator.k8s.io', new Set(['SparkApplication', 'ScheduledSparkApplication'])],
  ['argoproj.io', new Set(['Workflow', 'CronWorkflow'])],
  ['tekton.dev', new Set(['TaskRun', 'PipelineRun'])],
  ['monitoring.coreos.com', new Set(['Prometheus', 'PrometheusAgent', 'Alertmanager', 'ThanosRuler'])],
  ['postgresql.cnpg.io', new Set(['Cluster'])],
  ['kafka.strimzi.io', new Set(['Kafka', 'KafkaNodePool', 'KafkaConnect', 'KafkaBridge'])],
  ['elasticsearch.k8s.elastic.co', new Set(['Elasticsearch'])],
  ['kibana.k8s.elastic.co', new Set(['Kibana'])],
]);

/** Objects and lists of a value, level by level, bounded. */
function* within(root: unknown): Generator<RawObject> {
  let level = [root];
  let seen = 0;
  for (let depth = 0; depth < DEPTH && level.length > 0; depth += 1) {
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue;
      seen += 1;
      if (seen > MOST_VALUES) return;
      if (isObject(value)) yield value;
      for (const inner of Object.values(value)) next.push(inner);
    }
    level = next;
  }
}

/** Whether a manifest of a kind that is not read makes pods: it is known to, or containers stand somewhere in its `spec`. Bounded in depth and size. */
export function makesPods({ spec }: RawObject, { kind, group }: { readonly kind: string; readonly group: string }): boolean {
  if (MAKERS.get(group)?.has(kind) === true) return true;
  for (const value of within(spec)) if (holdsContainer(value)) return true;
  return false;
}
