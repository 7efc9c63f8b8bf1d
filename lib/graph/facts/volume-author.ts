import type { AdmissionRequest } from '../../access/admission/matches.ts';
import { obstaclesTo } from '../../access/admission/obstacles.ts';
import { everything } from './everything.ts';
import type { Facts } from './facts.ts';
import { admissionOf, obstacleEvidence, openQuestions } from './obstacles.ts';
import { podAdmission } from './pod-admission.ts';
import { type AuthorReach, mayHaveNodes } from './pod-author.ts';

const UNPRIVILEGED =
  'an unprivileged pod being let use the path: SELinux on the node forbids it, AppArmor does not, and group 0, which Pod Security leaves free, is enough for the socket of a runtime';

const NO_EPHEMERAL = 'Kubernetes being 1.21 or later, where a pod brings its claim along, or a claim there that takes the volume';

/** How somebody makes a volume and a pod with it. */
export interface VolumeRequest {
  /** What makes the volume. */
  readonly request: AdmissionRequest;
  /** What it hangs on besides. */
  readonly also?: readonly string[];
  /** Requests about controllers of which any one makes the pod; undefined: it is made by itself. */
  readonly through: readonly AdmissionRequest[] | undefined;
}

/**
 * The nodes that are reached through a volume which stands for a path of the node: Pod Security sees a claim and lets it pass at every level
 * (check_restrictedVolumes.go allows `persistentVolumeClaim` and `ephemeral`). From 1.21 on a pod brings its own claim along as an
 * `ephemeral` volume, so that no right to make claims is needed (https://kubernetes.io/docs/concepts/storage/ephemeral-volumes/).
 */
export function nodesByVolume(facts: Facts, scope: string, { request, also = [], through }: VolumeRequest): AuthorReach | undefined {
  if (!mayHaveNodes(facts)) return undefined;
  const privileged = podAdmission(facts, scope, { needed: 'privileged', through });
  const free = privileged?.state === 'certain' ? privileged : undefined;
  const admission = free ?? podAdmission(facts, scope, { needed: 'plain', through });
  if (admission === undefined) return undefined;
  const obstacles = obstaclesTo(admissionOf(facts), request, { namespace: '', labels: undefined });
  const questions = new Set([
    ...(admission.hangsOn === undefined ? [] : [admission.hangsOn]),
    ...(free === undefined ? [UNPRIVILEGED] : []),
    ...(facts.minorVersion === undefined || facts.minorVersion < 21 ? [NO_EPHEMERAL] : []),
    ...(obstacles.length === 0 ? [] : openQuestions(facts, obstacles)),
    ...also,
  ]);
  return {
    target: everything(facts, 'all-nodes', ''),
    certainty: questions.size === 0 ? 'certain' : 'conditional',
    ...(questions.size === 0 ? {} : { hangsOn: [...questions].join('; ') }),
    evidence: [...admission.evidence, ...obstacleEvidence(obstacles)],
  };
}
