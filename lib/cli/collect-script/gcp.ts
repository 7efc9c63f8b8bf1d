/** Projects of Google Cloud, by the path rules of lib/inventory/normalise/gcp/gcp-origin.ts. */
export const GCP = String.raw`
# ---- Google Cloud: GCP_PROJECTS="acme-prod acme-data", else gcloud's current project
failed_gcloud() {
  local code=500 status=UNKNOWN word
  word=$(grep -oE 'PERMISSION_DENIED|NOT_FOUND|UNAUTHENTICATED|SERVICE_DISABLED|does not have permission|HTTPError 40[34]' "$SAID" | head -n 1)
  case $word in
    PERMISSION_DENIED | 'does not have permission' | 'HTTPError 403' | SERVICE_DISABLED) code=403 status=PERMISSION_DENIED ;;
    NOT_FOUND | 'HTTPError 404') code=404 status=NOT_FOUND ;;
    UNAUTHENTICATED) code=401 status=UNAUTHENTICATED ;;
  esac
  printf '{"error":{"code":%s,"status":"%s","message":"%s"}}\n' "$code" "$status" "$(said)" >"$1"
}

gcp_get() { gcloud --quiet --format json "$@"; }
# gcp_names COLUMN COMMAND...
gcp_names() {
  local column=$1
  shift
  names gcloud --quiet --format "value($column)" "$@"
}
# g COMMAND/RESOURCE GROUP COMMAND...
g() {
  local place=$1 rest=
  shift
  save failed_gcloud "gcp/gcloud-$place.json" gcp_get "$@" || return 1
  # An empty list says in the API's words alone of what it is the list.
  case $place in
    iam-service-accounts-list/*) rest=iam.v1.projects.serviceAccounts.list ;;
    iam-policies-list/*) rest=iam.v2.policies.denypolicies.list ;;
    *) return 0 ;;
  esac
  [ "$(head -c 3 "$OUT/gcp/gcloud-$place.json")" = '[]' ] || return 0
  mkdir -p "$OUT/gcp/$rest"
  printf '{}\n' >"$OUT/gcp/$rest/$(basename "$place").json"
}

gcp_policies() {
  local project=$1 name
  gcp_names email iam service-accounts list --project "$project" | while IFS= read -r name; do
    g "iam-service-accounts-get-iam-policy/$(encode "$name")" iam service-accounts get-iam-policy "$name" --project "$project"
  done
  # In the API's own words, which say whose project it is.
  g "storage-buckets-list/$(encode "$project")" storage buckets list --raw --project "$project"
  gcp_names name storage buckets list --project "$project" | while IFS= read -r name; do
    g "storage-buckets-get-iam-policy/$(encode "$name")" storage buckets get-iam-policy "gs://$name"
  done
  # The names of secrets and who may read them; never a version.
  gcp_names 'name.basename()' secrets list --project "$project" | while IFS= read -r name; do
    g "secrets-get-iam-policy/$(encode "$project")/$(encode "$name")" secrets get-iam-policy "$name" --project "$project"
  done
}

gcp_deny_policies() {
  local kind=$1 id=$2 point name
  point=cloudresourcemanager.googleapis.com/$kind/$id
  g "iam-policies-list/$(encode "$kind/$id")" iam policies list --attachment-point "$point" --kind denypolicies
  # The list leaves the rules out.
  gcp_names 'name.basename()' iam policies list --attachment-point "$point" --kind denypolicies | while IFS= read -r name; do
    g "iam-policies-get/$(encode "$kind/$id")/$(encode "$name")" iam policies get "$name" --attachment-point "$point" --kind denypolicies
  done
}

gcp_ancestors() {
  local project=$1 id type
  gcp_names 'id,type' projects get-ancestors "$project" | paste - - 2>/dev/null | while IFS="$(printf '\t')" read -r id type; do
    case $type in
      folder)
        g "resource-manager-folders-describe/$(encode "$id")" resource-manager folders describe "$id"
        g "resource-manager-folders-get-iam-policy/$(encode "$id")" resource-manager folders get-iam-policy "$id"
        gcp_deny_policies folders "$id"
        ;;
      organization)
        g "organizations-get-iam-policy/$(encode "$id")" organizations get-iam-policy "$id"
        gcp_deny_policies organizations "$id"
        ;;
    esac
  done
}

gcp_pools() {
  local project=$1 pool
  g "iam-workload-identity-pools-list/$(encode "$project")" iam workload-identity-pools list --location global --project "$project"
  gcp_names 'name.basename()' iam workload-identity-pools list --location global --project "$project" | while IFS= read -r pool; do
    g "iam-workload-identity-pools-providers-list/$(encode "$project")/$(encode "$pool")" \
      iam workload-identity-pools providers list --workload-identity-pool "$pool" --location global --project "$project"
  done
}

# Every role that a collected policy names, with its permissions.
gcp_roles() {
  local role
  find "$OUT/gcp" -name '*.json' -exec grep -ohE '"(roles|projects/[a-z0-9.:-]+/roles|organizations/[0-9]+/roles)/[A-Za-z0-9_.]+"' {} + | tr -d '"' | sort -u >"$NAMES/roles"
  while IFS= read -r role; do
    # gcloud takes the whole name of a predefined role, and the last part of any other's.
    case $role in
      roles/*) set -- "$role" ;;
      projects/*) set -- "$(printf '%s' "$role" | cut -d / -f 4)" --project "$(printf '%s' "$role" | cut -d / -f 2)" ;;
      *) set -- "$(printf '%s' "$role" | cut -d / -f 4)" --organization "$(printf '%s' "$role" | cut -d / -f 2)" ;;
    esac
    g "iam-roles-describe/$(encode "$role")" iam roles describe "$@"
  done <"$NAMES/roles"
}

gcp_project() {
  local project=$1
  note "gcloud: project $project"
  g "projects-describe/$(encode "$project")" projects describe "$project"
  g "projects-get-iam-policy/$(encode "$project")" projects get-iam-policy "$project"
  g "iam-service-accounts-list/$(encode "$project")" iam service-accounts list --project "$project"
  g "iam-roles-list/$(encode "$project")" iam roles list --project "$project"
  g "container-clusters-list/$(encode "$project")" container clusters list --project "$project"
  gcp_deny_policies projects "$project"
  gcp_ancestors "$project"
  gcp_pools "$project"
  gcp_policies "$project"
}

gcp() {
  local projects project
  present gcloud gcp || return 0
  mkdir -p "$OUT/gcp"
  projects=$(printenv GCP_PROJECTS) || projects=$(gcloud --quiet config get-value project 2>/dev/null </dev/null)
  [ -n "$projects" ] || printf 'error: gcloud has no current project, so nothing was collected; set GCP_PROJECTS\n' >"$OUT/gcp/not-collected.json"
  for project in $projects; do gcp_project "$project"; done
  gcp_roles
}
gcp
`;
