from aws_cdk import App, Duration, Stack, Tags
from aws_cdk.aws_cloudwatch_actions import SnsAction
from aws_cdk.aws_ec2 import Vpc
from aws_cdk.aws_events_targets import SnsTopic
from aws_cdk.aws_s3 import Bucket
from aws_cdk.aws_scheduler import Schedule, ScheduleExpression
from aws_cdk.aws_sns import Topic
from aws_cdk.aws_stepfunctions import DefinitionBody, StateMachine
from cdk_sagemaker_jobs import (
    ProcessingCode, ProcessingImage, ProcessingInput, ProcessingInstanceType, ProcessingJob, ProcessingJobDefinition, ProcessingJobTarget,
    ProcessingOutput, RunProcessingJob, S3Location, ScikitLearnVersion,
)
from constructs import Construct


class NightlyStack(Stack):
    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        bucket = Bucket(self, "Bucket")
        topic = Topic(self, "Topic")

        # What runs: checked and granted once, with a network, a limit and tags.
        prepare = ProcessingJobDefinition(
            self, "Prepare",
            image=ProcessingImage.scikit_learn(ScikitLearnVersion.V1_2_1),
            code=ProcessingCode.from_asset("prepare.py"),
            inputs={"raw": ProcessingInput.from_s3(S3Location.from_bucket(bucket, "raw/"))},
            outputs={"train": ProcessingOutput.to_s3(S3Location.from_bucket(bucket, "train/"))},
            environment={"WHEN": "now"},
            instance_type=ProcessingInstanceType.M5_XLARGE,
            max_runtime=Duration.hours(1),
            vpc=Vpc(self, "Vpc", max_azs=2),
        )
        Tags.of(prepare).add("team", "data")
        prepare.on_failed("Failed", target=SnsTopic(topic))

        # It runs now, in the deployment …
        job = ProcessingJob(self, "Now", definition=prepare, completion_timeout=Duration.minutes(30))
        alarm = job.metric_memory_utilization(statistic="Maximum").create_alarm(
            self, "MemoryIsShort", threshold=90, evaluation_periods=3)
        alarm.add_alarm_action(SnsAction(topic))

        # … every night …
        Schedule(
            self, "EveryNight",
            schedule=ScheduleExpression.cron(hour="3", minute="0"),
            target=ProcessingJobTarget(prepare, environment={"WHEN": "<aws.scheduler.scheduled-time>"}),
        )

        # … and as a state of a state machine.
        state = RunProcessingJob.jsonata(self, "PrepareDay", definition=prepare, environment={"WHEN": "{% $states.input.day %}"})
        StateMachine(self, "Days", definition_body=DefinitionBody.from_chainable(state))


app = App()
NightlyStack(app, "Nightly")
app.synth()
