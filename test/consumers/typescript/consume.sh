# The npm package in an empty TypeScript project. What it synthesizes is what the other languages are compared with.

use_typescript() {
  check 'package' package js || return
  tarball=$(echo "$packages"/js/*.tgz)
  check 'the package has every file that it needs, and no other' node "$consumers/typescript/check-files.js" "$repository" "$tarball"
  echo "          $(wc -c < "$tarball") bytes, $(tar -tzf "$tarball" | wc -l) files"
  project typescript
  check 'install, without complaints of peer dependencies' install_npm_package || return
  check 'compile, with all declarations checked' npx tsc || return
  check 'synthesize' env CDK_OUTDIR="$work/expected" node app.js || return
  check 'bad input: an Error with every problem' refuses_in_typescript
}

install_npm_package() {
  npm install --strict-peer-deps --no-audit --no-fund "$tarball" > "$work/install" 2>&1
  local code=$?
  cat "$work/install"
  [ $code -eq 0 ] && ! grep -iE 'peer|ERESOLVE|deprecated' "$work/install" && npm ls --all
}

refuses_in_typescript() {
  node bad-input.js > "$work/refusal" 2>&1 && return 1
  cat "$work/refusal"
  sed -n "/^Error: ProcessingJob 'Jobs\/Bad' has 3 problems:$/,/^See /{s/^Error: //;p}" "$work/refusal" > "$work/expected-problems"
  [ "$(wc -l < "$work/expected-problems")" -eq 5 ]
}
