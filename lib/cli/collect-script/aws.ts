/** The account of the `aws` command's credentials, by the path rules of lib/inventory/normalise/aws-origin.ts. */
export const AWS = String.raw`
# ---- AWS: the account of the current credentials (AWS_PROFILE). Run it again with another profile and the same FOLDER for another account.
#      Regions: AWS_REGIONS="eu-west-1 eu-central-1", else the one that the credentials come with.
failed_aws() {
  local code
  code=$(sed -n 's/.*An error occurred (\([A-Za-z.]*\)).*/\1/p' "$SAID" | head -n 1)
  printf '{"Error":{"Code":"%s","Message":"%s"}}\n' "$code" "$(said)" >"$1"
}

export AWS_PAGER=
aws_get() { aws --output json "$@"; }
aws_names() { names aws --output text "$@"; }
# keep COMMAND/RESOURCE SERVICE COMMAND...: one answer of the account.
keep() {
  local place=$1
  shift
  save failed_aws "$AWS_FOLDER/$place.json" aws_get "$@"
}

aws_iam() {
  local arn
  note "aws $ACCOUNT: iam"
  keep iam-get-account-authorization-details iam get-account-authorization-details
  keep iam-list-open-id-connect-providers iam list-open-id-connect-providers
  aws_names iam list-open-id-connect-providers --query 'OpenIDConnectProviderList[].[Arn]' | while IFS= read -r arn; do
    keep "iam-get-open-id-connect-provider/$(encode "$arn")" iam get-open-id-connect-provider --open-id-connect-provider-arn "$arn"
  done
  keep iam-list-instance-profiles iam list-instance-profiles
}

aws_access_entries() {
  local cluster=$1 name
  keep "eks-list-access-entries/$(encode "$cluster")" eks list-access-entries --cluster-name "$cluster"
  aws_names eks list-access-entries --cluster-name "$cluster" --query 'accessEntries[].[@]' | while IFS= read -r name; do
    keep "eks-describe-access-entry/$(encode "$cluster.$name")" eks describe-access-entry --cluster-name "$cluster" --principal-arn "$name"
    keep "eks-list-associated-access-policies/$(encode "$cluster.$name")" eks list-associated-access-policies --cluster-name "$cluster" --principal-arn "$name"
  done
}

aws_cluster() {
  local cluster=$1 name
  note "aws $ACCOUNT: eks cluster $cluster"
  keep "eks-describe-cluster/$(encode "$cluster")" eks describe-cluster --name "$cluster"
  keep "eks-list-nodegroups/$(encode "$cluster")" eks list-nodegroups --cluster-name "$cluster"
  aws_names eks list-nodegroups --cluster-name "$cluster" --query 'nodegroups[].[@]' | while IFS= read -r name; do
    keep "eks-describe-nodegroup/$(encode "$cluster.$name")" eks describe-nodegroup --cluster-name "$cluster" --nodegroup-name "$name"
  done
  keep "eks-list-pod-identity-associations/$(encode "$cluster")" eks list-pod-identity-associations --cluster-name "$cluster"
  aws_names eks list-pod-identity-associations --cluster-name "$cluster" --query 'associations[].[associationId]' | while IFS= read -r name; do
    keep "eks-describe-pod-identity-association/$(encode "$cluster.$name")" eks describe-pod-identity-association --cluster-name "$cluster" --association-id "$name"
  done
  # A cluster that knows the ConfigMap aws-auth alone has none, and says so with an error.
  if ! grep -q '"authenticationMode": *"CONFIG_MAP"' "$OUT/$AWS_FOLDER/eks-describe-cluster/$(encode "$cluster").json"; then
    aws_access_entries "$cluster"
  fi
  keep "eks-list-addons/$(encode "$cluster")" eks list-addons --cluster-name "$cluster"
  aws_names eks list-addons --cluster-name "$cluster" --query 'addons[].[@]' | while IFS= read -r name; do
    keep "eks-describe-addon/$(encode "$cluster.$name")" eks describe-addon --cluster-name "$cluster" --addon-name "$name"
  done
}

aws_region() {
  local cluster tags=eks:cluster-name,eks:eks-cluster-name
  note "aws $ACCOUNT: region $AWS_REGION"
  keep "eks-list-clusters/$AWS_REGION" eks list-clusters
  while IFS= read -r cluster; do
    [ -n "$cluster" ] || continue
    tags=$tags,kubernetes.io/cluster/$cluster
    aws_cluster "$cluster"
  done <<END_OF_CLUSTERS
$(aws_names eks list-clusters --query 'clusters[].[@]')
END_OF_CLUSTERS
  keep "ec2-describe-instances/$AWS_REGION" ec2 describe-instances --filters "Name=tag-key,Values=$tags"
  keep "ecr-describe-repositories/$AWS_REGION" ecr describe-repositories
}

aws_units() {
  local unit
  keep "organizations-list-organizational-units-for-parent/$1" organizations list-organizational-units-for-parent --parent-id "$1"
  keep "organizations-list-accounts-for-parent/$1" organizations list-accounts-for-parent --parent-id "$1"
  aws_names organizations list-organizational-units-for-parent --parent-id "$1" --query 'OrganizationalUnits[].[Id]' | while IFS= read -r unit; do
    aws_units "$unit"
  done
}

# Only the management account and delegated administrators may read further than the first command.
aws_organization() {
  local id
  note "aws $ACCOUNT: organisation"
  keep organizations-describe-organization organizations describe-organization || return 0
  keep organizations-list-policies/SERVICE_CONTROL_POLICY organizations list-policies --filter SERVICE_CONTROL_POLICY || return 0
  aws_names organizations list-policies --filter SERVICE_CONTROL_POLICY --query 'Policies[].[Id]' | while IFS= read -r id; do
    keep "organizations-describe-policy/$(encode "$id")" organizations describe-policy --policy-id "$id"
    keep "organizations-list-targets-for-policy/$(encode "$id")" organizations list-targets-for-policy --policy-id "$id"
  done
  keep organizations-list-roots organizations list-roots
  keep organizations-list-accounts organizations list-accounts
  aws_names organizations list-roots --query 'Roots[].[Id]' | while IFS= read -r id; do aws_units "$id"; done
}

# A policy of a resource. That the resource is not there, or is somebody else's, is no gap of this account.
keep_policy() {
  keep "$@" && return 0
  grep -qE '"Code":"(NoSuchBucket|NotFoundException|MethodNotAllowed|RepositoryNotFoundException|NotFound|(AWS.SimpleQueueService.)?NonExistentQueue|QueueDoesNotExist)"' "$OUT/$AWS_FOLDER/$1.json" && rm -f "$OUT/$AWS_FOLDER/$1.json"
}

# The policies of the resources of this account that the collected policies name exactly, at most 2000. Whoever writes a policy may name
# anything, and aws takes file:// and http:// in place of a name for something to read: only what a name may be made of is one.
aws_resource_policies() {
  local arn service region name queue url
  note "aws $ACCOUNT: policies of the resources that policies name"
  sed -e 's/:\*"/"/g' -e 's/-??????"/"/g' "$OUT/aws/$ACCOUNT/iam-get-account-authorization-details.json" |
    grep -oE '"arn:aws[a-z-]*:(s3:::[A-Za-z0-9][A-Za-z0-9._-]+["/]|(kms|secretsmanager|sqs|sns|lambda|ecr):[a-z]+(-[a-z]+)+-[0-9]+:'"$ACCOUNT"':((secret|function):)?[A-Za-z0-9_/+=.@-]+")' |
    sed -e 's/^"//' -e 's|["/]$||' | sort -u | head -n 2000 >"$NAMES/resources"
  while IFS= read -r arn; do
    service=$(printf '%s' "$arn" | cut -d : -f 3)
    region=$(printf '%s' "$arn" | cut -d : -f 4)
    name=$(printf '%s' "$arn" | cut -d : -f 6-)
    case $service in
      s3) keep_policy "s3api-get-bucket-policy/$(encode "$name")" s3api get-bucket-policy --bucket "$name" ;;
      kms) case $name in key/*) keep_policy "kms-get-key-policy/$(encode "$arn")" kms get-key-policy --region "$region" --key-id "$arn" --policy-name default ;; esac ;;
      secretsmanager) keep_policy "secretsmanager-get-resource-policy/$(encode "$arn")" secretsmanager get-resource-policy --region "$region" --secret-id "$arn" ;;
      sqs)
        queue="sqs-get-queue-attributes/$(encode "$arn")"
        keep_policy "$queue" sqs get-queue-url --region "$region" --queue-name="$name"
        url=$(sed -n 's/.*"QueueUrl": *"\([^"]*\)".*/\1/p' "$OUT/$AWS_FOLDER/$queue.json" 2>/dev/null)
        [ -z "$url" ] || keep_policy "$queue" sqs get-queue-attributes --region "$region" --queue-url "$url" --attribute-names Policy QueueArn
        ;;
      sns) keep_policy "sns-get-topic-attributes/$(encode "$arn")" sns get-topic-attributes --region "$region" --topic-arn "$arn" ;;
      lambda) case $name in function:*) keep_policy "lambda-get-policy/$(encode "$arn")" lambda get-policy --region "$region" --function-name "$arn" ;; esac ;;
      ecr) keep_policy "ecr-get-repository-policy/$(encode "$arn")" ecr get-repository-policy --region "$region" --repository-name "$(printf '%s' "$name" | cut -d / -f 2-)" ;;
    esac
  done <"$NAMES/resources"
}

aws_account() {
  local region regions
  present aws aws || return 0
  # Version 1 of the command knows the second variable alone.
  [ -n "$(printenv AWS_REGION)" ] && [ -z "$(printenv AWS_DEFAULT_REGION)" ] && export AWS_DEFAULT_REGION="$AWS_REGION"
  ACCOUNT=$(aws_names sts get-caller-identity --query Account | head -n 1)
  case $ACCOUNT in
    [0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]) ;;
    *)
      mkdir -p "$OUT/aws"
      printf 'error: the aws command has no valid credentials, so nothing of AWS was collected; try aws sts get-caller-identity\n' >"$OUT/aws/not-collected.json"
      note 'aws: no valid credentials, skipped'
      return 0
      ;;
  esac
  AWS_FOLDER=aws/$ACCOUNT
  keep sts-get-caller-identity sts get-caller-identity
  aws_iam
  aws_organization
  aws_resource_policies
  regions=$(printenv AWS_REGIONS) || regions=$(printenv AWS_REGION) || regions=$(printenv AWS_DEFAULT_REGION) || regions=$(aws configure get region 2>/dev/null)
  [ -n "$regions" ] || note 'aws: no region is known, so no cluster was collected; set AWS_REGIONS'
  for region in $regions; do
    # A cluster of the same name may be in every region.
    AWS_FOLDER=aws/$region/$ACCOUNT AWS_REGION=$region
    export AWS_REGION AWS_DEFAULT_REGION=$region
    aws_region
  done
}
aws_account
`;
