import type { AwsWorld } from '../../access/aws/aws-world.ts';
import { type EcrImage, mutableEcrImage, PUSH_ACTIONS } from '../../access/aws/image-repository.ts';
import type { AwsPrincipal } from '../../access/aws/principal-statements.ts';
import { mayHave, type Right, rightTo } from '../../access/aws/right.ts';
import { containerPointer, runningContainers } from '../../access/pod/security-context.ts';
import { command } from '../../access/shell.ts';
import type { EcrRepository } from '../../inventory/aws.ts';
import type { Pod, PodSpec } from '../../inventory/kubernetes.ts';
import { splitArn } from '../../inventory/normalise/aws-arn.ts';
import { objectEvidence, podEvidence } from '../evidence/objects.ts';
import {
  AWS_PRINCIPALS,
  actors,
  changesOfWays,
  closingOfWays,
  fixOfChange,
  fixOfRights,
  principalAt,
  rightsEvidence,
  worldOf,
} from '../facts/aws-principals.ts';
import type { Facts } from '../facts/facts.ts';
import type { Evidence, NodeId } from '../model.ts';
import { defineTechnique } from './technique.ts';

/** Pushing to a repository is a node of its own: whoever only reads from it changes nobody's image. */
const pushId = (arn: string): NodeId => `aws-resource:push:${arn}` as NodeId;

/** What the node stands for. */
export interface EcrPushRecord {
  readonly resource: string;
  readonly service: string;
  readonly read: boolean;
  readonly write: boolean;
  readonly repository?: EcrRepository;
}

/** Images that running containers are pulled from by a tag, one of each repository. */
function imagesOf(spec: PodSpec): { readonly image: EcrImage; readonly pointer: string }[] {
  return runningContainers(spec).flatMap((container) => {
    const image = mutableEcrImage(container.image);
    return image === undefined ? [] : [{ image, pointer: `${containerPointer(container)}/image` }];
  });
}

/** Every right that a push takes; undefined where one is missing. */
function rightsToPush(facts: Facts, principal: AwsPrincipal, arn: string): readonly Right[] | undefined {
  const world = worldOf(facts);
  const rights: Right[] = [];
  for (const action of PUSH_ACTIONS) {
    const right = rightTo(world, principal, { action, resource: arn });
    if (right === undefined) return undefined;
    rights.push(right);
  }
  return rights;
}

const repositoryOf = (facts: Facts, arn: string): EcrRepository | undefined =>
  worldOf(facts).aws.repositories.find((one) => one.arn === arn);

/** Whether anything is known of who may push there: a repository of an account that was not read (as those of EKS's add-ons) is nobody's here. */
function isKnown(world: AwsWorld, arn: string): boolean {
  return world.index.accounts.has(splitArn(arn)?.account ?? '') || world.index.resourcePolicies.has(arn);
}

/** The push node of each repository that a live pod's image comes from, and the places of those pods. */
function pushed(facts: Facts): Map<string, { readonly node: number; readonly places: Set<number> }> {
  const { pods, nodes } = facts;
  const world = worldOf(facts);
  const repositories = new Map(world.aws.repositories.map((repository) => [repository.arn, repository]));
  const found = new Map<string, { node: number; places: Set<number> }>();
  const arnsOf = pods.perTemplate(({ spec }) => [...new Set(imagesOf(spec).map(({ image }) => image.arn))]);
  for (let place = 0; place < pods.pods.length; place += 1) {
    for (const arn of pods.live[place] === 1 ? arnsOf(place) : []) {
      const repository = repositories.get(arn);
      if (repository?.mutable === false || !isKnown(world, arn)) continue;
      let entry = found.get(arn);
      if (entry === undefined) {
        const record: EcrPushRecord = {
          resource: arn,
          service: 'ecr',
          read: false,
          write: true,
          ...(repository === undefined ? {} : { repository }),
        };
        const name = `ecr ${arn.slice(arn.indexOf('/') + 1)} (push)`;
        entry = { node: nodes.internAs(pushId(arn), { kind: 'aws-resource', name, record }), places: new Set() };
        found.set(arn, entry);
      }
      entry.places.add(place);
    }
  }
  return found;
}

const UNKNOWN_TAGS = 'the tags of the repository being mutable (ecr:DescribeRepositories was not read)';

const tagsChange = ({ nodes }: Facts, from: number): string => `image tags of ${nodes.ids[from]}`;

const pushRights = (facts: Facts, from: number, to: number): readonly Right[] =>
  rightsToPush(facts, principalAt(facts, from), (facts.nodes.records[to] as EcrPushRecord).resource) ?? [];

export const ecrPush = defineTechnique({
  id: 'ecr-push',
  title: 'Pushes an image that pods pull',
  class: 'cloud',
  walked: true,
  from: [...AWS_PRINCIPALS, 'aws-resource'],
  to: ['aws-resource', 'pod'],
  action: 'Pushes an image of its own under the tag that the pod is made of; the next pull runs it.',
  precondition:
    'The principal may push to the repository (ecr:PutImage and the three of a layer upload), the pod names the image by a tag and not by a digest, and tags of the repository are mutable.',
  remediation: 'Make tags of the repository immutable, name images by digest, and let pipelines alone push.',
  coverage: {
    level: 'partial',
    misses: 'when the image is pulled again: at the next start of a pod, and with imagePullPolicy IfNotPresent on another node only',
  },
  attck: ['T1525'],
  references: [
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html',
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html',
  ],
  find(facts, emit) {
    const world = worldOf(facts);
    // Without a role or user nobody pushes: then no pod is looked at.
    if (world.principals.size === 0) return;
    const repositories = pushed(facts);
    if (repositories.size === 0) return;
    for (const { node, principal } of actors(facts)) {
      if (!PUSH_ACTIONS.every((action) => mayHave(world, principal, action))) continue;
      for (const [arn, { node: to }] of repositories) {
        const rights = rightsToPush(facts, principal, arn);
        if (rights !== undefined) emit(node, to, 0, rights.every(({ sure }) => sure) ? 'certain' : 'conditional');
      }
    }
    for (const { node, places } of repositories.values()) {
      const { repository } = facts.nodes.records[node] as EcrPushRecord;
      for (const place of places) emit(node, facts.pods.node[place] as number, 0, repository === undefined ? 'conditional' : 'certain');
    }
  },
  changes(facts, { from, to }) {
    if (facts.nodes.kinds[from] === 'aws-resource') return [tagsChange(facts, from)];
    return changesOfWays(facts, principalAt(facts, from), [pushRights(facts, from, to)]);
  },
  closing(facts, { from, to }) {
    if (facts.nodes.kinds[from] === 'aws-resource') return { change: tagsChange(facts, from) };
    return closingOfWays(facts, principalAt(facts, from), [pushRights(facts, from, to)]);
  },
  fix(facts, { from }, change) {
    if (facts.nodes.kinds[from] === 'aws-resource') return undefined;
    return fixOfChange(facts, principalAt(facts, from), change);
  },
  explain(facts, { from, to }) {
    if (facts.nodes.kinds[from] === 'aws-resource') return explainPull(facts, from, to);
    const principal = principalAt(facts, from);
    const rights = pushRights(facts, from, to);
    const account = objectEvidence(
      'AwsAccount',
      { name: principal.account },
      '',
      'whoever is administrator of the account may push to its repositories',
    );
    const [first = account, ...rest] = rightsEvidence(facts, principal, rights);
    const dependsOn = [...new Set(rights.flatMap((right) => right.dependsOn))];
    return {
      evidence: [first, ...rest],
      ...(dependsOn.length === 0 ? {} : { hangsOn: dependsOn.join('; ') }),
      fix: fixOfRights(facts, principal, rights),
    };
  },
});

/** The pod's reference to the image, and that the repository lets tags be moved. */
function explainPull(facts: Facts, from: number, to: number) {
  const { resource } = facts.nodes.records[from] as EcrPushRecord;
  const pod = facts.pods.pods[facts.pods.placeOf.get(to) as number] as Pod;
  const repository = repositoryOf(facts, resource);
  const uses = imagesOf(pod.spec).filter(({ image }) => image.arn === resource);
  const [first, ...rest] = uses.map(({ image, pointer }) =>
    podEvidence(pod, pointer, `is pulled by tag ${image.tag}, which a push can move`),
  );
  const tags =
    repository === undefined
      ? []
      : [objectEvidence('EcrRepository', { name: repository.arn }, '/imageTagMutability', 'lets tags be moved')];
  const [, , , region = '', account = ''] = resource.split(':', 5);
  return {
    evidence: [first as Evidence, ...rest, ...tags] as [Evidence, ...Evidence[]],
    ...(repository === undefined ? { hangsOn: UNKNOWN_TAGS } : {}),
    fix: {
      says: 'make tags of the repository immutable, or name the image by its digest',
      command: command(
        'aws',
        'ecr',
        'put-image-tag-mutability',
        `--repository-name=${resource.slice(resource.indexOf('/') + 1)}`,
        `--registry-id=${account}`,
        '--image-tag-mutability=IMMUTABLE',
        `--region=${region}`,
      ),
      sideEffect: 'pipelines that push one tag again and again fail',
    },
  };
}
