#!/usr/bin/env bash
# Compiles and tests the library with these versions of its peer dependencies, in a copy with packages of its own.
#
# usage: test/versions/run.sh <name of the report> <version of aws-cdk-lib> <version of constructs> [argument of jest…]
set -euo pipefail
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
report=$1 cdk=$2 constructs=$3
shift 3
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=20 JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION=20

# What is committed, and what is about to be.
cd "$repository"
git ls-files --cached --others --exclude-standard -z | xargs -0 ls -d 2> /dev/null | tar -cf - --files-from=- | tar -xf - -C "$copy"
cd "$copy"
npm install --save-dev --save-exact --prefer-offline --no-audit --no-fund "aws-cdk-lib@$cdk" "constructs@$constructs"
npm ls aws-cdk-lib constructs
npx projen bundle
npx projen compile
code=0
npx jest --ci "$@" || code=$?
mkdir -p "$repository/test-reports"
cp test-reports/junit.xml "$repository/test-reports/$report.xml"
exit "$code"
