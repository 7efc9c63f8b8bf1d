import type * as z from 'zod';
import { isObject, type RawObject } from '../field-reader.ts';
import type { GcpOrigin } from './gcp-origin.ts';
import { asksForPolicy, policyResource } from './gcp-policy-resource.ts';
import { bindingsOf, clusterOf, denyPolicyOf, projectOf, providerOf, roleOf, serviceAccountOf } from './gcp-records.ts';
import {
  bucketShape,
  clusterShape,
  denyPolicyShape,
  folderShape,
  policyShape,
  projectShape,
  providerShape,
  roleShape,
  serviceAccountShape,
} from './gcp-shapes.ts';
import type { GcpSink } from './gcp-sink.ts';

/** One kind of object: how it is told apart, what it looks like, and what it says. */
export interface GcpReader<Shape extends z.ZodType = z.ZodType> {
  readonly what: string;
  /** Whether the object is one, judged by what only Google's has; the path decides where the content is everybody's. */
  is(answer: RawObject, origin: GcpOrigin): boolean;
  readonly shape: Shape;
  read(answer: z.output<Shape>, origin: GcpOrigin, sink: GcpSink): void;
}

const define = <Shape extends z.ZodType>(reader: GcpReader<Shape>): GcpReader => reader as unknown as GcpReader;

const text = (answer: RawObject, key: string): string => (typeof answer[key] === 'string' ? answer[key] : '');
/** Of a text that somebody chose only the beginning is looked at: names and links are shorter, and no pattern has much to go back over. */
const begins = (answer: RawObject, key: string, pattern: RegExp): boolean => pattern.test(text(answer, key).slice(0, 600));
const named = (answer: RawObject, pattern: RegExp): boolean => begins(answer, 'name', pattern);

/** Where a policy stands alone, its keys are all that tells it: every allow policy has an etag. */
function isPolicy(answer: RawObject, { method }: GcpOrigin): boolean {
  if (method !== undefined && asksForPolicy(method) && answer.error === undefined && answer.policy === undefined) return true;
  if (text(answer, 'kind') === 'storage#policy') return true;
  if (answer.apiVersion !== undefined || !Array.isArray(answer.bindings) || typeof answer.etag !== 'string') return false;
  return answer.bindings.every((binding) => isObject(binding) && typeof binding.role === 'string');
}

const PROJECT_STATES = /^(?:ACTIVE|DELETE_REQUESTED|DELETE_IN_PROGRESS|LIFECYCLE_STATE_UNSPECIFIED|STATE_UNSPECIFIED)$/;

export const GCP_READERS: readonly GcpReader[] = [
  define({
    what: 'allow policy',
    is: isPolicy,
    shape: policyShape,
    read(answer, origin, sink) {
      const resource = policyResource(answer, origin);
      if (resource !== undefined) return sink.policy({ resource, bindings: bindingsOf(answer) }, origin.file);
      return sink.gap({
        source: 'gcp',
        what: 'an allow policy of an unknown resource',
        why: 'neither the answer nor its path says what the policy hangs on',
        remedy: 'name the file METHOD/RESOURCE.json, for example `gcloud-projects-get-iam-policy/PROJECT.json`',
        file: origin.file,
      });
    },
  }),
  define({
    what: 'service account',
    is: (answer) => /^[^@\s]{1,100}@[a-z0-9.-]{1,200}\.gserviceaccount\.com$/.test(text(answer, 'email')) && answer.uniqueId !== undefined,
    shape: serviceAccountShape,
    read(answer, { method }, sink) {
      const account = serviceAccountOf(answer);
      sink.serviceAccount(account);
      if (method === 'gcloud-iam-service-accounts-list') sink.serviceAccountsListed(account.project);
    },
  }),
  define({
    what: 'role',
    is: (answer) =>
      named(answer, /^(?:roles|(?:projects|organizations)\/[^/]+\/roles)\/[A-Za-z0-9_.]+$/) &&
      (answer.title !== undefined || answer.includedPermissions !== undefined || answer.stage !== undefined || answer.etag !== undefined),
    shape: roleShape,
    read: (answer, _origin, sink) => sink.role(roleOf(answer)),
  }),
  define({
    what: 'project',
    is: (answer) =>
      typeof answer.projectId === 'string' &&
      answer.email === undefined &&
      (named(answer, /^projects\/\d+$/) || answer.projectNumber !== undefined) &&
      PROJECT_STATES.test(text(answer, 'state') || text(answer, 'lifecycleState')),
    shape: projectShape,
    read: (answer, _origin, sink) => sink.project(projectOf(answer)),
  }),
  define({
    what: 'folder',
    is: (answer) => named(answer, /^(?:folders|organizations)\/\d+$/),
    shape: folderShape,
    read({ name, parent }, _origin, sink) {
      sink.folder({ name, ...(parent === null || parent === undefined ? {} : { parent }) });
    },
  }),
  define({
    what: 'GKE cluster',
    is: (answer) => begins(answer, 'selfLink', /^https:\/\/[a-z0-9.-]*container[a-z0-9.-]*\.googleapis\.com\//),
    shape: clusterShape,
    read(answer, origin, sink) {
      const cluster = clusterOf(answer);
      if (cluster !== undefined) sink.cluster(cluster);
      else sink.gap(unreadable('GKE cluster', origin, '/selfLink'));
    },
  }),
  define({
    what: 'deny policy',
    is: (answer) => named(answer, /^policies\/[^/]+\/denypolicies\/[^/]+$/),
    shape: denyPolicyShape,
    read(answer, origin, sink) {
      const policy = denyPolicyOf(answer);
      if (policy === undefined) return sink.gap(unreadable('deny policy', origin, '/name'));
      sink.denyPolicy(policy);
      if (origin.method === 'gcloud-iam-policies-list') sink.denyPoliciesListed(policy.attachedTo);
    },
  }),
  define({
    what: 'workload identity pool provider',
    is: (answer) => named(answer, /^projects\/[^/]+\/locations\/global\/workloadIdentityPools\/[^/]+\/providers\/[^/]+$/),
    shape: providerShape,
    read(answer, origin, sink) {
      const provider = providerOf(answer);
      if (provider !== undefined) sink.poolProvider(provider);
      else sink.gap(unreadable('workload identity pool provider', origin, '/name'));
    },
  }),
  define({
    what: 'bucket',
    is: (answer) => text(answer, 'kind') === 'storage#bucket',
    shape: bucketShape,
    read({ name, projectNumber }, _origin, sink) {
      if (projectNumber !== null && projectNumber !== undefined) sink.bucket({ name, project: String(projectNumber) });
    },
  }),
];

function unreadable(what: string, { file }: GcpOrigin, pointer: string): Parameters<GcpSink['gap']>[0] {
  return {
    source: 'gcp',
    what: `a ${what}`,
    where: file,
    why: `malformed: \`${pointer}\` names none`,
    remedy: 'write the answer to the file again with gcloud and --format json',
    file,
    pointer,
  };
}
