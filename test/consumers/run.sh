#!/usr/bin/env bash
# Uses the packages as their users do: packages the library for each language, builds the same example app with each
# package in an empty folder, and expects the output of TypeScript's, to the byte. Bad input has to end in an exception
# of the language, with all that is wrong. What the language's own tools show of the documentation has to have examples
# of that language; test-reports/reference keeps it.
#
# usage: test/consumers/run.sh [typescript] [javascript] [python] [java] [go] [dotnet]   (without arguments: all)
#
# The languages are tried side by side. TypeScript always is, for its output is what the others are compared with.
set -uo pipefail
consumers=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(cd "$consumers/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
packages=$work/dist
reference=$repository/test-reports/reference

# What package managers and language runtimes leave behind is removed as well.
mkdir "$work/tmp" "$work/expected"
export TMPDIR=$work/tmp PYTHONDONTWRITEBYTECODE=1
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=20 JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION=20
# Of Node.js 26, which is newer than jsii's list.
export JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION=26
# The traces of warnings name files.
export CDK_CONTEXT_JSON='{"aws:cdk:disable-stack-trace":true}'

# check <name> <command…>: runs it as a test, whose output is shown only when it fails.
check() {
  local name=$1 start=$SECONDS log
  shift
  log=$(mktemp "$work/log.XXXXXX")
  if "$@" > "$log" 2>&1; then
    echo "  passed  $name ($((SECONDS - start)) s)"
  else
    echo "  FAILED  $name ($((SECONDS - start)) s)"
    tail -n 40 "$log" | cut -c 1-1000 | sed 's/^/          /'
    return 1
  fi
}

# package <target> <option…>: makes the package of a language, as a release does.
package() {
  (cd "$repository" && node_modules/.bin/jsii-pacmak --target "$1" --outdir "$packages" "${@:2}")
}

# project <language>: a copy of the example app, outside of this repository.
project() {
  mkdir "$work/$1" && cp -R "$consumers/$1/." "$consumers/scripts" "$consumers/scripts/prepare.py" "$work/$1" && cd "$work/$1"
}

wait_for_typescript() {
  until [ -e "$work/expected/complete" ]; do
    kill -0 "${lanes[typescript]}" 2> /dev/null || [ -e "$work/expected/complete" ] || { echo 'TypeScript made nothing to compare with.'; return 1; }
    sleep 0.2
  done
}

# synthesizes_the_same <app> <command…>: runs the app, and compares all that it writes with what TypeScript's wrote.
synthesizes_the_same() {
  local actual
  wait_for_typescript || return
  actual=$(mktemp -d "$work/actual.XXXXXX")
  CDK_OUTDIR=$actual "${@:2}" && diff -r "$work/expected/$1" "$actual"
}

# refuses <beginning> <command…>: expects a failure that begins as the language's do, and says what TypeScript's said.
refuses() {
  local beginning=$1 line
  shift
  wait_for_typescript || return
  if "$@" > refusal.log 2>&1; then
    echo 'It succeeded.'
    return 1
  fi
  cat refusal.log
  grep -qF "$beginning" refusal.log || { echo "Nothing begins with '$beginning'."; return 1; }
  while IFS= read -r line; do
    grep -qF -- "$line" refusal.log || { echo "This is missing: $line"; return 1; }
  done < "$work/expected/problems"
}

# runs_snippets <command…>: runs the snippets of the README, with the files that they speak of.
runs_snippets() {
  echo 'age,churned' > customers.csv && "$@"
}

# shows_example <file> <example> <command…>: what a tool of the language shows of ProcessingJob has the example in that language.
shows_example() {
  local file=$reference/$1 example=$2
  shift 2
  "$@" > "$file" || return
  grep -qF -- "$example" "$file" || { echo "This is missing in $file: $example"; return 1; }
  has_no_typescript "$file"
}

# has_no_typescript <file or folder…>: as every example of a construct in TypeScript has it.
has_no_typescript() {
  ! grep -rnE "\(this, '" "$@"
}

# compile: the assembly, when a file that it is made of is newer.
compile() {
  cd "$repository"
  npx projen bundle || return
  [ -e .jsii ] && [ -z "$(find src tsconfig.json package.json README.md -newer .jsii)" ] || npx projen compile
}

rosetta() {
  cd "$repository" && npx projen rosetta
}

all=(typescript javascript python java go dotnet)
for language in "${all[@]}"; do
  # shellcheck source=/dev/null
  source "$consumers/$language/consume.sh"
done
[ $# -gt 0 ] || set -- "${all[@]}"
languages=(typescript)
for language in "$@"; do
  [ "$language" = typescript ] || languages+=("$language")
done

mkdir -p "$reference"
{
  check 'compile' compile
  # As each package:* task does, for the examples of the packages.
  check 'translate the examples' rosetta
} | tee "$work/compile.out"
declare -A lanes
for language in "${languages[@]}"; do
  (
    start=$SECONDS
    echo "$language"
    "use_$language" || echo "  what follows in $language is left out"
    echo "  $((SECONDS - start)) s"
  ) > "$work/$language.out" 2>&1 &
  lanes[$language]=$!
done
for language in "${languages[@]}"; do
  wait "${lanes[$language]}"
  cat "$work/$language.out"
done

passed=$(cat "$work"/*.out | grep -c '^  passed  ')
failed=$(cat "$work"/*.out | grep -c '^  FAILED  ')
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
