/** Annotations that change what a pod may do: AppArmor before 1.30, and identities that webhooks or agents inject. */
export function decidesForPod(annotation: string): boolean {
  return (
    annotation.startsWith('container.apparmor.security.beta.kubernetes.io/') ||
    annotation.startsWith('eks.amazonaws.com/') ||
    annotation.startsWith('azure.workload.identity/') ||
    annotation === 'iam.amazonaws.com/role'
  );
}
