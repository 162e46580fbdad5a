# The jar, from a Maven repository on disk.

use_java() {
  # What an earlier run left in the user's repository is not to be used, and nothing is to be left there.
  local installed=$HOME/.m2/repository/io/github/cdksagemakerjobs
  rm -rf "$installed"
  check 'package' package java --maven-local-repository "$HOME/.m2/repository" || return
  rm -rf "$installed"
  project java
  check 'write the snippets of docs/java.md' node readme.js "$repository/docs/java.md" src/main/java/example || return
  check 'compile' mvn --quiet --batch-mode \
    compile org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath -Dmdep.outputFile=classpath.txt || return
  local java=(java -Djava.io.tmpdir="$TMPDIR" -classpath "target/classes:$(cat classpath.txt)")
  # The order of the entries of Map.of is another in each virtual machine.
  for run in 1 2 3; do
    check "synthesize, virtual machine $run: equal" synthesizes_the_same app "${java[@]}" example.JobsApp
  done
  check 'synthesize the app of docs/java.md: equal' synthesizes_the_same nightly "${java[@]}" example.NightlyApp
  check 'snippets of docs/java.md' runs_snippets "${java[@]}" example.Readme
  check 'bad input: a JsiiException with every problem' refuses 'software.amazon.jsii.JsiiE' "${java[@]}" example.BadInput
  check 'Javadoc of ProcessingJob: its example is in Java' shows_example java.txt 'ProcessingJob.Builder.create(this, "Prepare")' javadoc_of ProcessingJob
  check 'no example is in TypeScript' has_no_typescript javadoc
  rm -rf "$installed"
}

# javadoc_of <class>: the text of its page.
javadoc_of() {
  unzip -q -o -d javadoc "$packages"/java/io/github/cdksagemakerjobs/cdk-sagemaker-jobs/*/*-javadoc.jar
  python3 page_text.py "javadoc/io/github/cdksagemakerjobs/$1.html"
}
