# The C# project of the .NET package: generated, and not compiled here.

use_dotnet() {
  check 'generate' package dotnet --code-only || return
  check 'the project has every type' node "$consumers/dotnet/check-types.js" "$repository/.jsii" "$packages/dotnet/CdkSagemakerJobs"
}
