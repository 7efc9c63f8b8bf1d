/**
 * How the API server calls the volume with the token that it adds; copies of one template share a record in which the random end is dropped.
 * Source: kubernetes/plugin/pkg/admission/serviceaccount/admission.go (`ServiceAccountVolumeName`)
 */
export const TOKEN_VOLUME = 'kube-api-access';

/** The same with its random end. */
export const GENERATED_TOKEN_VOLUME = /^kube-api-access-[a-z0-9]{5}$/;
