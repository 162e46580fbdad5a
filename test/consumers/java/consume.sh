# The jar, from a Maven repository on disk.

# A Maven repository of its own, which is kept: nothing of this version is left in the user's.
maven_repository=$repository/.venv/maven

use_java() {
  check 'package' package java --maven-local-repository "$maven_repository" || return
  # Packaging leaves the jar in that repository, and it has to come from the package.
  rm -rf "$maven_repository/io/github/cdksagemakerjobs"
  project java
  check 'compile' mvn --quiet --batch-mode -Dmaven.repo.local="$maven_repository" \
    compile org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath -Dmdep.outputFile=classpath.txt || return
  local java=(java -Djava.io.tmpdir="$TMPDIR" -classpath "target/classes:$(cat classpath.txt)")
  # The order of the entries of Map.of is another in each virtual machine.
  for run in 1 2 3; do
    check "synthesize, virtual machine $run: equal" synthesizes_the_same "${java[@]}" example.JobsApp
  done
  check 'bad input: a JsiiException with every problem' refuses 'software.amazon.jsii.JsiiE' "${java[@]}" example.BadInput
}
