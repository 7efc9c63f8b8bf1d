import { AUDIENCE_ANNOTATION } from '../../aws/irsa-links.ts';
import type { CloudLink } from '../link.ts';
import type { ChainFacts } from './chain-facts.ts';
import type { DiagnosedChain, Diagnosis, DiagnosisStep, Finding, StepId } from './diagnosis.ts';
import { endpointStep } from './steps/endpoint.ts';
import { handOutStep } from './steps/hand-out.ts';
import { identityStep } from './steps/identity.ts';
import { issuerStep } from './steps/issuer.ts';
import { permissionStep } from './steps/permission.ts';
import { POINTERS, pointerStep } from './steps/pointer.ts';
import { precedenceStep } from './steps/precedence.ts';
import { renewalStep } from './steps/renewal.ts';
import { tokenStep } from './steps/token.ts';
import { trustStep } from './steps/trust.ts';
import type { DiagnosisWorld } from './world.ts';

const STEPS: readonly { readonly id: StepId; readonly title: string; readonly ask: (facts: ChainFacts) => Finding }[] = [
  { id: 'pointer', title: 'Annotation or association', ask: pointerStep },
  { id: 'token', title: 'Token in the pods', ask: tokenStep },
  { id: 'hand-out', title: 'Webhook or agent', ask: handOutStep },
  { id: 'precedence', title: 'Other identities', ask: precedenceStep },
  { id: 'endpoint', title: 'Way to the endpoint', ask: endpointStep },
  { id: 'issuer', title: 'Issuer of the tokens', ask: issuerStep },
  { id: 'trust', title: 'Trust', ask: trustStep },
  { id: 'identity', title: 'Identity', ask: identityStep },
  { id: 'permission', title: 'Permissions', ask: permissionStep },
  { id: 'renewal', title: 'Renewal', ask: renewalStep },
];

/** Of the token that the webhook of EKS asks for; an empty annotation is none. */
const DEFAULT_AUDIENCE = 'sts.amazonaws.com';

/** At most this many chains of one service account are walked: roles that are open to everybody make one each. */
const MOST_CHAINS = 50;

/**
 * Why the cloud identities of a service account (`namespace/name`) work or do not: every chain that something points at, walked step by step,
 * the first that fails named. With `identity` the chains to that one alone, pointed at or not.
 */
export function diagnoseIn(world: DiagnosisWorld, serviceAccount: string, identity?: string): Diagnosis {
  const all = world.links.get(serviceAccount) ?? [];
  const wanted = all.filter((link) => (identity === undefined ? isPointed(world, link) : link.identity === identity));
  const chains = wanted.slice(0, MOST_CHAINS).map((link) => walkChain(chainFacts(world, link)));
  const exists = world.accounts.has(serviceAccount);
  const base = { serviceAccount, exists, chains, total: wanted.length };
  if (chains.length === 0) return { ...base, state: 'none', says: nothingPoints(all, exists) };
  const broken = chains.find(({ state }) => state === 'broken');
  const state = broken !== undefined ? 'broken' : chains.some(({ state: one }) => one === 'unknown') ? 'unknown' : 'works';
  return { ...base, state, says: verdict(broken ?? (chains[0] as DiagnosedChain)) };
}

/** Whether an annotation or an association makes the link, rather than only the identity's openness. */
function isPointed(world: DiagnosisWorld, link: CloudLink): boolean {
  if (link.method === 'pod-identity') return true;
  if (link.method === 'federation') return link.state === 'wired' || link.state === 'broken';
  const annotated = world.accounts.get(link.serviceAccount)?.annotations.get(POINTERS[link.method]);
  if (annotated === undefined || annotated === '') return false;
  if (link.method !== 'irsa') return annotated.toLowerCase() === link.identity.toLowerCase();
  const audience = world.accounts.get(link.serviceAccount)?.annotations.get(AUDIENCE_ANNOTATION) || DEFAULT_AUDIENCE;
  return annotated === link.identity && audience === link.audience;
}

/** What is known of the way from a service account to an identity. */
export function chainFacts(world: DiagnosisWorld, link: CloudLink): ChainFacts {
  const slash = link.serviceAccount.indexOf('/');
  return {
    world,
    namespace: link.serviceAccount.slice(0, slash),
    name: link.serviceAccount.slice(slash + 1),
    account: world.accounts.get(link.serviceAccount),
    link,
    pointed: isPointed(world, link),
    pods: world.pods.get(link.serviceAccount) ?? [],
  };
}

/** Walks one way step by step. */
export function walkChain(facts: ChainFacts): DiagnosedChain {
  const { link } = facts;
  const steps = withReason(
    link,
    STEPS.map(({ id, title, ask }) => ({ id, title, ...ask(facts) })),
  );
  const failed = steps.find(({ status }) => status === 'failed');
  const { provider, method, identity, audience } = link;
  return {
    provider,
    method,
    identity,
    audience,
    pointed: facts.pointed,
    state: failed !== undefined ? 'broken' : steps.some(({ status }) => status === 'unknown') ? 'unknown' : 'works',
    ...(failed === undefined ? {} : { failed: failed.id }),
    steps,
  };
}

/** A broken link is never told as anything else: where no step knows its code, the link's own reason stands as the failure of the trust. */
function withReason(link: CloudLink, steps: readonly DiagnosisStep[]): readonly DiagnosisStep[] {
  if (link.state !== 'broken' || steps.some(({ status }) => status === 'failed')) return steps;
  return steps.map((step) => (step.id === 'trust' ? { ...step, status: 'failed', says: link.reason, evidence: link.evidence } : step));
}

function nothingPoints(links: readonly CloudLink[], exists: boolean): string {
  if (!exists && links.length === 0) return 'This service account was not read, and nothing names it.';
  if (links.length === 0) return 'Nothing points it at a cloud identity, and no identity that was read lets it in.';
  const open =
    links.length === 1 ? `\`${links[0]?.identity ?? ''}\` lets` : `${new Set(links.map(({ identity }) => identity)).size} identities let`;
  return `Nothing points it at a cloud identity; ${open} it in all the same, so whoever writes its pods may act as ${links.length === 1 ? 'it' : 'them'}.`;
}

function verdict({ steps, failed, identity }: DiagnosedChain): string {
  const first = steps.find(({ id }) => id === failed);
  if (first !== undefined) return first.says;
  const open = steps.filter(({ status }) => status === 'unknown').length;
  if (open === 0) return `Everything that can be seen of the way to \`${identity}\` is in order.`;
  return `Nothing fails on the way to \`${identity}\`; ${open === 1 ? 'one step' : `${open} steps`} cannot be told from this data.`;
}
