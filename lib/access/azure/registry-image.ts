/** An image in Azure Container Registry as a pod names it. */
export interface AzureImage {
  /** Login server in lower case: `acmeprod.azurecr.io`. */
  readonly server: string;
  readonly repository: string;
  /** `latest` where the reference has neither tag nor digest. */
  readonly tag: string;
}

/** A reference that is longer than this is no image's: names and tags are limited to 255 and 128 characters. */
const LONGEST = 512;
const REFERENCE = /^([a-z0-9-]{5,60}(?:\.[a-z0-9-]{1,40}){0,2}\.azurecr\.(?:io|cn|us))\/([a-z0-9._/-]{1,256})(?::([\w.-]{1,128}))?$/i;

/**
 * Reads `NAME.azurecr.io/REPOSITORY:TAG`. Undefined for images of other registries and for images with a digest, which no push can
 * change. Format: https://learn.microsoft.com/azure/container-registry/container-registry-concepts
 */
export function mutableAzureImage(reference: string): AzureImage | undefined {
  if (reference.length > LONGEST || reference.includes('@')) return undefined;
  const [, server, repository, tag = 'latest'] = REFERENCE.exec(reference) ?? [];
  return server === undefined || repository === undefined ? undefined : { server: server.toLowerCase(), repository, tag };
}

/** What a push takes; the second where the registry asks for rights by repository. Source: https://learn.microsoft.com/azure/container-registry/container-registry-rbac-built-in-roles-overview */
export const PUSH_ACTIONS = [
  { action: 'Microsoft.ContainerRegistry/registries/push/write', data: false },
  { action: 'Microsoft.ContainerRegistry/registries/repositories/content/write', data: true },
] as const;

/** The registry that a scope names, in lower case; undefined where it names none. */
export const registryOfScope = (scope: string): string | undefined =>
  /\/providers\/microsoft\.containerregistry\/registries\/([^/]+)/.exec(scope.toLowerCase())?.[1];
