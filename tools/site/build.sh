#!/usr/bin/env bash
# Builds the documentation's site in site/, from the Markdown of this repository and API.md, and checks it in a browser.
#
# usage: tools/site/build.sh [--no-browser]
set -euo pipefail
cd "$(dirname "$0")/../.."

venv=node_modules/.cache/site-venv
if ! cmp -s tools/site/requirements.txt "$venv/requirements.txt"; then
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check -r tools/site/requirements.txt
  cp tools/site/requirements.txt "$venv"
fi

rm -rf site
pages=$(mktemp -d)
trap 'rm -rf "$pages"' EXIT
python3 tools/site/pages.py "$pages"
DISABLE_MKDOCS_2_WARNING=true NO_MKDOCS_2_WARNING=1 "$venv/bin/mkdocs" build --quiet --strict --config-file "$pages/mkdocs.yml" --site-dir "$PWD/site"
cp "$pages/llms.txt" site
python3 tools/site/check_links.py site
if [ "${1:-}" != --no-browser ]; then
  browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
  if [ -z "$browser" ]; then
    echo 'There is no Chromium: installing that of Debian.'
    as_root=$([ "$(id -u)" = 0 ] || echo sudo)
    $as_root apt-get install -y -qq chromium > /dev/null 2>&1 || { $as_root apt-get update -qq && $as_root apt-get install -y -qq chromium > /dev/null; }
    browser=$(command -v chromium)
  fi
  node tools/site/browser.js site "$browser"
fi
