import type { RawObject } from '../field-reader.ts';
import { isObject } from '../field-reader.ts';
import { type AzureList, type AzureOrigin, LIST_PERMISSIONS } from './azure-origin.ts';
import type { AzureGap } from './azure-sink.ts';

/** What each list holds, for gaps. */
export const LIST_NAMES: Readonly<Record<AzureList, string>> = {
  identities: 'user-assigned identities',
  'identity-credentials': 'federated credentials of identities',
  applications: 'Entra applications',
  'application-credentials': 'federated credentials of Entra applications',
  'service-principals': 'service principals',
  'group-members': 'members of Entra groups',
  'role-definitions': 'Azure role definitions',
  'role-assignments': 'Azure role assignments',
  'deny-assignments': 'Azure deny assignments',
  clusters: 'AKS clusters',
};

/** Error codes by which an answer is Azure's whatever its path: of Azure Resource Manager and of Microsoft Graph. */
const AZURE_ERRORS = new Set([
  'AuthorizationFailed',
  'LinkedAuthorizationFailed',
  'Authorization_RequestDenied',
  'InvalidAuthenticationToken',
  'InvalidAuthenticationTokenTenant',
  'ExpiredAuthenticationToken',
  'AuthenticationFailed',
  'SubscriptionNotFound',
  'ResourceGroupNotFound',
  'ResourceNotFound',
  'ParentResourceNotFound',
  'MissingSubscriptionRegistration',
  'Request_ResourceNotFound',
  'TooManyRequests',
  'DisallowedOperation',
]);
const REFUSED = /^(?:AuthorizationFailed|LinkedAuthorizationFailed|Authorization_RequestDenied|Forbidden|AccessDenied)$/i;
/** As ARM words a refusal: "… does not have authorization to perform action 'X' over scope …". */
const ACTION = /perform action '([A-Za-z0-9./*]{3,200})'/;

interface AzureError {
  readonly code: string;
  readonly message: string;
}

/** The error of `{"error": {code, message}}`, where it is one of Azure's: Google's has a number as its code. */
export function azureErrorOf(answer: RawObject, origin: AzureOrigin): AzureError | undefined {
  const { error } = answer;
  if (!isObject(error) || typeof error.code !== 'string') return undefined;
  if (origin.method === undefined && !AZURE_ERRORS.has(error.code)) return undefined;
  return { code: error.code.slice(0, 100), message: typeof error.message === 'string' ? error.message : '' };
}

/** A gap for an error that stands in an answer's place; names the action that is missing where the call was refused. */
export function errorGap({ code, message }: AzureError, origin: AzureOrigin): AzureGap {
  const refused = REFUSED.test(code);
  const named = ACTION.exec(message)?.[1];
  const permission = named ?? (origin.list === undefined ? undefined : LIST_PERMISSIONS[origin.list]);
  const where = origin.resource ?? origin.subscription;
  return {
    source: 'azure',
    what: origin.list === undefined ? `answer of ${origin.method ?? 'Azure'}` : LIST_NAMES[origin.list],
    ...(where === undefined ? {} : { where }),
    why: refused ? `Azure refused the call (\`${code}\`)` : `Azure answered with the error \`${code}\``,
    remedy:
      refused && permission !== undefined
        ? `collect it again with an identity that has \`${permission}\``
        : refused
          ? 'collect it again with an identity that may read it'
          : 'collect it again',
    ...(refused && permission !== undefined ? { permission } : {}),
    file: origin.file,
  };
}

/** A gap for a record that is there and cannot be read. */
export function malformedGap(what: string, at: { readonly file: string; readonly pointer: string; readonly why: string }): AzureGap {
  return {
    source: 'azure',
    what: `one of the ${what}`,
    where: at.file,
    why: `malformed: ${at.why}`,
    remedy: 'write the answer to the file again; the record was left out',
    file: at.file,
    pointer: at.pointer,
  };
}

/** A gap for a list whose last page is not there. */
export function cutOffGap(list: AzureList, origin: AzureOrigin): AzureGap {
  const where = origin.resource ?? origin.subscription;
  return {
    source: 'azure',
    what: LIST_NAMES[list],
    ...(where === undefined ? {} : { where }),
    why: 'the list is cut off and its last page is not there',
    remedy: 'follow the `nextLink` of the last page and add what it answers',
    permission: LIST_PERMISSIONS[list],
    file: origin.file,
  };
}
