/**
 * What every part of the script uses. Names of clusters, roles and projects only ever stand in quoted variables, never in code, so that
 * whoever chooses them chooses no command. What a command says when it fails takes the place of its answer, where the reader makes a gap of it.
 */
export const COMMON = String.raw`#!/usr/bin/env bash
# Collects a snapshot for Podreach: what kubectl, aws, gcloud and az print. It only reads, and writes no value of any Secret. Pods stand in it
# as kubectl prints them, with the variables that their manifests write out: treat the folder as what it is made of.
#
#   bash collect.sh [FOLDER]        # podreach-snapshot unless given; then: podreach links --snapshot FOLDER
set -u
umask 077
export LC_ALL=C

OUT=podreach-snapshot
[ $# -ge 1 ] && OUT=$1
case $OUT in -*) OUT=./$OUT ;; esac
mkdir -p "$OUT" || exit 1
NAMES=$(mktemp -d) || exit 1
trap 'rm -rf "$NAMES"' EXIT
SAID=$NAMES/said

note() { printf '%s\n' "$*" >&2; }

# A name as one part of a path. Letters, digits, dashes and the like stay as they are.
encode() { printf '%s' "$1" | sed -e 's/%/%25/g' -e 's|/|%2F|g' -e 's/:/%3A/g' -e 's/^\./%2E/'; }

# What a failed command said, as the inside of a JSON string.
said() { tr '\n\t' '  ' <"$SAID" | tr -cd '\040-\176' | tr -d '"\\' | cut -c 1-1000; }

# save FAILED FILE COMMAND...: what the command prints becomes FILE; where it fails, FAILED writes what it said there.
save() {
  local failed=$1 file=$OUT/$2
  shift 2
  mkdir -p "$(dirname "$file")"
  "$@" >"$file" 2>"$SAID" </dev/null && return 0
  "$failed" "$file"
  return 1
}

# names COMMAND...: one name a line; nothing where the command fails, for save has told why.
names() { "$@" 2>/dev/null </dev/null | tr '\t' '\n' | sed -e '/^$/d' -e '/^None$/d'; }

# present TOOL FOLDER: whether the command is installed; if not, that is on record.
present() {
  command -v "$1" >/dev/null 2>&1 && return 0
  mkdir -p "$OUT/$2"
  printf 'error: the command %s is not installed, so nothing of this was collected\n' "$1" >"$OUT/$2/not-collected.json"
  note "$1 is not installed: skipped"
  return 1
}
`;
