import { associationCommand } from '../../access/aws/association-command.ts';
import { statementJson } from '../../access/aws/policy-json.ts';
import { missingTrust } from '../../access/cloud/diagnosis/aws-trust.ts';
import { fittingCredential } from '../../access/cloud/diagnosis/azure-credential.ts';
import type { ChainFacts } from '../../access/cloud/diagnosis/chain-facts.ts';
import { chainFacts, walkChain } from '../../access/cloud/diagnosis/diagnose.ts';
import type { Remedy } from '../../access/cloud/diagnosis/diagnosis.ts';
import { POINTERS } from '../../access/cloud/diagnosis/steps/pointer.ts';
import { AZURE_LABEL } from '../../access/cloud/diagnosis/steps/token.ts';
import { type DiagnosisWorld, diagnosisWorld } from '../../access/cloud/diagnosis/world.ts';
import type { CloudLink } from '../../access/cloud/link.ts';
import { cloudLinks } from '../../access/cloud/links.ts';
import type { RowFix } from '../findings/finding.ts';
import { trustStep } from './aws-steps.ts';
import { fixBy, MOST_STEPS, withoutAnnotations } from './fix-steps.ts';
import { withMember } from './gcp-steps.ts';
import { cloudDocument, coreTarget, type Operation, pointerPart } from './patches.ts';
import { templateFix } from './template-fix.ts';
import type { FindingWorld, LiveWorkload } from './world.ts';

const remembered = new WeakMap<FindingWorld, DiagnosisWorld>();

function worldOf(world: FindingWorld): DiagnosisWorld {
  const known = remembered.get(world) ?? diagnosisWorld(world.inventory, cloudLinks(world.inventory));
  remembered.set(world, known);
  return known;
}

/** The annotation that makes the link; undefined: no annotation does. */
function annotationOf({ link: { method }, account }: ChainFacts): string | undefined {
  const key = method === 'irsa' || method === 'gke' || method === 'aks' ? POINTERS[method] : undefined;
  return key !== undefined && account?.annotations.has(key) === true ? key : undefined;
}

/** Takes away what points the service account at the identity. */
function unpoint(facts: ChainFacts): RowFix | undefined {
  const { link, namespace, name, world } = facts;
  const says = `take what points ${link.serviceAccount} at ${link.identity} away, or let it name the identity that is meant`;
  const annotation = annotationOf(facts);
  if (annotation !== undefined) return fixBy(says, [withoutAnnotations(coreTarget('ServiceAccount', { namespace, name }), [annotation])]);
  const association = world.associations
    .get(link.serviceAccount)
    ?.find(({ roleArn, targetRoleArn }) => link.method === 'pod-identity' && [roleArn, targetRoleArn].includes(link.identity));
  if (association === undefined) return undefined;
  return {
    says,
    command: associationCommand('delete', association),
    lacks: 'an association is an object of EKS by itself: no document that stays says that it is gone',
  };
}

/** What cannot be mended by trust, because there is nothing to trust or the pointer is wrong. */
const UNPOINTED = new Set(['pointer', 'identity']);

function trusting(facts: ChainFacts): RowFix | undefined {
  const { link, namespace, name, world } = facts;
  if (link.method === 'gke') {
    const { gcp, cluster } = world.inventory;
    const pool = gcp.clusters.find(({ selfLink }) => selfLink === cluster.gkeSelfLink)?.workloadPool;
    const member = `serviceAccount:${pool ?? '<project>.svc.id.goog'}[${namespace}/${name}]`;
    return { says: `let ${link.serviceAccount} act as ${link.identity}`, ...withMember(gcp.policies, link.identity, member) };
  }
  const trust = missingTrust(facts);
  const role = world.inventory.aws.roles.find(({ arn }) => arn === trust?.role);
  if (trust === undefined || role === undefined || role.trust.unreadable !== undefined) return undefined;
  return fixBy(
    `add the statement that lets exactly ${link.serviceAccount} in to the trust policy of ${link.identity}; the one that was meant to do it can go`,
    [trustStep(role, [...role.trust.statements.map(statementJson), trust.statement])],
  );
}

/** The federated credential that fits, as `az … federated-credential create --parameters` and the REST API take it. */
const credentialOf = (facts: ChainFacts) =>
  cloudDocument(
    { kind: 'AzureFederatedCredential', name: facts.link.identity },
    `The federated credential that ${facts.link.identity} has to have`,
    fittingCredential(facts).document,
  );

function providerOf({ link, world }: ChainFacts) {
  const issuer = world.inventory.cluster.issuer ?? '<issuer of the cluster>';
  const known = world.inventory.aws.oidcProviders.find(({ url }) => url.replace(/^https:\/\//, '') === issuer.replace(/^https:\/\//, ''));
  return cloudDocument(
    { kind: 'AwsOidcProvider', name: known?.arn ?? issuer },
    'The OIDC provider after the fix, as `create-open-id-connect-provider --cli-input-json` takes it',
    {
      Url: issuer.startsWith('https://') ? issuer : `https://${issuer}`,
      ClientIDList: [...new Set([...(known?.clientIds ?? []), link.audience])],
    },
  );
}

/** Why nothing stands in a document, by code; by default: */
const NO_DOCUMENT: ReadonlyMap<string, string> = new Map([
  ['explicit-deny', 'whether the Deny is there on purpose only a person knows, so no policy without it is written out'],
  ['session-tags-disabled', 'session tags are a switch of the association, which is an object of EKS by itself and stands in no document'],
]);
const SWITCH = 'it is a switch in the cloud or a restart, which no document of the cloud or of the cluster says';

/** A label for the pods of a workload; an operation on one label fails where there are none. */
function addedLabel({ record, pods: [pod] }: LiveWorkload, label: string): Operation {
  const { labels } = record?.template ?? pod;
  return labels.size === 0
    ? { op: 'add', path: '/metadata/labels', value: { [label]: 'true' } }
    : { op: 'add', path: `/metadata/labels/${pointerPart(label)}`, value: 'true' };
}

/** Puts the label that the webhook looks for on the templates of the account's workloads. Source: https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html */
function labelled(world: FindingWorld, { namespace, name, link }: ChainFacts): RowFix | undefined {
  if (link.code !== 'pod-label-missing') return undefined;
  const fixes = world
    .workloadsOf(namespace, name)
    .slice(0, MOST_STEPS)
    .map((workload) => templateFix(workload, '', [addedLabel(workload, AZURE_LABEL)]));
  const steps = fixes.flatMap(({ command: line, patches }) =>
    line === undefined || patches === undefined ? [] : [{ command: line, patches }],
  );
  return steps.length === 0
    ? undefined
    : fixBy('put the label on the pod templates (on the service account it does nothing); the pods are made anew', steps);
}

/** The remedy of the step that fails first, with the document that says the same where the cloud has one. */
function byRemedy(facts: ChainFacts, remedy: Remedy, step: string): RowFix {
  const { provider, method } = facts.link;
  const patch =
    step === 'issuer' && method === 'irsa'
      ? providerOf(facts)
      : provider === 'azure' && (step === 'trust' || step === 'issuer')
        ? credentialOf(facts)
        : undefined;
  return {
    says: remedy.says,
    ...(remedy.command === undefined ? {} : { command: remedy.command }),
    ...(patch === undefined ? {} : { patches: [patch] }),
    ...(patch !== undefined && remedy.command !== undefined ? {} : { lacks: NO_DOCUMENT.get(facts.link.code) ?? SWITCH }),
  };
}

/** How to mend a link that is broken, at the first step that fails. */
export function brokenFix(world: FindingWorld, link: CloudLink): RowFix {
  const facts = chainFacts(worldOf(world), link);
  const chain = walkChain(facts);
  const step = chain.steps.find(({ id }) => id === chain.failed);
  const own =
    labelled(world, facts) ??
    (step === undefined ? undefined : UNPOINTED.has(step.id) ? unpoint(facts) : step.id === 'trust' ? trusting(facts) : undefined);
  if (own !== undefined) return own;
  if (step?.fix !== undefined) return byRemedy(facts, step.fix, step.id);
  return unpoint(facts) ?? { says: `see \`podreach diagnose ${link.serviceAccount}\`: it walks the link step by step`, lacks: SWITCH };
}

/** Takes the cluster's half of a link away; the other half is told. */
export function unlinkFix(world: FindingWorld, link: CloudLink): RowFix {
  const { serviceAccount, identity } = link;
  const fix = unpoint(chainFacts(worldOf(world), link)) ?? {
    lacks: 'no annotation and no association makes this link: it is the trust of the identity alone; take the account out there',
  };
  return { ...fix, says: `take the link from ${serviceAccount} to ${identity} away, then the account out of what ${identity} trusts` };
}
