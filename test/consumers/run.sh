#!/usr/bin/env bash
# Uses the packages as their users do: packages the library for each language, builds the same example app with each
# package in an empty folder, and expects the output of TypeScript's, to the byte. Bad input has to end in an exception
# of the language, with all that is wrong.
#
# usage: test/consumers/run.sh [typescript] [javascript] [java] [go] [dotnet]   (without arguments: all)
#
# TypeScript always runs, for its output is what the others are compared with.
set -uo pipefail
consumers=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(cd "$consumers/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
packages=$work/dist

# What package managers and language runtimes leave behind is removed as well.
mkdir "$work/tmp"
export TMPDIR=$work/tmp
# The Node.js versions of this library's users are tested elsewhere.
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=20 JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION=20

passed=0
failed=0

# check <name> <command…>: runs it as a test, whose output is shown only when it fails.
check() {
  local name=$1 start=$SECONDS
  shift
  if "$@" > "$work/log" 2>&1; then
    passed=$((passed + 1))
    echo "  passed  $name ($((SECONDS - start)) s)"
  else
    failed=$((failed + 1))
    echo "  FAILED  $name ($((SECONDS - start)) s)"
    tail -n 40 "$work/log" | sed 's/^/          /'
    return 1
  fi
}

# package <target> <option…>: makes the package of a language, as a release does.
package() {
  (cd "$repository" && node_modules/.bin/jsii-pacmak --target "$1" --outdir "$packages" "${@:2}")
}

# project <language>: a copy of the example app, outside of this repository.
project() {
  mkdir "$work/$1" && cp -R "$consumers/$1/." "$consumers/scripts" "$work/$1" && cd "$work/$1"
}

# synthesizes_the_same <command…>: runs the app, and compares all that it writes with what TypeScript's wrote.
synthesizes_the_same() {
  rm -rf "$work/actual"
  CDK_OUTDIR=$work/actual "$@" && diff -r "$work/expected" "$work/actual"
}

# refuses <beginning> <command…>: expects a failure that begins as the language's do, and says what TypeScript's said.
refuses() {
  local beginning=$1 line
  shift
  if "$@" > "$work/refusal" 2>&1; then
    echo 'It succeeded.'
    return 1
  fi
  cat "$work/refusal"
  grep -qF "$beginning" "$work/refusal" || { echo "Nothing begins with '$beginning'."; return 1; }
  while IFS= read -r line; do
    grep -qF -- "$line" "$work/refusal" || { echo "This is missing: $line"; return 1; }
  done < "$work/expected-problems"
}

for language in typescript javascript java go dotnet; do
  # shellcheck source=/dev/null
  source "$consumers/$language/consume.sh"
done

languages=${*:-typescript javascript java go dotnet}
check 'bundle of the handler' npm --prefix "$repository" exec -- projen bundle
for language in typescript $(tr ' ' '\n' <<< "$languages" | grep -vx typescript); do
  echo "$language"
  start=$SECONDS
  "use_$language" || echo "  what follows in $language is left out"
  echo "  $((SECONDS - start)) s"
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
