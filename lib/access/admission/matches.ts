import type { AdmissionRule } from '../../inventory/admission.ts';
import type { LabelSelector, StringMap } from '../../inventory/kubernetes.ts';
import { selects } from '../network/selects.ts';

/** A request as admission sees it. */
export interface AdmissionRequest {
  readonly operation: 'CREATE' | 'UPDATE';
  readonly apiGroup: string;
  readonly resource: string;
  readonly subresource?: string;
  /** Whether the object lies in no namespace; a namespace lies in none. */
  readonly clusterScoped?: true;
  /** Whether the object's labels are the caller's to write: a selector on them then never holds the caller up. */
  readonly ownLabels: boolean;
  /** Labels of the object before and after, where they are known: a selector that takes neither is not asked. */
  readonly objectLabels?: readonly StringMap[];
}

/** What a webhook or a policy is asked about; empty lists: everything, as in a binding that adds nothing. */
export interface AdmissionScope {
  readonly operations: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  /** Each rule for itself; undefined: the lists above are one. */
  readonly rules?: readonly AdmissionRule[];
  /** Rules that take out what the others take in. */
  readonly excluded?: readonly AdmissionRule[];
  readonly namespaceSelector?: LabelSelector;
  readonly objectSelector?: LabelSelector;
}

const isIn = (items: readonly string[], asked: string): boolean => items.length === 0 || items.includes('*') || items.includes(asked);

/** `*` covers no subresource, `pods/*` covers pods and its subresources, as the API server splits them at the first slash. */
function coversResource(resources: readonly string[], { resource, subresource = '' }: AdmissionRequest): boolean {
  if (resources.length === 0) return true;
  return resources.some((one) => {
    const slash = one.indexOf('/');
    const [name, sub] = slash === -1 ? [one, ''] : [one.slice(0, slash), one.slice(slash + 1)];
    return (name === '*' || name === resource) && (sub === '*' || sub === subresource);
  });
}

/** A scope that is none of the API's means nothing. */
const isInScope = ({ scope }: AdmissionRule, { clusterScoped }: AdmissionRequest): boolean =>
  scope === undefined || scope === (clusterScoped === true ? 'Cluster' : 'Namespaced');

/** Whether a rule is about a request, whatever names it names. */
const isAbout = (rule: AdmissionRule, request: AdmissionRequest): boolean =>
  isIn(rule.operations, request.operation) &&
  isIn(rule.apiGroups, request.apiGroup) &&
  coversResource(rule.resources, request) &&
  isInScope(rule, request);

/** Who makes an object gives it its name, past rules that name others and to where rules that except a name do. */
function coversRequest({ rules, excluded = [], ...together }: AdmissionScope, request: AdmissionRequest): boolean {
  const isTaken = (rule: AdmissionRule): boolean => isAbout(rule, request) && (rule.resourceNames === undefined || !request.ownLabels);
  const isLeftOut = (rule: AdmissionRule): boolean => isAbout(rule, request) && (rule.resourceNames === undefined || request.ownLabels);
  return (rules ?? [together]).some(isTaken) && !excluded.some(isLeftOut);
}

const isEmpty = (selector: LabelSelector): boolean => selector.matchLabels.size === 0 && selector.matchExpressions.length === 0;

/** The labels of a namespace as selectors see them: its name is always among them. Source: pkg/apis/core/v1/defaults.go `SetDefaults_Namespace`. */
export function namespaceLabels(name: string, labels: StringMap): StringMap {
  return labels.has('kubernetes.io/metadata.name') ? labels : new Map([...labels, ['kubernetes.io/metadata.name', name]]);
}

/**
 * Whether a webhook or policy is asked about a request in a namespace with these labels; undefined: the labels are not known, and it may be.
 * A selector of objects that is not empty is one that whoever writes the object's labels can fail. Source: k8s.io/apiserver
 * pkg/admission/plugin/webhook/predicates/{rules,namespace,object}.
 */
export function isAsked(scope: AdmissionScope, request: AdmissionRequest, labels: StringMap | undefined): boolean {
  const { namespaceSelector, objectSelector } = scope;
  if (!coversRequest(scope, request)) return false;
  if (objectSelector !== undefined && !isEmpty(objectSelector)) {
    if (request.ownLabels) return false;
    if (request.objectLabels?.some((one) => selects(objectSelector, one)) === false) return false;
  }
  return namespaceSelector === undefined || labels === undefined || selects(namespaceSelector, labels);
}
