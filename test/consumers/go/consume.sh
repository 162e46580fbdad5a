# The Go module, as a folder that replaces the published one.

use_go() {
  check 'package' package go || return
  project go
  # -mod=mod: the versions that the module asks for change with those of the library.
  check 'compile' env GOFLAGS=-mod=mod go build -o bin/ ./... || return
  # The order of the entries of a map is another each time.
  for run in 1 2 3; do
    check "synthesize, run $run: equal" synthesizes_the_same app bin/app
  done
  check 'snippets of docs/go.md' runs_snippets bin/readme
  check 'bad input: a panic with every problem' refuses 'panic: ProcessingJob' bin/badinput
}
