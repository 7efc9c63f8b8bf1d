import type { Secret } from '../../inventory/kubernetes.ts';
import { objectEvidence } from '../evidence/objects.ts';
import { kubectl } from '../evidence/shell.ts';
import { defineTechnique } from './technique.ts';

const TYPE = 'kubernetes.io/service-account-token';
const ACCOUNT = 'kubernetes.io/service-account.name';
const INVALID_SINCE = 'kubernetes.io/legacy-token-invalid-since';

export const tokenFor = defineTechnique({
  id: 'token-for',
  title: 'Is a token of a service account',
  class: 'token',
  walked: true,
  from: ['secret'],
  to: ['service-account'],
  action: 'Uses the token in the secret, which never expires, as the service account.',
  precondition:
    'The secret has type `kubernetes.io/service-account-token`, its annotation names a service account of the same namespace that exists, and it is not marked as invalid.',
  remediation: 'Delete the secret and use short-lived tokens from TokenRequest.',
  coverage: { level: 'full' },
  attck: ['T1528'],
  references: ['https://kubernetes.io/docs/concepts/security/service-accounts/#get-a-token'],
  find({ inventory, nodes, accountExists }, emit) {
    for (const secret of inventory.kubernetes.secrets) {
      const account = secret.annotations.get(ACCOUNT);
      if (secret.type !== TYPE || account === undefined || secret.labels.has(INVALID_SINCE)) continue;
      if (accountExists(secret.namespace, account))
        emit(nodes.intern('secret', secret.name, secret.namespace), nodes.intern('service-account', account, secret.namespace));
    }
  },
  changes({ nodes }, { from }) {
    return [`delete ${nodes.ids[from]}`];
  },
  explain({ nodes }, { from, to }) {
    const secret = nodes.records[from] as Secret;
    return {
      evidence: [
        objectEvidence('Secret', secret, '/type', `holds a token that does not expire`),
        objectEvidence(
          'Secret',
          secret,
          `/metadata/annotations/${ACCOUNT.replace('/', '~1')}`,
          `the token is for service account ${secret.namespace}/${nodes.names[to]}`,
        ),
      ],
      fix: {
        says: 'delete the token; first see whether something still uses it (`kubernetes.io/legacy-token-last-used`)',
        command: kubectl(secret.namespace, 'delete', 'secret', secret.name),
        sideEffect: 'whatever still calls the API server with this token stops working',
      },
    };
  },
});
