import { command } from '../../shell.ts';
import type { ChainFacts } from './chain-facts.ts';
import type { Remedy } from './diagnosis.ts';

const identityOf = ({ link, world }: ChainFacts) =>
  world.inventory.azure.identities.find(({ clientId }) => clientId.toLowerCase() === link.identity.toLowerCase());

/**
 * The federated credential that fits the service account, and whether it is there for another audience: an identity has no two of one issuer and
 * subject, and 20 at most. Names are letters, digits, `-` and `_`; `create` with one that is taken would write over it.
 * Source: https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations
 */
export function fittingCredential(facts: ChainFacts) {
  const { link, namespace, name, world } = facts;
  const issuer = world.inventory.cluster.issuer ?? '<issuer of the cluster>';
  const subject = `system:serviceaccount:${namespace}:${name}`;
  const home = identityOf(facts)?.resourceId.toLowerCase();
  const own = world.inventory.azure.federatedCredentials.filter(({ identity }) => identity.toLowerCase() === home);
  const known = own.find((one) => one.issuer === issuer && one.subject === subject);
  const plain = `${namespace}-${name}`.replace(/[^A-Za-z0-9_-]/g, '-').slice(0, 110);
  const taken = new Set(own.map((one) => one.name.toLowerCase()));
  const free = [plain, ...own.map((_, place) => `${plain}-${place + 2}`)].find((one) => !taken.has(one)) ?? plain;
  return { isThere: known !== undefined, document: { name: known?.name ?? free, issuer, subject, audiences: [link.audience] } };
}

/** The command that gives the identity a federated credential for exactly this service account of this cluster. */
export function federatedCredential(facts: ChainFacts): Remedy {
  const identity = identityOf(facts);
  const {
    isThere,
    document: { name, ...rest },
  } = fittingCredential(facts);
  const says = isThere
    ? `let federated credential \`${name}\` accept the audience of the token`
    : "give the identity a federated credential for exactly this service account, with the cluster's issuer to the letter";
  const verb = isThere ? 'update' : 'create';
  if (identity?.kind === 'application') {
    const words = isThere
      ? [`--federated-credential-id=${name}`, `--parameters=${JSON.stringify(rest)}`]
      : [`--parameters=${JSON.stringify({ name, ...rest })}`];
    return { says, command: command('az', 'ad', 'app', 'federated-credential', verb, `--id=${facts.link.identity}`, ...words) };
  }
  const group = /\/resourceGroups\/([^/]{1,90})\//i.exec(identity?.resourceId ?? '')?.[1];
  const words = [
    `--name=${name}`,
    `--identity-name=${identity?.name ?? '<identity>'}`,
    `--resource-group=${group ?? '<resource group>'}`,
    `--issuer=${rest.issuer}`,
    `--subject=${rest.subject}`,
    `--audiences=${rest.audiences.join(' ')}`,
  ];
  return { says, command: command('az', 'identity', 'federated-credential', verb, ...words) };
}
