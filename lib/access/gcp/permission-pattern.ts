/**
 * Whether a pattern covers a permission. `*` stands for one part between dots, and at the end for everything that follows:
 * `compute.*`, `container.*.get`, `iam.serviceAccounts.actAs`.
 */
export function coversPermission(pattern: string, permission: string): boolean {
  const wanted = pattern.split('.');
  const parts = permission.split('.');
  for (const [at, want] of wanted.entries()) {
    if (want === '*' && at === wanted.length - 1) return parts.length > at;
    const part = parts[at];
    if (part === undefined || (want !== '*' && want !== part)) return false;
  }
  return parts.length === wanted.length;
}

/** Names that deny policies use for services whose permissions begin otherwise. Source: https://cloud.google.com/iam/docs/deny-permissions-support */
const SERVICE_OF_HOST = new Map([['cloudresourcemanager', 'resourcemanager']]);

/** A permission as roles name it, where deny policies' names (`iam.googleapis.com/serviceAccountKeys.create`) may be given; others stay. */
export function permissionName(text: string): string {
  const match = /^([a-z0-9-]{1,63})\.googleapis\.com\/(.{1,200})$/.exec(text);
  if (match === null) return text;
  const [, host = '', rest = ''] = match;
  return `${SERVICE_OF_HOST.get(host) ?? host}.${rest}`;
}

/**
 * Whether a permission of a deny policy covers a permission: `iam.googleapis.com/serviceAccountKeys.create`, with groups as
 * `iam.googleapis.com/serviceAccountKeys.*`, `iam.googleapis.com/*.create` and `iam.googleapis.com/*.*`.
 */
export function coversDenied(denied: string, permission: string): boolean {
  const pattern = permissionName(denied);
  return pattern !== denied && coversPermission(pattern, permissionName(permission));
}
