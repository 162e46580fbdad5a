from aws_cdk import App, CfnOutput, Duration, Stack, Tags
from aws_cdk.aws_s3 import Bucket
from cdk_sagemaker_jobs import (
    ProcessingCode,
    ProcessingDataDistribution,
    ProcessingImage,
    ProcessingInput,
    ProcessingInstanceType,
    ProcessingJob,
    ProcessingOutput,
    S3Location,
    SklearnVersion,
)
from constructs import Construct


class JobsStack(Stack):
    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        bucket = Bucket(self, "Bucket")
        image = ProcessingImage.scikit_learn(SklearnVersion.V1_2_1)

        prepare = ProcessingJob(
            self,
            "Prepare",
            image=image,
            code=ProcessingCode.from_asset("scripts/prepare.py"),
            inputs={
                "raw": ProcessingInput.from_s3(
                    S3Location.from_bucket(bucket, "raw/"), distribution=ProcessingDataDistribution.SHARDED_BY_S3_KEY
                ),
                "labels": ProcessingInput.from_s3(S3Location.from_bucket(bucket, "labels/")),
            },
            outputs={
                "train": ProcessingOutput.to_s3(S3Location.from_bucket(bucket, "train/")),
                "test": ProcessingOutput.to_s3(S3Location.from_bucket(bucket, "test/")),
            },
            environment={"STAGE": "test", "SEED": "42", "TEST_SHARE": "0.2", "LABEL": "species"},
            instance_type=ProcessingInstanceType.M5_XLARGE,
            instance_count=2,
            completion_timeout=Duration.minutes(30),
        )
        Tags.of(prepare).add("team", "data")
        Tags.of(prepare).add("stage", "test")

        evaluate = ProcessingJob(
            self,
            "Evaluate",
            image=image,
            code=ProcessingCode.from_asset("scripts/evaluate.py"),
            inputs={
                "train": ProcessingInput.from_s3(prepare.output_location("train")),
                "test": ProcessingInput.from_s3(prepare.output_location("test")),
            },
            outputs={"report": ProcessingOutput.to_s3(S3Location.from_bucket(bucket, "report/"))},
            instance_type=ProcessingInstanceType.of("ml.m5.large"),
            max_runtime=Duration.hours(1),
        )

        CfnOutput(self, "ExitMessage", value=evaluate.exit_message)
        CfnOutput(self, "Report", value=evaluate.output_location("report").uri)


app = App()
JobsStack(app, "Jobs")
app.synth()
