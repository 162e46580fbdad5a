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
  check 'synthesize the app of docs/go.md: equal' synthesizes_the_same nightly bin/nightly
  check 'snippets of docs/go.md' runs_snippets bin/readme
  check 'go doc ProcessingJob: its example is in Go' shows_example go.txt 'NewProcessingJob(this, jsii.String("Prepare"),' \
    env GOFLAGS=-mod=mod go doc -all github.com/cdk-sagemaker-jobs/cdk-sagemaker-jobs-go/cdksagemakerjobs ProcessingJob
  check 'no example is in TypeScript' has_no_typescript "$packages/go/cdksagemakerjobs" --include='*.go'
  check 'bad input: a panic with every problem' refuses 'panic: ProcessingJob' bin/badinput
}
