import { qualifiedPlural } from '../../sources/kubernetes/resources.ts';
import { LISTED_RESOURCES, OPTIONAL_KINDS } from '../../sources/listed-resources.ts';

const PLAIN = LISTED_RESOURCES.filter(({ plural }) => plural !== 'secrets');

/** The two annotations that say whose token a Secret holds, as SECRETS_TEMPLATE asks for them. */
const ANNOTATIONS = `or (eq $k "kubernetes.io/service-account.name") (eq $k "kubernetes.io/service-account.uid")`;

/**
 * Prints Secrets as JSON without one value: kubectl gets them and only names leave it. `kubectl get` cannot ask for metadata alone.
 * Source: https://kubernetes.io/docs/reference/kubectl/#formatting-output, https://pkg.go.dev/text/template
 */
export const SECRETS_TEMPLATE = [
  String.raw`{"apiVersion":"v1","kind":"List","items":[{{range $i, $s := .items}}{{if $i}},{{end}}{{"\n"}}`,
  `{"apiVersion":"v1","kind":"Secret","type":{{printf "%q" $s.type}},"metadata":{"namespace":{{printf "%q" $s.metadata.namespace}},`,
  `"name":{{printf "%q" $s.metadata.name}},"uid":{{printf "%q" $s.metadata.uid}},`,
  `"labels":{ {{$sep := ""}}{{range $k, $v := $s.metadata.labels}}{{$sep}}{{printf "%q" $k}}:{{printf "%q" $v}}{{$sep = ","}}{{end}} },`,
  `"annotations":{ {{$sep := ""}}{{range $k, $v := $s.metadata.annotations}}{{if ${ANNOTATIONS}}}{{$sep}}{{printf "%q" $k}}:{{printf "%q" $v}}{{$sep = ","}}{{end}}{{end}} } },`,
  String.raw`"data":{ {{$sep := ""}}{{range $k, $v := $s.data}}{{$sep}}{{printf "%q" $k}}:""{{$sep = ","}}{{end}} } }{{end}}]}{{"\n"}}`,
].join('');

/**
 * The command that prints them. Go's `%q` writes some signs as JSON does not (`\a`, `\v`, `\x07`, `\U0010ffff`), and whoever may write an
 * annotation could make the whole list unreadable. Doubled backslashes go first, so that what is left of them begins an escape.
 * Source: https://pkg.go.dev/strconv#Quote
 */
export const SECRETS_COMMAND = String.raw`set -o pipefail; kubectl get secrets --all-namespaces -o go-template='${SECRETS_TEMPLATE}' |
    sed -e 's/\\\\/\\u005c/g' -e 's/\\a/\\u0007/g' -e 's/\\v/\\u000b/g' -e 's/\\x\(..\)/\\u00\1/g' -e 's/\\U......../\\ufffd/g'`;

/** Patterns for `case`: `GROUP/VERSION KIND` of what a server may not have; every kind of a group whose kinds are made at run time. */
const OPTIONAL_PATTERNS = [...OPTIONAL_KINDS]
  .flatMap(([group, kinds]) => (kinds === undefined ? [`'${group}/'*`] : [...kinds].map((kind) => `'${group}/'*' ${kind}'`)))
  .join('|');

/** The cluster of kubectl's current context. */
export const KUBERNETES = String.raw`
# ---- Kubernetes: the cluster of the current context (KUBECONFIG; kubectl config use-context)
failed_kubectl() { tr -cd '\011\012\040-\176' <"$SAID" | cut -c 1-2000 >"$1"; }

secrets_of_cluster() (
  ${SECRETS_COMMAND}
)

# What of the optional APIs this server has. A line is NAME [SHORTNAMES] APIVERSION NAMESPACED KIND; names are checked, as they name files.
optional_resources() (
  set -f
  while read -r line; do
    set -- $line
    [ $# -ge 4 ] || continue
    name=$1
    shift $(($# - 3))
    case "$1 $3" in ${OPTIONAL_PATTERNS}) name=$name.$(dirname "$1") ;; *) continue ;; esac
    case "$name" in [!a-z0-9]*|*[!a-z0-9.-]*) continue ;; esac
    printf '%s\n' "$name"
  done <"$NAMES/api-resources"
)

kubernetes() {
  local folder=kubernetes resource
  present kubectl "$folder" || return 0
  for resource in ${PLAIN.map(qualifiedPlural).join(' ')}; do
    note "kubectl: $resource"
    save failed_kubectl "$folder/$resource.json" kubectl get "$resource" --all-namespaces -o json
  done
  # Where one group does not answer, kubectl fails and prints the others all the same.
  kubectl api-resources --verbs=list --no-headers >"$NAMES/api-resources" 2>"$SAID" </dev/null || failed_kubectl "$OUT/$folder/api-resources.json"
  for resource in $(optional_resources); do
    note "kubectl: $resource"
    save failed_kubectl "$folder/$resource.json" kubectl get "$resource" --all-namespaces -o json
  done
  note 'kubectl: secrets (names of keys, no values)'
  save failed_kubectl "$folder/secrets.json" secrets_of_cluster
  save failed_kubectl "$folder/openid-configuration.json" kubectl get --raw /.well-known/openid-configuration
  save failed_kubectl "$folder/version.json" kubectl version -o json
  # The one ConfigMap that says who may enter an EKS cluster; other clusters have none.
  if ! save failed_kubectl "$folder/aws-auth.json" kubectl get configmap aws-auth --namespace kube-system -o json; then
    grep -q '(NotFound): configmaps "aws-auth" not found' "$folder_out/aws-auth.json" &&
      printf '%s\n' '{"apiVersion":"v1","kind":"Status","status":"Failure","reason":"NotFound","details":{"kind":"configmaps","name":"aws-auth"}}' >"$folder_out/aws-auth.json"
  fi
}
kubernetes
`.replaceAll('$folder_out', '$OUT/$folder');
