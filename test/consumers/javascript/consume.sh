# The npm package in an empty JavaScript project, with require() and with import.

use_javascript() {
  project javascript
  check 'install, without complaints of peer dependencies' install_npm_package || return
  check 'synthesize with require(): equal' synthesizes_the_same node app.cjs
  check 'synthesize with import: equal' synthesizes_the_same node app.mjs
  check 'bad input: an Error with every problem' refuses 'Error: ProcessingJob' node bad-input.mjs
}
