import { indexAzure } from '../../access/azure/azure-index.ts';
import { type AzureGrant, grantAllows, grantHas } from '../../access/azure/grants.ts';
import { type AzureImage, mutableAzureImage, PUSH_ACTIONS, registryOfScope } from '../../access/azure/registry-image.ts';
import { comparable, scopeName } from '../../access/azure/resource-scope.ts';
import { containerPointer, runningContainers } from '../../access/pod/security-context.ts';
import { command } from '../../access/shell.ts';
import type { Pod, PodSpec } from '../../inventory/kubernetes.ts';
import { podEvidence } from '../evidence/objects.ts';
import { eachGrant, grantAt, grantEvidence } from '../facts/azure-grants.ts';
import type { Facts } from '../facts/facts.ts';
import type { Evidence, Explanation, NodeId } from '../model.ts';
import { defineTechnique } from './technique.ts';

/** Pushing to a registry is a node of its own, so that no edge is drawn for each role and pod. */
const pushId = (server: string): NodeId => `azure-grant:push:${server}` as NodeId;
const PUSH = /^azure-grant:push:(.+)$/;
const LOCKED = 'the tag not being locked in the registry, which the data does not say';

/** What the node stands for, in the fields of a grant that are shown. */
const pushRecord = (server: string) => ({
  assignment: { roleDefinitionId: 'push', scope: server },
  role: { definition: { roleName: 'push of images' } },
});

interface Push {
  readonly action: (typeof PUSH_ACTIONS)[number];
  readonly hangsOn: readonly string[];
}

/** Images that running containers are pulled from by a tag. */
function imagesOf(spec: PodSpec): { readonly image: AzureImage; readonly pointer: string }[] {
  return runningContainers(spec).flatMap((container) => {
    const image = mutableAzureImage(container.image);
    return image === undefined ? [] : [{ image, pointer: `${containerPointer(container)}/image` }];
  });
}

/** The registries that live pods pull from by a tag, with the places of those pods. */
function registriesOf({ pods }: Facts): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  const serversOf = pods.perTemplate(({ spec }) => [...new Set(imagesOf(spec).map(({ image }) => image.server))]);
  for (let place = 0; place < pods.pods.length; place += 1) {
    for (const server of pods.live[place] === 1 ? serversOf(place) : []) {
      const places = found.get(server);
      if (places === undefined) found.set(server, [place]);
      else places.push(place);
    }
  }
  return found;
}

/** How a grant lets push to a registry: one that its scope names, or, if it lies there, one below its scope. */
function pushOf(facts: Facts, grant: AzureGrant, server: string): Push | undefined {
  const { scope } = grant.assignment;
  const named = registryOfScope(scope);
  if (named !== undefined && server.split('.', 1)[0] !== named) return undefined;
  for (const row of PUSH_ACTIONS) {
    if (!grantHas(grant, row.action, row.data ? 'data' : 'control')) continue;
    const { truth, dependsOn } = grantAllows(indexAzure(facts.inventory), grant, { ...row, resource: scope });
    if (truth === false) continue;
    const where = named === undefined ? [`registry ${server} lying below ${scopeName(scope)}`] : [];
    const repositories = row.data ? ['the registry asking for rights by repository'] : [];
    return { action: row, hangsOn: [...dependsOn, ...where, ...repositories] };
  }
  return undefined;
}

/** Scopes that hold registries: what lies beside them, as a vault, cannot. */
const mayHold = (scope: string): boolean => {
  const at = comparable(scope).lastIndexOf('/providers/');
  return at < 0 || comparable(scope).startsWith('/providers/microsoft.management/') || registryOfScope(scope) !== undefined;
};

export const azureImagePush = defineTechnique({
  id: 'azure-image-push',
  title: 'Pushes an image that pods pull from Azure',
  class: 'cloud',
  walked: true,
  from: ['azure-grant'],
  to: ['azure-grant', 'pod'],
  action: 'Pushes an image of its own under the tag that the pod is made of; the next pull runs it.',
  precondition: 'The role allows to push to the registry, the pod names the image by a tag and not by a digest, and the tag is not locked.',
  remediation: 'Lock tags, name images by digest, and let pipelines alone push.',
  coverage: {
    level: 'partial',
    misses: 'when the image is pulled again: at the next start of a pod, and with imagePullPolicy IfNotPresent on another node only',
  },
  attck: ['T1525'],
  references: [
    'https://learn.microsoft.com/azure/container-registry/container-registry-rbac-built-in-roles-overview',
    'https://learn.microsoft.com/azure/container-registry/container-registry-image-lock',
  ],
  find(facts, emit) {
    // Without a role assignment nobody pushes: then no pod is looked at.
    if (facts.inventory.azure.roleAssignments.length === 0) return;
    const registries = registriesOf(facts);
    if (registries.size === 0) return;
    const reached = new Map<string, number>();
    for (const { grant, node } of eachGrant(facts)) {
      if (!mayHold(grant.assignment.scope)) continue;
      for (const server of registries.keys()) {
        const push = pushOf(facts, grant, server);
        if (push === undefined) continue;
        const to =
          reached.get(server) ??
          facts.nodes.internAs(pushId(server), { kind: 'azure-grant', name: `push to ${server}`, record: pushRecord(server) });
        reached.set(server, to);
        emit(node, to, 0, push.hangsOn.length === 0 ? 'certain' : 'conditional');
      }
    }
    for (const [server, node] of reached)
      for (const place of registries.get(server) ?? []) emit(node, facts.pods.node[place] as number, 0, 'conditional');
  },
  changes({ nodes }, { from }) {
    return PUSH.test(nodes.ids[from] as string) ? [`image tags of ${nodes.ids[from]}`] : [];
  },
  explain(facts, { from, to }) {
    const pushed = PUSH.exec(facts.nodes.ids[from] as string)?.[1];
    if (pushed !== undefined) return explainPull(facts, pushed, to);
    const server = PUSH.exec(facts.nodes.ids[to] as string)?.[1] ?? '';
    const grant = grantAt(facts, from);
    const push = pushOf(facts, grant, server);
    if (push === undefined) throw new Error(`azure-image-push: ${grant.key} does not push to ${server}`);
    return {
      evidence: grantEvidence(grant, { actions: [push.action.action], plane: push.action.data ? 'data' : 'control' }),
      ...(push.hangsOn.length === 0 ? {} : { hangsOn: push.hangsOn.join('; ') }),
      fix: {
        says: 'assign AcrPull in its place; pipelines alone need to push',
        command: command('az', 'role', 'assignment', 'delete', '--ids', grant.assignment.id),
        sideEffect: 'whoever has the role loses the rest of it as well',
      },
    };
  },
});

/** The pod's reference to the image. */
function explainPull(facts: Facts, server: string, to: number): Explanation {
  const pod = facts.pods.pods[facts.pods.placeOf.get(to) as number] as Pod;
  const uses = imagesOf(pod.spec).filter(({ image }) => image.server === server);
  const [first] = uses as [(typeof uses)[number]];
  const evidence = uses.map(({ image, pointer }) =>
    podEvidence(pod, pointer, `is pulled from ${server} by tag ${image.tag}, which a push can move`),
  );
  return {
    evidence: evidence as [Evidence, ...Evidence[]],
    hangsOn: LOCKED,
    fix: {
      says: 'name the image by its digest, or lock its tag',
      command: command(
        'az',
        'acr',
        'repository',
        'update',
        `--name=${server.split('.', 1)[0]}`,
        '--image',
        `${first.image.repository}:${first.image.tag}`,
        '--write-enabled',
        'false',
      ),
      sideEffect: 'pipelines that push one tag again and again fail',
    },
  };
}
