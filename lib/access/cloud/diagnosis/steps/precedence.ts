import type { Container, Pod } from '../../../../inventory/kubernetes.ts';
import { runningContainers } from '../../../pod/security-context.ts';
import { kubectl } from '../../../shell.ts';
import { type ChainFacts, controllerOf, podsEvidence } from '../chain-facts.ts';
import type { Finding } from '../diagnosis.ts';

/**
 * Variables that an SDK asks before it asks for the identity of the service account, in the order of its default chain.
 * Sources: https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html,
 * https://cloud.google.com/docs/authentication/application-default-credentials, https://learn.microsoft.com/azure/developer/intro/authentication-overview
 */
const EARLIER = {
  irsa: ['AWS_ACCESS_KEY_ID'],
  'pod-identity': ['AWS_ACCESS_KEY_ID', 'AWS_WEB_IDENTITY_TOKEN_FILE'],
  gke: ['GOOGLE_APPLICATION_CREDENTIALS'],
  aks: ['AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH'],
  federation: ['AWS_ACCESS_KEY_ID', 'AZURE_CLIENT_SECRET'],
} as const;

/** Does another identity win: static keys in the environment, an association over an annotation? */
export function precedenceStep(facts: ChainFacts): Finding {
  const { link, pods, world, namespace, name } = facts;
  const association = world.associations.get(`${namespace}/${name}`)?.[0];
  if (link.method === 'irsa' && facts.pointed && association !== undefined && association.roleArn !== link.identity)
    return {
      status: 'failed',
      says: `A Pod Identity association gives it \`${association.roleArn}\`, and EKS injects that in place of the annotation's role.`,
      evidence: [
        { kind: 'PodIdentityAssociation', name: association.arn, pointer: '/association/roleArn', says: 'wins over the annotation' },
      ],
      fix: {
        says: 'keep one of the two: take the annotation away, or delete the association',
        command: kubectl(namespace, 'annotate', 'serviceaccount', name, 'eks.amazonaws.com/role-arn-'),
      },
    };
  const found = earlierVariable(facts);
  if (found !== undefined) return wins(facts, found);
  if (pods.length === 0) return { status: 'skipped', says: 'No pod runs as it, so nothing else can win.', evidence: [] };
  const both =
    association !== undefined && link.method === 'irsa'
      ? ' A Pod Identity association gives the same role and is injected in its place.'
      : '';
  return {
    status: 'ok',
    says: `None of its pods sets a variable that an SDK asks first (${EARLIER[link.method].join(', ')}).${both}`,
    evidence: [],
  };
}

interface Earlier {
  readonly pod: Pod;
  readonly container: Container;
  readonly variable: string;
  /** The Secret that the value comes from. */
  readonly secret: string | undefined;
}

function earlierVariable(facts: ChainFacts): Earlier | undefined {
  const { link, pods } = facts;
  const seen = new Set<Pod['spec']>();
  for (const pod of pods) {
    if (seen.has(pod.spec)) continue;
    seen.add(pod.spec);
    for (const container of runningContainers(pod.spec)) {
      const variable = EARLIER[link.method].find((one) => container.envNames.includes(one));
      if (variable === undefined || isSameRole(facts, container, variable)) continue;
      const secret = variable === 'AWS_WEB_IDENTITY_TOKEN_FILE' ? undefined : secretOf(container, variable);
      if (secret !== undefined && isAbsent(facts, secret)) continue;
      return { pod, container, variable, secret };
    }
  }
  return undefined;
}

/** Both ways lead to the same role: whichever wins, the pod is the same. */
const isSameRole = ({ link }: ChainFacts, { awsRoleArn }: Container, variable: string): boolean =>
  variable === 'AWS_WEB_IDENTITY_TOKEN_FILE' && awsRoleArn === link.identity;

function secretOf({ envNames, secretReferences }: Container, variable: string): string | undefined {
  const index = envNames.indexOf(variable);
  return secretReferences.find(({ pointer }) => pointer.startsWith(`/env/${index}/`))?.secret;
}

/** A reference to a Secret that is not there sets nothing where it is optional, and the pod runs: so it is. */
function isAbsent({ world, namespace }: ChainFacts, secret: string): boolean {
  return world.secrets.size > 0 && !world.secrets.has(`${namespace}/${secret}`);
}

function wins(facts: ChainFacts, { pod, container, variable, secret }: Earlier): Finding {
  const { link, world } = facts;
  const at = `/spec/${container.list}/${container.index}/env`;
  const from = secret === undefined ? '' : ` (from Secret ${secret})`;
  const acting =
    variable === 'AWS_WEB_IDENTITY_TOKEN_FILE' && container.awsRoleArn !== undefined ? ` and acts as \`${container.awsRoleArn}\`` : '';
  const controller = controllerOf(world, pod);
  const target = controller === undefined ? `pod/${pod.name}` : `${controller.kind.toLowerCase()}/${controller.name}`;
  const hidden = secret !== undefined && world.secrets.size === 0;
  return {
    status: hidden ? 'unknown' : 'failed',
    says: `Container \`${container.name}\` of ${pod.namespace}/${pod.name} sets ${variable}${from}, which an SDK asks before it asks for \`${link.identity}\`${acting}${hidden ? '; whether that Secret is there was not read' : ''}.`,
    evidence: podsEvidence([pod], at, `sets ${variable}`),
    fix: {
      says: `take ${variable} out of the pod template`,
      command: kubectl(pod.namespace, 'set', 'env', target, `--containers=${container.name}`, `${variable}-`),
    },
  };
}
