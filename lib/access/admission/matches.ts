import type { AdmissionMatch, AdmissionRule } from '../../inventory/admission.ts';
import type { LabelSelector, StringMap } from '../../inventory/kubernetes.ts';
import { selects, selectsKnown } from '../network/selects.ts';

/** A request as admission sees it; reading is no such request, and what opens a connection is one whatever its verb. */
export interface AdmissionRequest {
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';
  readonly apiGroup: string;
  readonly resource: string;
  readonly subresource?: string;
  /** Name of the object, where it is known and not the caller's to choose. */
  readonly name?: string;
  /** Whether the object lies in no namespace; a namespace lies in none. */
  readonly clusterScoped?: true;
  /** Whether the object's labels are the caller's to write: a selector on them then never holds the caller up. */
  readonly ownLabels: boolean;
  /** Where the labels are the caller's to write but for what one of these has: those of templates of which he changes one. */
  readonly keptLabels?: readonly StringMap[];
  /** Labels of the object before and after, where they are known: a selector that takes neither is not asked. */
  readonly objectLabels?: readonly StringMap[];
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

/** What a connection is opened with (`PodExecOptions`) has no labels: a selector on them never takes it. Source: predicates/object/matcher.go (`matchObject`). */
const hasNoLabels = ({ operation }: AdmissionRequest): boolean => operation === 'CONNECT';

/** Who makes an object names it; what is made below an object, such as a token, has that one's name. */
const namesItself = ({ ownLabels, subresource }: AdmissionRequest): boolean => ownLabels && subresource === undefined;

/** A scope that is none of the API's means nothing. */
const isInScope = ({ scope }: AdmissionRule, { clusterScoped }: AdmissionRequest): boolean =>
  scope === undefined || scope === (clusterScoped === true ? 'Cluster' : 'Namespaced');

/** Whether a rule is about a request, whatever names it names. */
const isAbout = (rule: AdmissionRule, request: AdmissionRequest): boolean =>
  isIn(rule.operations, request.operation) &&
  isIn(rule.apiGroups, request.apiGroup) &&
  coversResource(rule.resources, request) &&
  isInScope(rule, request);

/** Whether any rule is about a request, whatever names, labels and namespaces it leaves out. */
export const mayBeAsked = ({ rules, ...together }: AdmissionMatch, request: AdmissionRequest): boolean =>
  (rules ?? [together]).some((rule) => isAbout(rule, request));

/** Who makes an object gives it its name, past rules that name others and to where rules that except a name do. */
function coversRequest({ rules, excluded = [], ...together }: AdmissionMatch, request: AdmissionRequest): boolean {
  const own = namesItself(request);
  const isNamed = ({ resourceNames: names }: AdmissionRule, otherwise: boolean): boolean =>
    names === undefined || (request.name === undefined ? otherwise : names.includes(request.name));
  const isTaken = (rule: AdmissionRule): boolean => isAbout(rule, request) && isNamed(rule, !own);
  const isLeftOut = (rule: AdmissionRule): boolean => isAbout(rule, request) && isNamed(rule, own);
  return (rules ?? [together]).some(isTaken) && !excluded.some(isLeftOut);
}

const isEmpty = (selector: LabelSelector): boolean => selector.matchLabels.size === 0 && selector.matchExpressions.length === 0;

/** The labels of a namespace as selectors see them: its name is always among them. Source: pkg/apis/core/v1/defaults.go `SetDefaults_Namespace`. */
export function namespaceLabels(name: string, labels: StringMap): StringMap {
  return labels.has('kubernetes.io/metadata.name') ? labels : new Map([...labels, ['kubernetes.io/metadata.name', name]]);
}

const CONFIGURATIONS = new Set([
  'validatingwebhookconfigurations',
  'mutatingwebhookconfigurations',
  'validatingadmissionpolicies',
  'validatingadmissionpolicybindings',
  'mutatingadmissionpolicies',
  'mutatingadmissionpolicybindings',
]);

/**
 * Whether no webhook and no policy is asked: about the objects that configure both. Each kind is exempt in every version that has it.
 * Source: k8s.io/apiserver pkg/admission/plugin/webhook/predicates/rules/rules.go (`IsExemptAdmissionConfigurationResource`; before 1.26
 * `IsWebhookConfigurationResource`).
 */
export const isExempt = ({ apiGroup, resource }: AdmissionRequest): boolean =>
  apiGroup === 'admissionregistration.k8s.io' && CONFIGURATIONS.has(resource);

/** What lies in no namespace is never left out by a selector of namespaces, but for a namespace itself. Source: predicates/namespace/matcher.go. */
const knowsNoNamespace = ({ clusterScoped, apiGroup, resource }: AdmissionRequest): boolean =>
  clusterScoped === true && !(apiGroup === '' && resource === 'namespaces');

/** Whether labels are kept that the selector takes, whatever else the caller writes. */
const isKept = (selector: LabelSelector, { keptLabels = [] }: AdmissionRequest): boolean =>
  keptLabels.length > 0 && keptLabels.every((one) => selectsKnown(selector, one) === 'yes');

/**
 * Whether a webhook or policy is asked about a request in a namespace with these labels; undefined: the labels are not known, and it may be.
 * A selector of objects that is not empty is one that whoever writes the object's labels can fail. Source: k8s.io/apiserver
 * pkg/admission/plugin/webhook/predicates/{rules,namespace,object}.
 */
export function isAsked(scope: AdmissionMatch, request: AdmissionRequest, labels: StringMap | undefined): boolean {
  const { namespaceSelector, objectSelector } = scope;
  if (isExempt(request) || !coversRequest(scope, request)) return false;
  if (objectSelector !== undefined && !isEmpty(objectSelector)) {
    if (hasNoLabels(request) || (request.ownLabels && !isKept(objectSelector, request))) return false;
    if (request.objectLabels?.some((one) => selects(objectSelector, one)) === false) return false;
  }
  return namespaceSelector === undefined || labels === undefined || knowsNoNamespace(request) || selects(namespaceSelector, labels);
}
