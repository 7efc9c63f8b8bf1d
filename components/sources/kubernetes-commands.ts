/** Writes every list of a cluster that Podreach would miss, but that of secrets, into a snapshot's folder; a list that the server does not have leaves no file. */
export const KUBERNETES_COMMANDS = `dir=snapshot/kubernetes; mkdir -p "$dir"
for kind in namespaces nodes pods serviceaccounts roles rolebindings \\
    clusterroles clusterrolebindings deployments replicasets \\
    statefulsets daemonsets jobs cronjobs replicationcontrollers \\
    networkpolicies services endpointslices ingresses ingressclasses \\
    persistentvolumes persistentvolumeclaims storageclasses \\
    customresourcedefinitions apiservices \\
    mutatingwebhookconfigurations validatingwebhookconfigurations \\
    validatingadmissionpolicies validatingadmissionpolicybindings \\
    mutatingadmissionpolicies mutatingadmissionpolicybindings; do
  kubectl get "$kind" -A -o json > "$dir/$kind.json" || rm "$dir/$kind.json"
done
kubectl version -o json > "$dir/version.json"
kubectl get configmap aws-auth -n kube-system -o json \\
  > "$dir/aws-auth.json" 2>&1
kubectl get --raw /.well-known/openid-configuration \\
  > "$dir/openid-configuration.json"`;
