"""Compiles C# with the Roslyn that an npm package brings: the library's generated code, an app, and the snippets of docs/csharp.md.

usage: compile.py <folder of Roslyn> <page> <app> <documentation to write> <generated library> <other sources…>
"""
import json
import re
import sys
import tempfile
from pathlib import Path

import clr_loader
import dotnetcore2
import pythonnet

roslyn, page, app, documentation, library, *others = (Path(argument).resolve() for argument in sys.argv[1:])
runtime = Path(dotnetcore2.__file__).parent / "bin"
with tempfile.NamedTemporaryFile("w", suffix=".runtimeconfig.json") as config:
    # Debian's ICU is newer than the runtime.
    json.dump({"runtimeOptions": {
        "tfm": "netcoreapp3.1", "framework": {"name": "Microsoft.NETCore.App", "version": "3.1.0"},
        "configProperties": {"System.Globalization.Invariant": True},
    }}, config)
    config.flush()
    pythonnet.set_runtime(clr_loader.get_coreclr(runtime_config=config.name, dotnet_root=str(runtime)))

import clr  # noqa: E402

sys.path.append(str(roslyn))
for name in ("Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp"):
    clr.AddReference(str(roslyn / f"{name}.dll"))

from Microsoft.CodeAnalysis import DiagnosticSeverity, DocumentationMode, MetadataReference, NullableContextOptions, OutputKind  # noqa: E402
from Microsoft.CodeAnalysis.CSharp import CSharpCompilation, CSharpCompilationOptions, CSharpParseOptions, CSharpSyntaxTree, LanguageVersion  # noqa: E402
from System.Reflection import AssemblyName  # noqa: E402

PARSING = CSharpParseOptions(LanguageVersion.CSharp9, DocumentationMode.Diagnose)


def parse(text: str, file: str):
    return CSharpSyntaxTree.ParseText(text, PARSING, file)


def sources(folder: Path) -> list:
    return [parse(file.read_text(), str(file)) for file in ([folder] if folder.is_file() else sorted(folder.rglob("*.cs")))]


def is_managed(file: Path) -> bool:
    try:
        return bool(AssemblyName.GetAssemblyName(str(file)))
    except Exception:
        return False


def program_of(snippets: list[str]) -> list:
    """Each snippet with its own imports in a stack of its own. What it does not say itself, those before it have said."""
    given = {
        "bucket": "Amazon.CDK.AWS.S3.Bucket", "prepare": "CdkSagemakerJobs.ProcessingJob", "job": "CdkSagemakerJobs.IProcessingJob",
        "topic": "Amazon.CDK.AWS.SNS.Topic", "credentials": "Amazon.CDK.AWS.SecretsManager.ISecret", "watcher": "Amazon.CDK.AWS.IAM.IGrantable",
    }
    trees = []
    for number, snippet in enumerate(snippets):
        imports = "".join(re.findall(r"^using .*;\n", snippet, re.MULTILINE))
        statements = re.sub(r"^using .*;\n", "", snippet, flags=re.MULTILINE)
        made = re.findall(r"^var (\w+) =", statements, re.MULTILINE)
        parameters = ", ".join(f"{type_} {name}" for name, type_ in given.items() if name not in made)
        trees.append(parse(
            f"{imports}namespace Snippet{number}\n{{\nclass Snippet : Amazon.CDK.Stack\n{{\nSnippet({parameters})\n{{\n{statements}}}\n}}\n}}\n",
            f"snippet {number + 1} of {page.name}",
        ))
    return trees


[text, end] = page.read_text().split("## A whole app")
assert app.read_text() in end, f"{page} shows another app than {app}"
snippets = re.findall(r"^```csharp\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
assert len(snippets) > 5, len(snippets)

of_library = sources(library)
of_apps = [*sources(app), *program_of(snippets)]
options = CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
options = options.WithNullableContextOptions(NullableContextOptions.Enable)
compilation = CSharpCompilation.Create("App").WithOptions(options)
framework = next((runtime / "shared" / "Microsoft.NETCore.App").iterdir())
for file in framework.glob("*.dll"):
    if is_managed(file):
        compilation = compilation.AddReferences(MetadataReference.CreateFromFile(str(file)))
compilation = compilation.AddSyntaxTrees(*of_library, *of_apps, *(tree for each in others for tree in sources(each)))

# Of the CDK there are declarations alone, which use each other where the library and the apps do not.
errors = [
    str(diagnostic)
    for tree in [*of_library, *of_apps]
    for diagnostic in compilation.GetSemanticModel(tree).GetDiagnostics()
    if diagnostic.Severity == DiagnosticSeverity.Error
]
job = compilation.GetTypeByMetadataName("CdkSagemakerJobs.ProcessingJob")
documentation.write_text("\n".join(
    [job.GetDocumentationCommentXml(), *(f"{member.ToDisplayString()}\n{member.GetDocumentationCommentXml()}" for member in job.GetMembers())]))
print(f"{len(of_library)} files of the library, the app, {len(snippets)} snippets: {len(errors)} errors")
print("\n".join(errors[:40]))
sys.exit(bool(errors))
