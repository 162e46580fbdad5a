#!/usr/bin/env bash
# Uses the built package from Python, as its users do: builds the wheel, installs it in a virtual environment of its own,
# and runs the tests of this folder there.
#
# usage: test/python/run.sh
set -euo pipefail
tests=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(cd "$tests/../.." && pwd)
environment=$repository/.venv/python-consumer
wheels=$(mktemp -d)
trap 'rm -rf "$wheels"' EXIT
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=20 JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION=20
export PYTHONDONTWRITEBYTECODE=1

cd "$repository"
npx projen bundle
npx projen compile
npx jsii-pacmak --target python --outdir "$wheels"

if [ ! -x "$environment/bin/python" ]; then
  python3 -m venv "$environment"
fi
"$environment/bin/pip" install --quiet --disable-pip-version-check --requirement "$tests/requirements.txt"
# The version is always the same, so the wheel of an earlier run has to be replaced.
"$environment/bin/pip" install --quiet --disable-pip-version-check --force-reinstall --no-deps "$wheels"/python/*.whl
"$environment/bin/pip" check

cd "$tests"
"$environment/bin/python" run_tests.py
