import { hasAddedCapability, isPrivileged, runningContainers } from '../../access/pod/security-context.ts';
import type { Pod, PodSpec } from '../../inventory/kubernetes.ts';
import { allOf, anyOf, type Closing, isMet } from '../closing.ts';
import type { Facts } from '../facts/facts.ts';
import type { Fix } from '../model.ts';
import type { Decide } from './escape.ts';
import { templateChange } from './template-change.ts';

/** Fields of a template that open the node: one edit of a field closes every escape that rests on it, whichever technique tells it. */
const FIELDS = [
  { field: 'privileged', isIn: (pointer: string) => pointer.endsWith('/privileged'), says: 'set `privileged: false`' },
  { field: 'hostProcess', isIn: (pointer: string) => pointer.endsWith('/hostProcess'), says: 'set `windowsOptions.hostProcess: false`' },
  {
    field: 'capabilities',
    isIn: (pointer: string) => pointer.endsWith('/capabilities/add'),
    says: 'take the capabilities that open the node out of `securityContext.capabilities.add`',
  },
  { field: 'hostPID', isIn: (pointer: string) => pointer === '/spec/hostPID', says: 'set `hostPID: false`' },
  {
    field: 'hostPath',
    isIn: (pointer: string) => pointer.startsWith('/spec/volumes/'),
    says: 'take the hostPath volumes that open the node out',
  },
] as const;

/** Capabilities that a privileged container has anyway, and that count again once it is privileged no more. */
const HIDDEN = ['SYS_MODULE', 'SYS_ADMIN', 'DAC_READ_SEARCH', 'SYS_PTRACE'];

const hidesCapabilities = (spec: PodSpec): boolean =>
  runningContainers(spec).some((container) => isPrivileged(container) && HIDDEN.some((name) => hasAddedCapability(container, name)));

const keyOf = (field: string, template: string): string => `${field}: ${template}`;

/** What closes the escapes of a pod: for each way out, the field of its template that it rests on, or one of the two. */
export function closingOfEscapes(facts: Facts, from: number, decide: Decide): Closing {
  const { spec } = facts.pods.pods[facts.pods.placeOf.get(from) as number] as Pod;
  const [template = ''] = templateChange(facts, from);
  const of = (pointer: string): Closing => {
    const { field } = FIELDS.find(({ isIn }) => isIn(pointer)) ?? {};
    if (field === undefined) throw new Error(`no field of a template at ${pointer}`);
    const change = { change: keyOf(field, template) };
    return field === 'privileged' && hidesCapabilities(spec) ? allOf([change, { change: keyOf('capabilities', template) }]) : change;
  };
  return allOf(
    decide(spec).map(({ pointer, alongWith }) => anyOf([pointer, ...(alongWith === undefined ? [] : [alongWith.pointer])].map(of))),
  );
}

/** Fields each of which closes all of them. */
export function changesOfEscapes(facts: Facts, from: number, decide: Decide): readonly string[] {
  const closing = closingOfEscapes(facts, from, decide);
  const [template = ''] = templateChange(facts, from);
  return FIELDS.map(({ field }) => keyOf(field, template)).filter((key) => isMet(closing, (made) => made === key));
}

/** How to change one field of the template. */
export function fixOfEscapes(facts: Facts, from: number, change: string): Fix | undefined {
  const [template = ''] = templateChange(facts, from);
  const found = FIELDS.find(({ field }) => keyOf(field, template) === change);
  if (found === undefined) return undefined;
  const pod = facts.pods.pods[facts.pods.placeOf.get(from) as number] as Pod;
  const owner = pod.owner === undefined ? 'the pod' : `${pod.owner.kind} ${pod.owner.name}`;
  return {
    says: `${found.says} in the template of ${owner}`,
    sideEffect: 'its pods are made anew, and lose what they used this access for',
  };
}
