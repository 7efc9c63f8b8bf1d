/**
 * Annotations that change what a pod may do: AppArmor and seccomp before their fields (pod-security-admission still reads them), identities
 * that webhooks or agents inject, and the mark of a static pod's mirror (pkg/kubelet/types/pod_update.go, ConfigMirrorAnnotationKey).
 */
export function decidesForPod(annotation: string): boolean {
  return (
    annotation.startsWith('container.apparmor.security.beta.kubernetes.io/') ||
    annotation.startsWith('container.seccomp.security.alpha.kubernetes.io/') ||
    annotation === 'seccomp.security.alpha.kubernetes.io/pod' ||
    annotation.startsWith('eks.amazonaws.com/') ||
    annotation.startsWith('azure.workload.identity/') ||
    annotation === 'iam.amazonaws.com/role' ||
    annotation === 'kubernetes.io/config.mirror'
  );
}
