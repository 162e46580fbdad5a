# The C# project of the .NET package, compiled with an app and the snippets of its page. No registry that CI reaches has
# the SDK, so they are not run.

use_dotnet() {
  check 'generate' package dotnet --code-only || return
  project dotnet
  check 'the project has every type' node check-types.js "$repository/.jsii" "$packages/dotnet/CdkSagemakerJobs"
  check 'install the compiler' install_compiler || return
  check 'generate the part of the CDK that is used' generate_cdk || return
  check 'compile the library, the app and the snippets of docs/csharp.md' env LD_LIBRARY_PATH="$PWD/openssl/psycopg2_binary.libs" \
    environment/bin/python compile.py node_modules/@autorest/csharp "$repository/docs/csharp.md" NightlyApp.cs ProcessingJob.xml \
    "$packages/dotnet/CdkSagemakerJobs" cdk/dotnet JsiiRuntime.cs
  check 'XML documentation of ProcessingJob: its example is in C#' shows_example csharp.xml 'new ProcessingJob(this, "Prepare", new ProcessingJobProps {' \
    cat ProcessingJob.xml
  check 'no example is in TypeScript' has_no_typescript "$packages/dotnet/CdkSagemakerJobs" --include='*.cs'
}

install_compiler() {
  npm install --ignore-scripts --prefer-offline --no-audit --no-fund \
    && python3 -m venv environment \
    && environment/bin/pip install --quiet --disable-pip-version-check --requirement requirements.txt \
    && install_openssl
}

# The runtime is older than OpenSSL 3. A wheel for any version of Python brings the one before.
install_openssl() {
  environment/bin/pip install --quiet --disable-pip-version-check --no-deps --only-binary=:all: --python-version 3.11 --target openssl \
    psycopg2-binary==2.9.5 \
    && (cd openssl/psycopg2_binary.libs && ln -s libssl-*.so.1.1 libssl.so.1.1)
}

generate_cdk() {
  node part-of-cdk.js "$repository" part-of-cdk NightlyApp.cs "$repository/docs/csharp.md" || return
  local folder
  for folder in part-of-cdk "$repository/node_modules/constructs"; do
    "$repository/node_modules/.bin/jsii-pacmak" --target dotnet --code-only --outdir cdk "$folder" || return
  done
}
