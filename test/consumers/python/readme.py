"""Runs the snippets of docs/python.md, each in a stack of its own, and synthesizes them."""
import re
import sys
from pathlib import Path

import aws_cdk
import cdk_sagemaker_jobs
from aws_cdk import App, Stack, aws_iam, aws_s3, aws_secretsmanager, aws_sns
from aws_cdk.aws_events import RuleTargetInput
from aws_cdk.aws_events_targets import SnsTopic
from constructs import Construct

snippets = re.findall(r"^```python\n(.*?)^```$", Path(sys.argv[1]).read_text(), re.DOTALL | re.MULTILINE)
[quick_start, *_] = snippets


def run(snippet: str, stack: Stack) -> None:
    """What a snippet does not say itself, those before it have said."""
    given = Construct(stack, "Given")
    names = {**vars(aws_cdk), **vars(cdk_sagemaker_jobs), "RuleTargetInput": RuleTargetInput, "SnsTopic": SnsTopic, "self": given}
    exec(quick_start, names)
    names.update(
        self=stack, job=names["prepare"], topic=aws_sns.Topic(given, "Topic"), watcher=aws_iam.User(given, "Watcher"),
        credentials=aws_secretsmanager.Secret(given, "Credentials"),
    )
    exec(snippet, names)


app = App()
for number, snippet in enumerate(snippets):
    run(snippet, Stack(app, f"Snippet{number}"))
app.synth()
assert len(snippets) >= 6, len(snippets)
