/** What an answer's path says of it. */
export interface GcpOrigin {
  /** As it is shown. */
  readonly file: string;
  /** `iam.v1.projects.serviceAccounts.getIamPolicy` or `gcloud-iam-service-accounts-get-iam-policy`. */
  readonly method?: string;
  /** What stands behind the method, without `.json` and the page: `acme-prod`, `acme-prod/db-password`. */
  readonly resource?: string;
}

// `SERVICE.VERSION.METHOD` as the REST reference names it, or `gcloud-GROUP-…-COMMAND`.
const METHOD = /^(?:[a-z]{2,40}\.v\d{1,2}(?:(?:alpha|beta)\d{0,2})?(?:\.[A-Za-z]{1,60}){1,8}|gcloud(?:-[a-z]{1,40}){2,12})$/;

/**
 * The last folder that names a method, and what follows it: `…/METHOD/RESOURCE.json`, `…/METHOD/RESOURCE.page-2.json`,
 * `…/METHOD/PROJECT/RESOURCE.json`. A resource may be written in full (`projects/P/secrets/S`) and percent-encoded.
 */
export function gcpOriginOf({ file, path }: { readonly file: string; readonly path: string }): GcpOrigin {
  const parts = path.split(/[\\/]/);
  for (let at = parts.length - 1; at >= 0; at -= 1) {
    const part = (parts[at] as string).replace(/\.(?:json|ya?ml)(?:\.gz)?$/i, '');
    if (!METHOD.test(part)) continue;
    const resource = withoutEnding(parts.slice(at + 1).join('/'));
    return { file, method: part, ...(resource === '' ? {} : { resource }) };
  }
  return { file };
}

function withoutEnding(name: string): string {
  return decoded(name.replace(/\.(?:json|ya?ml)(?:\.gz)?$/i, '').replace(/\.page-\d{1,6}$/, ''));
}

/** Percent-encoding taken off where it is well-formed; a stray `%` is part of the name. */
function decoded(name: string): string {
  return /%(?![0-9A-Fa-f]{2})/.test(name) || /%(?:[89A-Fa-f][0-9A-Fa-f])/.test(name) ? name : decodeURIComponent(name);
}
