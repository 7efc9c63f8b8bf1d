import type { DecideEscapes } from '../../access/pod/node-escape.ts';
import { hasAddedCapability, isPrivileged, runningContainers } from '../../access/pod/security-context.ts';
import type { Pod, PodSpec, Workload } from '../../inventory/kubernetes.ts';
import { allOf, anyOf, type Closing, isMet } from '../closing.ts';
import type { Facts } from '../facts/facts.ts';
import { traitsOf } from '../facts/node-traits.ts';
import type { Fix } from '../model.ts';
import { templateChange } from './template-change.ts';
import { patchCommand, type TemplateField } from './template-patch.ts';

/** Fields of a template that open the node: one edit of a field closes every escape that rests on it, whichever technique tells it. */
const FIELDS: readonly { readonly field: TemplateField; readonly isIn: (pointer: string) => boolean; readonly says: string }[] = [
  { field: 'privileged', isIn: (pointer) => pointer.endsWith('/privileged'), says: 'set `privileged: false`' },
  { field: 'hostProcess', isIn: (pointer) => pointer.endsWith('/hostProcess'), says: 'set `windowsOptions.hostProcess: false`' },
  {
    field: 'capabilities',
    isIn: (pointer) => pointer.endsWith('/capabilities/add'),
    says: 'take the capabilities that open the node out of `securityContext.capabilities.add`',
  },
  { field: 'hostPID', isIn: (pointer) => pointer === '/spec/hostPID', says: 'set `hostPID: false`' },
  { field: 'hostIPC', isIn: (pointer) => pointer === '/spec/hostIPC', says: 'set `hostIPC: false`' },
  { field: 'hostNetwork', isIn: (pointer) => pointer === '/spec/hostNetwork', says: 'set `hostNetwork: false`' },
  {
    field: 'hostPath',
    isIn: (pointer) => pointer.startsWith('/spec/volumes/'),
    says: 'take the hostPath volumes that open the node out',
  },
];

/** Capabilities that a privileged container has anyway, and that count again once it is privileged no more. */
const HIDDEN = ['SYS_MODULE', 'SYS_ADMIN', 'DAC_READ_SEARCH', 'SYS_PTRACE'];

const hidesCapabilities = (spec: PodSpec): boolean =>
  runningContainers(spec).some((container) => isPrivileged(container) && HIDDEN.some((name) => hasAddedCapability(container, name)));

const keyOf = (field: string, template: string): string => `${field}: ${template}`;

/** What closes the escapes of a pod: for each way out, the field of its template that it rests on, or one of the two. */
export function closingOfEscapes(facts: Facts, from: number, decide: DecideEscapes): Closing {
  const place = facts.pods.placeOf.get(from) as number;
  const { spec } = facts.pods.pods[place] as Pod;
  const [template = ''] = templateChange(facts, from);
  const of = (pointer: string): Closing => {
    const { field } = FIELDS.find(({ isIn }) => isIn(pointer)) ?? {};
    if (field === undefined) throw new Error(`no field of a template at ${pointer}`);
    const change = { change: keyOf(field, template) };
    return field === 'privileged' && hidesCapabilities(spec) ? allOf([change, { change: keyOf('capabilities', template) }]) : change;
  };
  const ways = decide(spec, traitsOf(facts)(facts.pods.scheduledOn[place] as number));
  return allOf(ways.map(({ pointer, alongWith }) => anyOf([pointer, ...(alongWith === undefined ? [] : [alongWith.pointer])].map(of))));
}

/** Fields each of which closes all of them. */
export function changesOfEscapes(facts: Facts, from: number, decide: DecideEscapes): readonly string[] {
  const closing = closingOfEscapes(facts, from, decide);
  const [template = ''] = templateChange(facts, from);
  return FIELDS.map(({ field }) => keyOf(field, template)).filter((key) => isMet(closing, (made) => made === key));
}

/** How to change this field of the template of the pod that escapes by it. */
export function fixOfField(
  facts: Facts,
  { from, decide, field }: { readonly from: number; readonly decide: DecideEscapes; readonly field: TemplateField },
): Fix {
  const [template = ''] = templateChange(facts, from);
  return fixOfEscapes(facts, { from, decide, change: keyOf(field, template) }) as Fix;
}

/** How to change one field of the template, as a command where the workload's own template is known. */
export function fixOfEscapes(
  facts: Facts,
  { from, decide, change }: { readonly from: number; readonly decide: DecideEscapes; readonly change: string },
): Fix | undefined {
  const [template = ''] = templateChange(facts, from);
  const found = FIELDS.find(({ field }) => keyOf(field, template) === change);
  if (found === undefined) return undefined;
  const place = facts.pods.placeOf.get(from) as number;
  const number = facts.workloadOf[place] as number;
  const workload = number < 0 ? undefined : (facts.nodes.records[number] as Workload | undefined);
  const owner = workload ?? (facts.pods.pods[place] as Pod).owner;
  const node = traitsOf(facts)(facts.pods.scheduledOn[place] as number);
  const pointers = workload === undefined ? [] : decide(workload.spec, node).flatMap((way) => [way.pointer, way.alongWith?.pointer ?? '']);
  const command = workload === undefined ? undefined : patchCommand(workload, found.field, pointers.filter(found.isIn));
  return {
    says: `${found.says} in the template of ${owner === undefined ? 'the pod' : `${owner.kind} ${owner.name}`}`,
    ...(command === undefined ? {} : { command }),
    sideEffect: 'its pods are made anew, and lose what they used this access for',
  };
}
