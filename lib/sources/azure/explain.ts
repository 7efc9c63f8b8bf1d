import { codeWord, commonRefusal } from '../refusal.ts';
import { isRecord, type Refusal, textOf } from '../rest-reader.ts';
import { AZURE_METHODS, type AzureMethodName, isGraph } from './methods.ts';

/**
 * What an answer that is not 200 means. Of the answer itself only the code is told: messages may quote anything.
 * Source: https://learn.microsoft.com/en-us/azure/azure-resource-manager/troubleshooting/common-deployment-errors,
 * https://learn.microsoft.com/en-us/graph/errors
 */
export function explainAzure(api: AzureMethodName, status: number, body: unknown): Refusal {
  const cloud = isGraph(api) ? 'Microsoft Graph' : 'Azure';
  const common = commonRefusal(status, cloud);
  if (common !== undefined) return common;
  const code = codeWord(textOf(isRecord(body) ? body.error : undefined, 'code'));
  const said = code === undefined ? String(status) : `${status} ${code}`;
  if (status === 401) {
    return {
      why: `${cloud} does not accept the credentials (${said})`,
      remedy: 'sign in to the tenant that it belongs to, with `az login --tenant TENANT`, and collect again',
    };
  }
  if (status === 403) return forbidden(api, said);
  if (code !== undefined && UNREGISTERED.has(code)) {
    return {
      why: `the subscription has not registered the resource provider (${said}), so it has none of these`,
      remedy: 'nothing is missing; where that is a surprise, look at `az provider list`',
    };
  }
  if (status === 404)
    return { why: `${cloud} knows no such thing (${said})`, remedy: 'check the id; if it was deleted, nothing is missing' };
  return {
    why: `${cloud} refused the request (${said})`,
    remedy: 'check the id of the subscription and which cloud it is in, and collect again',
  };
}

const UNREGISTERED = new Set(['MissingSubscriptionRegistration', 'SubscriptionNotRegistered']);

function forbidden(api: AzureMethodName, said: string): Refusal {
  const { permission } = AZURE_METHODS[api];
  const grant = isGraph(api)
    ? `have an administrator grant the Graph permission ${permission}, or the directory role Directory Readers, to whoever collects`
    : 'assign the role Reader on the subscription to whoever collects';
  return {
    why: `${isGraph(api) ? 'Microsoft Graph' : 'Azure'} forbids ${permission} (${said})`,
    remedy: `${grant} (docs/azure.md lists all that are needed)`,
    permission,
  };
}
