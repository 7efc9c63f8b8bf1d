import { type StaticKey, staticKeys } from '../../access/cloud/static-keys.ts';
import { kubectl } from '../../access/shell.ts';
import type { Secret } from '../../inventory/kubernetes.ts';
import { objectEvidence } from '../evidence/objects.ts';
import type { Evidence, NodeId } from '../model.ts';
import { defineTechnique } from './technique.ts';

const keyId = ({ namespace, name }: Secret, { provider }: StaticKey): NodeId => `cloud-key:${namespace}/${name}/${provider}` as NodeId;

export const cloudKey = defineTechnique({
  id: 'cloud-key',
  title: 'Holds keys of a cloud account',
  class: 'cloud',
  walked: true,
  from: ['secret'],
  to: ['cloud-key'],
  action: 'Uses long-lived keys of a cloud account that lie in the secret.',
  precondition:
    "The secret has keys by the names that a cloud's tools give to credentials; their values are never read, so whose they are is unknown.",
  remediation: 'Give the workload an identity of its own (Pod Identity, Workload Identity), delete the secret, and revoke the key.',
  coverage: { level: 'partial', misses: 'keys under names of their own, and whose they are' },
  attck: ['T1552.007', 'T1078.004'],
  references: [
    'https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html',
    'https://cloud.google.com/docs/authentication/application-default-credentials',
    'https://learn.microsoft.com/en-us/dotnet/api/azure.identity.environmentcredential',
  ],
  find({ inventory, nodes }, emit) {
    for (const secret of inventory.kubernetes.secrets) {
      for (const key of staticKeys(secret)) {
        const name = `${key.title} in ${secret.namespace}/${secret.name}, of an unknown principal`;
        const to = nodes.internAs(keyId(secret, key), { kind: 'cloud-key', name, namespace: secret.namespace, record: key });
        emit(nodes.intern('secret', secret.name, secret.namespace, secret), to, 0, 'conditional');
      }
    }
  },
  changes({ nodes }, { from }) {
    return [`secret ${nodes.ids[from]}`];
  },
  explain({ nodes }, { from, to }) {
    const secret = nodes.records[from] as Secret;
    const key = nodes.records[to] as StaticKey;
    const evidence = key.names.map((name) => {
      const pointer = `/data/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      return objectEvidence('Secret', secret, pointer, `has the name under which ${key.title} is kept for ${key.source}`);
    });
    return {
      evidence: evidence as [Evidence, ...Evidence[]],
      hangsOn: 'the value being a key that is still valid, and what its principal may do: values are never read',
      fix: {
        says: 'give the workload an identity of its own, revoke the key, then delete the secret',
        command: kubectl(secret.namespace, 'delete', 'secret', secret.name),
        sideEffect: 'whatever reads the secret loses it',
      },
    };
  },
});
