import type * as z from 'zod';
import { diagnoseIn } from '../../access/cloud/diagnosis/diagnose.ts';
import type { DiagnosisAnswer } from '../../api/identities-contract.ts';
import type { DiagnosisRequest } from '../../api/requests.ts';
import type { Dataset } from '../dataset.ts';
import { Refused } from '../problem.ts';
import { linkWorld } from './cloud-links.ts';
import { identitySummary } from './identity-summary.ts';

/** Links are told with their evidence for at most so many. */
const MOST_LINKS = 100;

/** Why a service account's cloud identities work or do not, and what its links rest on. */
export function diagnosisAnswer(data: Dataset, { account, identity }: z.infer<typeof DiagnosisRequest>): DiagnosisAnswer {
  const { diagnosis } = linkWorld(data);
  const all = diagnosis.links.get(account) ?? [];
  if (!diagnosis.accounts.has(account) && all.length === 0)
    throw new Refused(404, 'No such service account', `\`${account}\` is not in the data; name one as \`NAMESPACE/NAME\``);
  const links = identity === undefined ? all : all.filter((link) => link.identity === identity);
  const found = diagnoseIn(diagnosis, account, identity);
  const named = new Set([...found.chains, ...links.slice(0, MOST_LINKS)].map(({ identity: name }) => name));
  return {
    ...found,
    identities: [...named].map((name) => identitySummary(data, name)),
    links: {
      total: links.length,
      items: links.slice(0, MOST_LINKS).map(({ provider, identity: to, method, audience, state, code, reason, dependsOn, evidence }) => ({
        provider,
        identity: to,
        method,
        audience,
        state,
        code,
        reason,
        dependsOn: dependsOn ?? [],
        evidence,
      })),
    },
  };
}
