# The npm package in an empty TypeScript project, of CommonJS and of ES modules. What it synthesizes is what the other
# languages are compared with.

use_typescript() {
  check 'package' package js || return
  tarball=$(echo "$packages"/js/*.tgz)
  check 'the package has every file that it needs, and no other' node "$consumers/typescript/check-files.js" "$repository" "$tarball"
  echo "          $(wc -c < "$tarball") bytes, $(tar -xzOf "$tarball" | wc -c) unpacked, $(tar -tzf "$tarball" | wc -l) files"
  project typescript
  cp app.ts app.mts
  check 'install, without complaints of peer dependencies' install_npm_package || return
  check 'compile, with all declarations checked' npx tsc || return
  check 'synthesize' env CDK_OUTDIR="$work/expected/app" node app.js || return
  check 'synthesize with every property' env CDK_OUTDIR="$work/expected/every-property" node every-property.js
  check 'synthesize the app of docs/python.md and its like' env CDK_OUTDIR="$work/expected/nightly" node nightly.js
  check 'bad input: an Error with every problem' refuses_in_typescript
  touch "$work/expected/complete"
  check 'synthesize as an ES module: equal' synthesizes_the_same app node app.mjs
}

install_npm_package() {
  npm install --strict-peer-deps --prefer-offline --no-audit --no-fund "$(echo "$packages"/js/*.tgz)" > install.log 2>&1
  local code=$?
  cat install.log
  [ $code -eq 0 ] && ! grep -iE 'peer|ERESOLVE|deprecated' install.log && npm ls --all
}

refuses_in_typescript() {
  node bad-input.js > refusal.log 2>&1 && return 1
  cat refusal.log
  sed -n "/^Error: ProcessingJob 'Jobs\/Bad' has 3 problems:$/,/^See /{s/^Error: //;p}" refusal.log > "$work/expected/problems"
  [ "$(wc -l < "$work/expected/problems")" -eq 5 ]
}
