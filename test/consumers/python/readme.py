"""Runs the snippets of docs/python.md, each with its own imports in a stack of its own, and synthesizes them."""
import re
import sys
from pathlib import Path

from aws_cdk import App, Stack, aws_iam, aws_secretsmanager, aws_sns
from constructs import Construct

[page, app] = Path(sys.argv[1]).read_text().split("## A whole app")
assert Path("nightly.py").read_text() in app
snippets = re.findall(r"^```python\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
[quick_start, *_] = snippets


def run(snippet: str, stack: Stack) -> None:
    """What a snippet does not say itself, those before it have said."""
    given = Construct(stack, "Given")
    made: dict[str, object] = {"self": given}
    exec(quick_start, made)
    exec(snippet, dict(
        self=stack, bucket=made["bucket"], prepare=made["prepare"], job=made["prepare"], topic=aws_sns.Topic(given, "Topic"), watcher=aws_iam.User(given, "Watcher"),
        credentials=aws_secretsmanager.Secret(given, "Credentials"),
    ))


app = App()
for number, snippet in enumerate(snippets):
    run(snippet, Stack(app, f"Snippet{number}"))
app.synth()
assert len(snippets) >= 6, len(snippets)
