import { command } from '../../shell.ts';
import type { ChainFacts } from './chain-facts.ts';
import type { Remedy } from './diagnosis.ts';

/** The command that gives the identity a federated credential for exactly this service account of this cluster. */
export function federatedCredential({ link, namespace, name, world }: ChainFacts): Remedy {
  const identity = world.inventory.azure.identities.find(({ clientId }) => clientId.toLowerCase() === link.identity.toLowerCase());
  const group = /\/resourceGroups\/([^/]{1,90})\//i.exec(identity?.resourceId ?? '')?.[1];
  const issuer = world.inventory.cluster.issuer ?? 'ISSUER';
  const subject = `system:serviceaccount:${namespace}:${name}`;
  const says = "give the identity a federated credential for exactly this service account, with the cluster's issuer to the letter";
  if (identity?.kind === 'application') {
    const parameters = JSON.stringify({ name: `${namespace}-${name}`, issuer, subject, audiences: [link.audience] });
    return {
      says,
      command: command('az', 'ad', 'app', 'federated-credential', 'create', `--id=${link.identity}`, `--parameters=${parameters}`),
    };
  }
  const words = [
    `--name=${namespace}-${name}`,
    `--identity-name=${identity?.name ?? 'IDENTITY'}`,
    `--resource-group=${group ?? 'RESOURCE-GROUP'}`,
    `--issuer=${issuer}`,
    `--subject=${subject}`,
    `--audiences=${link.audience}`,
  ];
  return { says, command: command('az', 'identity', 'federated-credential', 'create', ...words) };
}
