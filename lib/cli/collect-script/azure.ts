/** Subscriptions of Azure, by the path rules of lib/inventory/normalise/azure/azure-origin.ts. */
export const AZURE = String.raw`
# ---- Azure: AZURE_SUBSCRIPTIONS="ID ID", else the current subscription of az
failed_az() {
  local code
  code=$(grep -oE '\(([A-Za-z]{3,60})\)' "$SAID" | head -n 1 | tr -d '()')
  [ -n "$code" ] || code=$(grep -oE 'Authorization_RequestDenied|AuthorizationFailed' "$SAID" | head -n 1)
  [ -n "$code" ] || code=CommandFailed
  printf '{"error":{"code":"%s","message":"%s"}}\n' "$code" "$(said)" >"$1"
}

az_names() { names az "$@" --output tsv; }
# a COMMAND[/RESOURCE] COMMAND...
a() {
  local place=$1
  shift
  save failed_az "azure/$AZURE_FOLDER/az-$place.json" az "$@" --output json || return 1
  # An empty list, in the API's words: that nothing is there was read.
  [ "$(head -c 3 "$OUT/azure/$AZURE_FOLDER/az-$place.json")" = '[]' ] || return 0
  printf '{"value":[]}\n' >"$OUT/azure/$AZURE_FOLDER/az-$place.json"
}

azure_identities() {
  local subscription=$1 id group name
  a identity-list identity list --subscription "$subscription"
  az_names identity list --subscription "$subscription" --query '[].[id]' | while IFS= read -r id; do
    group=$(printf '%s' "$id" | cut -d / -f 5)
    name=$(printf '%s' "$id" | cut -d / -f 9)
    a "identity-federated-credential-list/$(encode "$group")/$(encode "$name")" \
      identity federated-credential list --subscription "$subscription" --resource-group "$group" --identity-name "$name"
  done
}

# Entra ID: names and ids alone, for applications print hints of their passwords.
azure_directory() {
  local id
  note 'az: applications'
  AZURE_FOLDER=directory
  a ad-app-list ad app list --all --query '[].{id:id,appId:appId,displayName:displayName,signInAudience:signInAudience}'
  az_names ad app list --all --query '[].[id]' | while IFS= read -r id; do
    a "ad-app-federated-credential-list/$(encode "$id")" ad app federated-credential list --id "$id"
  done
  a ad-sp-list ad sp list --all --query '[].{id:id,appId:appId,displayName:displayName,servicePrincipalType:servicePrincipalType}'
}

azure_subscription() {
  local subscription=$1 url
  note "az: subscription $subscription"
  AZURE_FOLDER=$subscription
  a aks-list aks list --subscription "$subscription"
  a role-definition-list role definition list --subscription "$subscription"
  a role-assignment-list role assignment list --all --include-inherited --subscription "$subscription"
  url="https://management.azure.com/subscriptions/$subscription/providers/Microsoft.Authorization/denyAssignments?api-version=2022-04-01"
  a rest-deny-assignments rest --method get --url "$url"
  azure_identities "$subscription"
}

azure() {
  local subscriptions subscription
  present az azure || return 0
  mkdir -p "$OUT/azure"
  subscriptions=$(printenv AZURE_SUBSCRIPTIONS) || subscriptions=$(az account show --query id --output tsv 2>/dev/null </dev/null)
  [ -n "$subscriptions" ] || printf 'error: az has no current subscription, so nothing was collected; run az login, or set AZURE_SUBSCRIPTIONS\n' >"$OUT/azure/not-collected.json"
  for subscription in $subscriptions; do azure_subscription "$subscription"; done
  [ -z "$subscriptions" ] || azure_directory
}
azure
`;
