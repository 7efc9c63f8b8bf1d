import { kubectl } from '../../access/shell.ts';
import type { Secret, ServiceAccount } from '../../inventory/kubernetes.ts';
import { objectEvidence } from '../evidence/objects.ts';
import { defineTechnique } from './technique.ts';

const TYPE = 'kubernetes.io/service-account-token';
const ACCOUNT = 'kubernetes.io/service-account.name';
const ACCOUNT_UID = 'kubernetes.io/service-account.uid';
const INVALID_SINCE = 'kubernetes.io/legacy-token-invalid-since';

/** An account that was deleted and made anew does not inherit tokens. Source: kubernetes/pkg/serviceaccount/util.go (`IsServiceAccountToken`). */
function isOfAnEarlierAccount(secret: Secret, account: ServiceAccount | undefined): boolean {
  const uid = secret.annotations.get(ACCOUNT_UID);
  return uid !== undefined && uid !== '' && account?.uid !== undefined && account.uid !== uid;
}

export const tokenFor = defineTechnique({
  id: 'token-for',
  title: 'Is a token of a service account',
  class: 'token',
  walked: true,
  from: ['secret'],
  to: ['service-account'],
  action: 'Uses the token in the secret, which never expires, as the service account.',
  precondition:
    'The secret has type `kubernetes.io/service-account-token`, its annotations name a service account of the same namespace that exists (and no earlier one by its uid), and it is not marked as invalid.',
  remediation: 'Delete the secret and use short-lived tokens from TokenRequest.',
  coverage: { level: 'full' },
  attck: ['T1528'],
  references: ['https://kubernetes.io/docs/concepts/security/service-accounts/#get-a-token'],
  find({ inventory, nodes, accountExists }, emit) {
    for (const secret of inventory.kubernetes.secrets) {
      const account = secret.annotations.get(ACCOUNT);
      if ((secret.type ?? TYPE) !== TYPE || account === undefined || secret.labels.has(INVALID_SINCE)) continue;
      if (!accountExists(secret.namespace, account)) continue;
      const to = nodes.intern('service-account', account, secret.namespace);
      if (isOfAnEarlierAccount(secret, nodes.records[to] as ServiceAccount | undefined)) continue;
      emit(nodes.intern('secret', secret.name, secret.namespace), to, 0, secret.type === undefined ? 'conditional' : 'certain');
    }
  },
  changes({ nodes }, { from }) {
    return [`delete ${nodes.ids[from]}`];
  },
  explain({ nodes }, { from, to }) {
    const secret = nodes.records[from] as Secret;
    const named = objectEvidence(
      'Secret',
      secret,
      `/metadata/annotations/${ACCOUNT.replace('/', '~1')}`,
      `the token is for service account ${secret.namespace}/${nodes.names[to]}`,
    );
    const known = secret.type !== undefined;
    return {
      evidence: known ? [objectEvidence('Secret', secret, '/type', 'holds a token that does not expire'), named] : [named],
      ...(known ? {} : { hangsOn: `the secret being of type \`${TYPE}\`: its type was not read` }),
      fix: {
        says: 'delete the token; first see whether something still uses it (`kubernetes.io/legacy-token-last-used`)',
        command: kubectl(secret.namespace, 'delete', 'secret', secret.name),
        sideEffect: 'whatever still calls the API server with this token stops working',
      },
    };
  },
});
