import * as z from 'zod';

/**
 * What the REST APIs answer, as far as it is used; everything else is let through unread.
 * Source: the REST references of cloudresourcemanager v3, iam v1 and v2, container v1, storage v1 and secretmanager v1.
 */

const optionalString = z.string().nullish();
const strings = z.array(z.string()).nullish();

const conditionShape = z.looseObject({ title: optionalString, expression: z.string() });

export const policyShape = z.looseObject({
  bindings: z.array(z.looseObject({ role: z.string(), members: strings, condition: conditionShape.nullish() })).nullish(),
  resourceId: optionalString,
});

export const serviceAccountShape = z.looseObject({
  email: z.string(),
  uniqueId: optionalString,
  projectId: optionalString,
  disabled: z.boolean().nullish(),
});

export const roleShape = z.looseObject({
  name: z.string(),
  title: optionalString,
  includedPermissions: strings,
  stage: optionalString,
  deleted: z.boolean().nullish(),
});

const number = z.union([z.string(), z.number()]);

/** v3 names a project by its number in `name`; v1, which gcloud prints, has `projectNumber` and a parent of two parts. */
export const projectShape = z.looseObject({
  projectId: z.string(),
  name: optionalString,
  projectNumber: number.nullish(),
  parent: z.union([z.string(), z.looseObject({ type: z.string(), id: number })]).nullish(),
});

export const folderShape = z.looseObject({ name: z.string(), parent: optionalString });

const nodePoolShape = z.looseObject({
  name: z.string(),
  config: z
    .looseObject({
      serviceAccount: optionalString,
      oauthScopes: strings,
      workloadMetadataConfig: z.looseObject({ mode: optionalString, nodeMetadata: optionalString }).nullish(),
    })
    .nullish(),
});

export const clusterShape = z.looseObject({
  name: z.string(),
  selfLink: z.string(),
  endpoint: optionalString,
  workloadIdentityConfig: z.looseObject({ workloadPool: optionalString, identityNamespace: optionalString }).nullish(),
  autopilot: z.looseObject({ enabled: z.boolean().nullish() }).nullish(),
  legacyAbac: z.looseObject({ enabled: z.boolean().nullish() }).nullish(),
  nodePools: z.array(nodePoolShape).nullish(),
});

export const denyPolicyShape = z.looseObject({
  name: z.string(),
  rules: z
    .array(
      z.looseObject({
        description: optionalString,
        denyRule: z
          .looseObject({
            deniedPrincipals: strings,
            exceptionPrincipals: strings,
            deniedPermissions: strings,
            exceptionPermissions: strings,
            denialCondition: conditionShape.nullish(),
          })
          .nullish(),
      }),
    )
    .nullish(),
});

export const providerShape = z.looseObject({
  name: z.string(),
  disabled: z.boolean().nullish(),
  state: optionalString,
  oidc: z.looseObject({ issuerUri: optionalString, allowedAudiences: strings }).nullish(),
  attributeMapping: z.record(z.string(), z.string()).nullish(),
  attributeCondition: optionalString,
});

export const bucketShape = z.looseObject({ name: z.string(), projectNumber: number.nullish() });

/** `google.rpc.Status` inside an error answer. Source: https://cloud.google.com/apis/design/errors */
export const errorShape = z.looseObject({
  error: z.looseObject({ code: z.number(), message: optionalString, status: optionalString }),
});

export type PolicyAnswer = z.output<typeof policyShape>;
export type ServiceAccountAnswer = z.output<typeof serviceAccountShape>;
export type RoleAnswer = z.output<typeof roleShape>;
export type ProjectAnswer = z.output<typeof projectShape>;
export type ClusterAnswer = z.output<typeof clusterShape>;
export type DenyPolicyAnswer = z.output<typeof denyPolicyShape>;
export type ProviderAnswer = z.output<typeof providerShape>;
