#!/usr/bin/env bash
# Compiles and tests the library with these versions of its peer dependencies, in a copy with packages of its own.
#
# usage: test/versions/run.sh <version of aws-cdk-lib> <version of constructs> [argument of jest…]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
cdk=$1 constructs=$2
shift 2
# Below the home of no other package.json, so that no package outside of the copy is found.
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=20 JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION=20

git ls-files --cached --others --exclude-standard -z | xargs -0 ls -d 2> /dev/null | tar -cf - --files-from=- | tar -xf - -C "$copy"
cd "$copy"
npm install --save-dev --save-exact --prefer-offline --no-audit --no-fund "aws-cdk-lib@$cdk" "constructs@$constructs"
npm ls aws-cdk-lib constructs
echo "aws-cdk-lib $(node -p "require('aws-cdk-lib/package.json').version"), constructs $(node -p "require('constructs/package.json').version")"
npx projen bundle
npx projen compile
npx jest --ci "$@"
