import type { ServedResource } from './catalogue.ts';

/** Status bodies word for word as kube-apiserver 1.36.2 printed them. */
export function statusBody(code: number, reason: string, message: string, more: object = {}): string {
  return `${JSON.stringify({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, ...more, code })}\n`;
}

export function forbiddenBody(user: string, { plural, groupVersion }: ServedResource, namespace: string | undefined): string {
  const group = groupVersion.includes('/') ? (groupVersion.split('/')[0] ?? '') : '';
  const qualified = group === '' ? plural : `${plural}.${group}`;
  const where = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  const message = `${qualified} is forbidden: User "${user}" cannot list resource "${plural}" in API group "${group}" ${where}`;
  return statusBody(403, 'Forbidden', message, { details: { ...(group === '' ? {} : { group }), kind: plural } });
}

export function forbiddenPathBody(user: string, path: string): string {
  return statusBody(403, 'Forbidden', `forbidden: User "${user}" cannot get path "${path}"`, { details: {} });
}

export function unauthorizedBody(): string {
  return statusBody(401, 'Unauthorized', 'Unauthorized');
}

export function expiredBody(token: string): string {
  const message =
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';
  const body = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: { continue: token },
    status: 'Failure',
    message,
    reason: 'Expired',
    code: 410,
  };
  return `${JSON.stringify(body)}\n`;
}

export function invalidContinueBody(): string {
  const message = "invalid continue token: continue key is not valid: invalid character 'o' in literal null (expecting 'u')";
  return statusBody(400, 'BadRequest', message);
}
