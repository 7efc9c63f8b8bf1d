import { Command } from '../ui/command.tsx';
import { Prose } from '../ui/prose.tsx';
import { Section } from '../ui/section.tsx';
import { KUBERNETES_COMMANDS } from './kubernetes-commands.ts';

const SECRETS = `kubectl get secrets -A -o json \\
  | jq 'del(.items[].stringData, .items[].metadata.annotations[
        "kubectl.kubernetes.io/last-applied-configuration"])
      | .items[].data |= ((. // {}) | map_values(""))' \\
  > snapshot/kubernetes/secrets.json`;

const AWS = `account=$(aws sts get-caller-identity --query Account --output text)
dir=snapshot/aws/$account; mkdir -p "$dir/iam-get-open-id-connect-provider"
aws iam get-account-authorization-details \\
  > "$dir/iam-get-account-authorization-details.json"
aws iam list-open-id-connect-providers \\
  > "$dir/iam-list-open-id-connect-providers.json"
for arn in $(aws iam list-open-id-connect-providers \\
    --query 'OpenIDConnectProviderList[].Arn' --output text); do
  name=$(echo "\${arn#*oidc-provider/}" | tr / _)
  aws iam get-open-id-connect-provider --open-id-connect-provider-arn "$arn" \\
    > "$dir/iam-get-open-id-connect-provider/$name.json"
done`;

const POD_IDENTITY = `cluster=YOUR-CLUSTER
account=$(aws sts get-caller-identity --query Account --output text)
dir=snapshot/aws/$account
mkdir -p "$dir/eks-describe-cluster" "$dir/eks-describe-pod-identity-association"
aws eks describe-cluster --name "$cluster" \\
  > "$dir/eks-describe-cluster/$cluster.json"
for id in $(aws eks list-pod-identity-associations --cluster-name "$cluster" \\
    --query 'associations[].associationId' --output text); do
  aws eks describe-pod-identity-association \\
    --cluster-name "$cluster" --association-id "$id" \\
    > "$dir/eks-describe-pod-identity-association/$id.json"
done`;

const PACK = 'tar czf snapshot.tar.gz snapshot';

const STEPS: readonly { readonly title: string; readonly says: string; readonly label: string; readonly command: string }[] = [
  {
    title: '1. Kubernetes',
    says: 'Needs `list` on these resources in all namespaces, and `get` on one ConfigMap, which only EKS has: “not found” is an answer too.',
    label: 'Copy Kubernetes commands',
    command: KUBERNETES_COMMANDS,
  },
  {
    title: '2. Names of secrets',
    says: 'Values never reach the file; Podreach would drop them while reading in any case.',
    label: 'Copy secrets command',
    command: SECRETS,
  },
  {
    title: '3. AWS account',
    says: 'Read-only calls; skip this where the cluster has no AWS account.',
    label: 'Copy AWS commands',
    command: AWS,
  },
  { title: '4. EKS and Pod Identity', says: 'Only where the cluster is EKS.', label: 'Copy EKS commands', command: POD_IDENTITY },
  {
    title: '5. Pack',
    says: 'Then load snapshot.tar.gz here, or start with `npm start -- --snapshot snapshot.tar.gz`.',
    label: 'Copy pack command',
    command: PACK,
  },
];

/** How to make a snapshot with kubectl and aws alone. */
export function MakeSnapshot() {
  return (
    <Section title="How to make a snapshot" hint="With kubectl and aws alone; nothing is installed in the cluster">
      <ol className="space-y-4">
        {STEPS.map((step) => (
          <li key={step.title}>
            <p className="font-medium text-sm">{step.title}</p>
            <p className="mb-1.5 text-muted text-xs">
              <Prose>{step.says}</Prose>
            </p>
            <Command text={step.command} label={step.label} />
          </li>
        ))}
      </ol>
    </Section>
  );
}
