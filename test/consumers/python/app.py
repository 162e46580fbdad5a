import aws_cdk as cdk
from aws_cdk import aws_s3 as s3
from cdk_sagemaker_jobs import (
    AutoMLDataset, AutoMLJob, AutoMLMode, AutoMLModel, AutoMLProblem, AutoMLEnsemblingAlgorithm, AutoMLMulticlassClassificationMetric, ProcessingCode,
    ProcessingDataDistribution, ProcessingImage, ProcessingInput, ProcessingInstanceType, ProcessingJob, ProcessingOutput, S3Location, ScikitLearnVersion,
)
from constructs import Construct


class JobsStack(cdk.Stack):
    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        bucket = s3.Bucket(self, "Bucket")
        image = ProcessingImage.scikit_learn(ScikitLearnVersion.V1_2_1)

        prepare = ProcessingJob(
            self, "Prepare",
            image=image,
            code=ProcessingCode.from_asset("scripts/prepare.py"),
            inputs={
                "raw": ProcessingInput.from_s3(
                    S3Location.from_bucket(bucket, "raw/"), distribution=ProcessingDataDistribution.SHARDED_BY_S3_KEY),
                "labels": ProcessingInput.from_s3(S3Location.from_bucket(bucket, "labels/")),
            },
            outputs={
                "train": ProcessingOutput.to_s3(S3Location.from_bucket(bucket, "train/")),
                "test": ProcessingOutput.to_s3(S3Location.from_bucket(bucket, "test/")),
            },
            environment={"STAGE": "test", "SEED": "42", "TEST_SHARE": "0.2", "LABEL": "species"},
            instance_type=ProcessingInstanceType.M5_XLARGE,
            instance_count=2,
            completion_timeout=cdk.Duration.minutes(30),
        )
        cdk.Tags.of(prepare).add("team", "data")
        cdk.Tags.of(prepare).add("stage", "test")
        prepare.add_request_override("NewMember.Count", 5)
        prepare.add_request_override("NewMember.Share", 2.5)
        prepare.add_request_override("NewMember.Flag", True)

        evaluate = ProcessingJob(
            self, "Evaluate",
            image=image,
            code=ProcessingCode.from_asset("scripts/evaluate.py"),
            inputs={
                "train": ProcessingInput.from_s3(prepare.output_location("train")),
                "test": ProcessingInput.from_s3(prepare.output_location("test")),
            },
            outputs={"report": ProcessingOutput.to_s3(S3Location.from_bucket(bucket, "report/"))},
            instance_type=ProcessingInstanceType.of("ml.m5.large"),
            max_runtime=cdk.Duration.hours(1),
        )

        species = AutoMLJob(
            self, "Species",
            training_data=AutoMLDataset.from_s3(prepare.output_location("train")),
            target_attribute_name="species",
            problem=AutoMLProblem.multiclass_classification(AutoMLMulticlassClassificationMetric.F1_MACRO),
            mode=AutoMLMode.ensembling(algorithms=[AutoMLEnsemblingAlgorithm.XGBOOST, AutoMLEnsemblingAlgorithm.RANDOM_FOREST]),
            output_location=S3Location.from_bucket(bucket, "automl/"),
            max_runtime=cdk.Duration.hours(3),
        )
        best = AutoMLModel(self, "Best", job=species)

        cdk.CfnOutput(self, "ExitMessage", value=evaluate.exit_message)
        cdk.CfnOutput(self, "Report", value=evaluate.output_location("report").uri)
        cdk.CfnOutput(self, "F1", value=species.best_candidate_metric_value)
        cdk.CfnOutput(self, "Model", value=best.model_name)


app = cdk.App()
JobsStack(app, "Jobs")
app.synth()
