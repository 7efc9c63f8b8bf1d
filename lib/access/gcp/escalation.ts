import { decide, type GcpDecision } from './decide.ts';
import type { GcpIndex } from './gcp-index.ts';
import type { GcpIdentity } from './identity.ts';
import { both, type Judgement } from './judgement.ts';
import { type GcpResource, gcpResource } from './resource.ts';

/** A way to become a service account. */
export interface EscalationWay {
  readonly code: string;
  /** Whether it gives an access token at once, by one call of IAM Credentials. */
  readonly direct: boolean;
  /** Needed on the service account, or inherited. */
  readonly permission: string;
  /** Needed on its project as well: one whole set. */
  readonly run?: readonly (readonly string[])[];
  readonly says: string;
}

/**
 * What runs with a service account that is attached to it. Permissions that the making needs beside them (an image, a bucket for sources) are
 * part of the roles that hold these. Source: https://cloud.google.com/iam/docs/service-accounts-actas and
 * https://cloud.google.com/compute/docs/access/create-enable-service-accounts-for-instances
 */
const RUN_WAYS: readonly (readonly string[])[] = [
  ['compute.instances.create', 'compute.disks.create', 'compute.subnetworks.use'],
  ['compute.instances.setServiceAccount', 'compute.instances.start'],
  ['cloudfunctions.functions.create'],
  ['run.services.create'],
  ['run.jobs.create', 'run.jobs.run'],
  ['cloudbuild.builds.create'],
  ['dataflow.jobs.create'],
  ['dataproc.clusters.create'],
  ['composer.environments.create'],
  ['workflows.workflows.create'],
  ['cloudscheduler.jobs.create'],
  ['deploymentmanager.deployments.create'],
];

/**
 * Ways to a service account's credentials, the surest first. Source: https://cloud.google.com/iam/docs/best-practices-service-accounts and
 * https://cloud.google.com/iam/docs/service-account-permissions
 */
export const ESCALATION_WAYS: readonly EscalationWay[] = [
  { code: 'access-token', direct: true, permission: 'iam.serviceAccounts.getAccessToken', says: 'mints access tokens of it' },
  {
    code: 'sign-jwt',
    direct: true,
    permission: 'iam.serviceAccounts.signJwt',
    says: 'has a JWT signed as it, which Google exchanges for an access token',
  },
  {
    code: 'sign-blob',
    direct: true,
    permission: 'iam.serviceAccounts.signBlob',
    says: 'has a JWT of its own signed as it, which Google exchanges for an access token',
  },
  { code: 'create-key', direct: false, permission: 'iam.serviceAccountKeys.create', says: 'makes a key of it' },
  {
    code: 'set-iam-policy',
    direct: false,
    permission: 'iam.serviceAccounts.setIamPolicy',
    says: 'grants itself the token creator role on it',
  },
  {
    code: 'act-as',
    direct: false,
    permission: 'iam.serviceAccounts.actAs',
    run: RUN_WAYS,
    says: 'starts something that runs as it and takes its token from there',
  },
];

export interface FoundEscalation {
  readonly way: EscalationWay;
  readonly allowed: Judgement;
  readonly decision: GcpDecision;
  /** The set of permissions that runs something, where the way needs one. */
  readonly run?: readonly string[];
  readonly runDecision?: GcpDecision;
}

/** The way, asked of one identity and one account or project; undefined: it is closed. */
export function escalates(
  index: GcpIndex,
  way: EscalationWay,
  { identity, resource }: { readonly identity: GcpIdentity; readonly resource: GcpResource },
): FoundEscalation | undefined {
  const known = { identity, ...(index.asOf === undefined ? {} : { at: index.asOf }) };
  const decision = decide(index, { ...known, permission: way.permission, resource });
  if (decision.allowed === false) return undefined;
  if (way.run === undefined) return { way, allowed: decision.allowed, decision };
  const project = resource.lineage.find((name) => /^projects\/[^/]+$/.test(name));
  if (project === undefined) return undefined;
  const host = gcpResource(index, project);
  let best: FoundEscalation | undefined;
  for (const run of way.run) {
    const decisions = run.map((permission) => decide(index, { ...known, permission, resource: host }));
    const runs = decisions.reduce<Judgement>((sum, { allowed }) => both(sum, allowed), true);
    const allowed = both(decision.allowed, runs);
    if (allowed === false) continue;
    const found: FoundEscalation = { way, allowed, decision, run, runDecision: decisions[0] as GcpDecision };
    if (allowed === true) return found;
    best ??= found;
  }
  return best;
}

/** All ways that are open or may be, the surest first; ways that are sure before those that are not. */
export function escalations(
  index: GcpIndex,
  asked: { readonly identity: GcpIdentity; readonly resource: GcpResource },
): readonly FoundEscalation[] {
  const found = ESCALATION_WAYS.flatMap((way) => escalates(index, way, asked) ?? []);
  return [...found.filter(({ allowed }) => allowed === true), ...found.filter(({ allowed }) => allowed !== true)];
}
