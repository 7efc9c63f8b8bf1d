import type { StaticKey } from '../../access/cloud/static-keys.ts';
import { referencedSecrets } from '../../access/pod/secret-use.ts';
import { deletion, fixBy } from '../finding-facts/fix-steps.ts';
import { coreTarget } from '../finding-facts/patches.ts';
import { secrets } from '../finding-facts/populations.ts';
import { validating } from '../finding-facts/prevention.ts';
import { some } from '../finding-facts/words.ts';
import type { FindingWorld } from '../finding-facts/world.ts';
import { defineFinding } from './finding.ts';

/** Workloads by the secrets that they name. */
function usersBySecret({ workloads }: FindingWorld): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const {
    kind,
    name,
    pods: [pod],
  } of workloads)
    for (const secret of new Set(referencedSecrets(pod.spec).map((use) => use.secret))) {
      const key = `${pod.namespace}/${secret}`;
      const list = found.get(key);
      if (list === undefined) found.set(key, [`${kind} ${name}`]);
      else list.push(`${kind} ${name}`);
    }
  return found;
}

export const staticCloudKey = defineFinding({
  id: 'static-cloud-key',
  title: 'Keys of cloud accounts lie in secrets',
  severity: 'medium',
  class: 'cloud',
  why: 'Such a key works from anywhere and until somebody revokes it. Everybody who reads secrets of the namespace, or makes pods there, has it.',
  remediation: 'Give the workload an identity of its own (Pod Identity, Workload Identity), revoke the key, delete the secret.',
  misses: 'keys under names of their own, and keys in ConfigMaps: values are never read',
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-workloads-use-roles',
    'https://cloud.google.com/iam/docs/best-practices-for-managing-service-account-keys',
    'https://learn.microsoft.com/azure/aks/workload-identity-overview',
  ],
  prevention: validating({
    name: 'no-cloud-keys-in-secrets',
    says: 'refuses secrets with entries of the names that cloud clients look for',
    resources: [['', 'secrets']],
    field: 'data',
    validations: [
      {
        expression:
          '!has(object.data) || !object.data.exists(k, k in ["AWS_SECRET_ACCESS_KEY", "aws_secret_access_key", "AZURE_CLIENT_SECRET", "azure_client_secret", "key.json", "credentials.json"])',
        message: 'give the workload a cloud identity instead of a key',
      },
    ],
  }),
  population: secrets,
  *find(world) {
    const { graph } = world;
    const users = usersBySecret(world);
    for (const edge of world.edgesBy('cloud-key')) {
      const secret = graph.edges.from[edge] as number;
      const namespace = graph.nodes.namespaces[secret] as string;
      const name = graph.nodes.names[secret] as string;
      const key = graph.nodes.records[graph.edges.to[edge] as number] as StaticKey;
      const used = users.get(`${namespace}/${name}`) ?? [];
      const { evidence, fix, hangsOn } = graph.explain(edge);
      yield {
        subject: { kind: 'Secret', namespace, name, node: secret },
        part: key.provider,
        severity: used.length > 0 || !world.knowsPods ? 'medium' : 'low',
        whyHere: `it seems to hold ${key.title}; ${used.length === 0 ? (world.knowsPods ? 'no pod uses it' : 'which pods use it was not read') : `${some(used)} ${used.length === 1 ? 'uses' : 'use'} it`}; it hangs on ${hangsOn}`,
        evidence,
        fix: fixBy(fix.says, [deletion(coreTarget('Secret', { namespace, name }))]),
      };
    }
  },
});
