import type { Gateway, Ingress, Service } from '../exposure.ts';
import type { Node, Pod, PodSpec, Secret, ServiceAccount, Workload } from '../kubernetes.ts';
import { isMadeBy } from './cascade.ts';
import { keptGateway, keptIngress, keptService } from './kept-exposure.ts';
import type { ListName } from './kept-kinds.ts';
import type { KeptObjects, KeptRecord } from './kept-objects.ts';
import { admittedSpec, RollOut } from './roll-out.ts';

const accountsIn = (objects: KeptObjects, namespace: string): ((name: string) => ServiceAccount | undefined) => {
  return (name) => objects.find({ kind: 'ServiceAccount', namespace, name })?.record as ServiceAccount | undefined;
};

const pods = (number: number): string => `${number} ${number === 1 ? 'pod is' : 'pods are'} taken as made anew`;

/** Passes a template that has changed on to the pods and to the controllers between. */
function rollOut(objects: KeptObjects, base: Workload, next: Workload): readonly string[] {
  const isMade = isMadeBy(objects, next);
  if (next.uid === undefined) {
    // What nobody has admitted has no pods but those that it is expected to make; they are worked out anew.
    objects.removeAll('pods', (pod) => pod.template !== undefined && isMade(pod));
    return [];
  }
  if (next.replicas === 0) {
    const gone = objects.removeAll('pods', isMade);
    return gone === 0 ? [] : [`it is scaled to 0: ${gone} of its pods are gone`];
  }
  if (!RollOut.isNeeded(base, next)) return [];
  const roll = new RollOut(base, next, accountsIn(objects, next.namespace));
  const made = objects.all('pods').filter(isMade);
  for (const pod of made) objects.set('pods', roll.podOf(pod));
  for (const between of objects.all('workloads').filter(isMade)) {
    objects.set('workloads', { ...between, template: next.template, spec: next.spec });
  }
  return made.length === 0 ? [] : [`${pods(made.length)} from the changed template`];
}

/** Pods of an account whose automount flag has changed, as they are once somebody has restarted them. */
export function restartPodsOf(objects: KeptObjects, account: ServiceAccount): readonly string[] {
  const templates = new Map<PodSpec, PodSpec>();
  let restarted = 0;
  for (const pod of objects.all('pods')) {
    if (pod.namespace !== account.namespace || pod.spec.serviceAccountName !== account.name) continue;
    if (pod.uid === undefined || pod.spec.automountServiceAccountToken !== undefined) continue;
    // The volume that admission adds is told by its name alone: a template has no such name.
    const spec = templates.get(pod.spec) ?? admittedSpec(pod.spec, { ...pod.spec, volumes: [] }, account);
    templates.set(pod.spec, spec);
    objects.set('pods', { ...pod, spec });
    restarted += 1;
  }
  return restarted === 0 ? [] : [`${pods(restarted)}: those that run keep their token until then`];
}

/** What a manifest does not say of an object that is there: what the API server and controllers write stays. */
function keptFrom(base: KeptRecord, next: KeptRecord, list: ListName): KeptRecord {
  const { uid } = base;
  const whole: KeptRecord = { ...next, ...(uid === undefined ? {} : { uid }) };
  if (list === 'pods') {
    return { ...said(base as Pod, 'nodeName', 'phase', 'podIP', 'owner', 'creationTimestamp'), ...whole };
  }
  if (list === 'serviceAccounts') {
    const [account, own] = [base as ServiceAccount, (next as ServiceAccount).secrets];
    return { ...said(account, 'creationTimestamp'), ...whole, ...{ secrets: own.length === 0 ? account.secrets : own } };
  }
  if (list === 'nodes') return { ...said(base as Node, ...NODE_FIELDS), ...whole };
  if (list === 'secrets') return { ...whole, ...keysOf(base as Secret, next as Secret) };
  if (list === 'services') return keptService(base as Service, whole as Service);
  if (list === 'ingresses') return keptIngress(base as Ingress, whole as Ingress);
  if (list === 'gateways') return keptGateway(base as Gateway, whole as Gateway);
  return list === 'workloads' ? { ...said(base as Workload, 'owner'), ...whole } : whole;
}

/** Those of a record's fields that say something. */
function said<Entry, Field extends keyof Entry>(record: Entry, ...fields: readonly Field[]): object {
  return Object.fromEntries(fields.flatMap((field) => (record[field] === undefined ? [] : [[field, record[field]]])));
}

/** What the kubelet and the cloud's controller write. */
const NODE_FIELDS = [
  'addresses',
  'kubeletVersion',
  'kernelVersion',
  'osImage',
  'operatingSystem',
  'containerRuntimeVersion',
  'providerID',
] as const satisfies readonly (keyof Node)[];

/** The token controller fills in the keys of a token's Secret. */
const keysOf = (base: Secret, next: Secret): object => ((next.keys?.length ?? 0) === 0 ? said(base, 'keys') : {});

/** Puts a record into the place of the one that is there, passes it on to what follows it, and says what that was. `whole`: it says all, as after a patch. */
export function replace(
  objects: KeptObjects,
  { list, base, next }: { readonly list: ListName; readonly base: KeptRecord | undefined; readonly next: KeptRecord },
  whole = false,
): readonly string[] {
  const record = base === undefined || whole ? next : keptFrom(base, next, list);
  objects.set(list, record as never);
  if (base === undefined) return [];
  if (list === 'workloads') return rollOut(objects, base as Workload, record as Workload);
  if (list !== 'serviceAccounts') return [];
  const [before, after] = [base as ServiceAccount, record as ServiceAccount];
  return (before.automountServiceAccountToken ?? true) === (after.automountServiceAccountToken ?? true)
    ? []
    : restartPodsOf(objects, after);
}

/**
 * A controller of an add-on, told as the pod that it would make: its template goes to the pods that it has, through the controllers between, or where it
 * has none the pod stands for it.
 */
export function replaceStandIn(objects: KeptObjects, pod: Pod): readonly string[] {
  const { owner, namespace, spec, labels, annotations } = pod;
  const isMade = isMadeBy(objects, { kind: owner?.kind ?? '', namespace, name: owner?.name ?? '' });
  const template = { labels, annotations };
  const running = objects.all('pods').filter((one) => one.template === undefined && isMade(one));
  if (running.length === 0) {
    objects.set('pods', pod);
    return [];
  }
  const between = objects.all('workloads').filter(isMade);
  for (const base of between) rollOut(objects, base, { ...base, template, spec });
  for (const base of between) objects.set('workloads', { ...base, template, spec });
  if (between.length > 0) return [`${pods(running.length)} from the changed template`];
  const account = accountsIn(objects, namespace)(spec.serviceAccountName);
  const admitted = admittedSpec(spec, spec, account);
  for (const one of running) objects.set('pods', { ...one, labels, annotations, spec: admitted });
  return [`${pods(running.length)} from the manifest; what admission had added to them is not known`];
}

/**
 * Changes the spec of a controller's pods and, where it was read, of the controller: of both in the same way, so that what admission added to the
 * pods stays. False: there is neither.
 */
export function changeTemplate(
  objects: KeptObjects,
  {
    namespace,
    name,
    isKind,
    workload,
  }: {
    readonly namespace: string;
    readonly name: string;
    readonly isKind: (kind: string) => boolean;
    readonly workload: Workload | undefined;
  },
  change: (spec: PodSpec) => PodSpec,
): boolean {
  const kind =
    workload?.kind ??
    objects.all('pods').find((pod) => pod.namespace === namespace && pod.owner?.name === name && isKind(pod.owner.kind))?.owner?.kind;
  if (kind === undefined) return false;
  const isMade = isMadeBy(objects, { kind, namespace, name });
  const changed = new Map<PodSpec, PodSpec>();
  const specOf = (spec: PodSpec): PodSpec => {
    const known = changed.get(spec) ?? change(spec);
    changed.set(spec, known);
    return known;
  };
  for (const pod of objects.all('pods').filter(isMade)) objects.set('pods', { ...pod, spec: specOf(pod.spec) });
  for (const between of objects.all('workloads').filter(isMade)) objects.set('workloads', { ...between, spec: specOf(between.spec) });
  if (workload !== undefined) objects.set('workloads', { ...workload, spec: specOf(workload.spec) });
  return true;
}
