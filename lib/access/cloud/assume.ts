import type { Inventory } from '../../inventory/inventory.ts';
import { awsAssume } from '../aws/assume.ts';
import { azureAssume } from '../azure/assume.ts';
import { gcpAssume } from '../gcp/assume.ts';
import type { CloudProvider } from './link.ts';
import type { AssumeAnswer, AssumeQuestion, CloudRefusal } from './question.ts';

/** May one cloud identity become another of the same cloud? Which cloud it is, the names tell, or the one of them that does. */
export function cloudAssume(inventory: Inventory, question: AssumeQuestion): AssumeAnswer | CloudRefusal {
  const [from, to] = [providerOf(question.from), providerOf(question.to)];
  if (from !== undefined && to !== undefined && from !== to)
    return { error: `\`${question.from}\` and \`${question.to}\` are of two clouds; ask for two identities of one` };
  // Azure identities go by plain names too, which nothing tells from other words.
  const provider = from ?? to ?? (inventory.azure.subscriptions.length > 0 ? 'azure' : undefined);
  if (provider === undefined)
    return {
      error: `\`${question.from}\` is no cloud identity; give a role ARN, the email of a Google service account or an Azure client id`,
    };
  switch (provider) {
    case 'aws':
      return awsAssume(inventory, question);
    case 'gcp':
      return gcpAssume(inventory, question);
    case 'azure':
      return azureAssume(inventory, question);
  }
}

/** ARNs are Amazon's; emails, `principal://` names and `POOL[NS/NAME]` Google's; UUIDs and resource ids Microsoft's. */
export function providerOf(identity: string): CloudProvider | undefined {
  if (identity.startsWith('arn:')) return 'aws';
  if (/^(?:principal|principalSet):\/\//.test(identity) || /^(?:serviceAccount:|user:|group:)?[^\s@/]{1,320}@[^\s@]{1,320}$/.test(identity))
    return 'gcp';
  if (/^(?:(?:https:)?\/\/iam\.googleapis\.com\/(?:v1\/)?)?projects\/[^/]{1,100}\/serviceAccounts\//.test(identity)) return 'gcp';
  if (/^(?:serviceAccount:)?[^\s[\]/]{1,253}\[[^\s[\]/]{1,253}\/[^\s[\]/]{1,253}\]$/.test(identity)) return 'gcp';
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(identity) || /^\/subscriptions\//i.test(identity)) return 'azure';
  return undefined;
}
