type Json = Record<string, unknown>;

/** A CustomResourceDefinition: `crd('workflows.argoproj.io', 'Workflow')`. */
export function crd(name: string, kind: string): Json {
  const dot = name.indexOf('.');
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name },
    spec: { group: name.slice(dot + 1), names: { plural: name.slice(0, dot), kind }, scope: 'Namespaced', versions: [] },
  };
}

/** An APIService, answered by a Service (`a/metrics`) or by the API server itself. */
export function apiService(name: string, service?: string): Json {
  const dot = name.indexOf('.');
  const [namespace, serviceName] = service?.split('/') ?? [];
  return {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name },
    spec: {
      version: name.slice(0, dot),
      group: name.slice(dot + 1),
      ...(service === undefined ? {} : { service: { namespace, name: serviceName } }),
    },
  };
}

/** A Service: `service('a/web', { type: 'LoadBalancer' })`; with a selector unless told otherwise. */
export function service(path: string, spec: Json = {}): Json {
  const [namespace, name] = path.split('/');
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace, name },
    spec: { type: 'ClusterIP', selector: { app: name }, ports: [{ port: 80, protocol: 'TCP' }], ...spec },
  };
}

/** A ValidatingAdmissionPolicy or MutatingAdmissionPolicy that is asked about pods. */
export function admissionPolicy(kind: string, name: string): Json {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind,
    metadata: { name },
    spec: {
      matchConstraints: { resourceRules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }] },
    },
  };
}

/** The binding of an admission policy; Validating ones deny. */
export function admissionPolicyBinding(kind: string, name: string, policyName: string): Json {
  const validating = kind.startsWith('Validating');
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind,
    metadata: { name },
    spec: { policyName, ...(validating ? { validationActions: ['Deny'] } : {}) },
  };
}

/** A webhook that is asked about pods. */
export function podWebhook(name: string): Json {
  return {
    name,
    clientConfig: { service: { namespace: 'guard', name: 'guard' } },
    rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
    failurePolicy: 'Fail',
  };
}
