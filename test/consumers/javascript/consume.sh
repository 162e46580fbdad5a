# The npm package in an empty JavaScript project, with require() and with import, and with other versions of Node.js.

# The lowest that the package allows, and the newest of each that is maintained.
node_versions=(20.9.0 22.23.3 24.21.0 26.10.0)

use_javascript() {
  wait_for_typescript || return
  project javascript
  # The same app, with require() for import.
  sed -E "s/^import \{/const {/; s/\} from ('.*');$/} = require(\1);/" app.mjs > app.cjs
  check 'install, without complaints of peer dependencies' install_npm_package || return
  check 'import has what require() has' node same-exports.mjs
  check 'synthesize with require(): equal' synthesizes_the_same app node app.cjs
  check 'synthesize with import: equal' synthesizes_the_same app node app.mjs
  check 'bad input: an Error with every problem' refuses 'Error: ProcessingJob' node bad-input.mjs
  for version in "${node_versions[@]}"; do
    check "install Node.js $version" install_node "$version" || continue
    check "synthesize with Node.js $version: equal" synthesizes_the_same app "node-$version/node_modules/node/bin/node" app.mjs
  done
}

install_node() {
  npm install --prefix "node-$1" --prefer-offline --no-audit --no-fund "node@$1" \
    && [ "$("node-$1/node_modules/node/bin/node" --version)" = "v$1" ]
}
