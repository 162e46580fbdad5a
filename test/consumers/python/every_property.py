"""Every property of a processing job: as every-property.ts."""
import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2, aws_ecr as ecr, aws_iam as iam, aws_kms as kms, aws_s3 as s3, aws_sagemaker as sagemaker
import cdk_sagemaker_jobs as jobs

app = cdk.App()
stack = cdk.Stack(app, "Jobs")
bucket = s3.Bucket(stack, "Bucket")
key = kms.Key(stack, "Key")
instances = cdk.CfnParameter(stack, "Instances", type="Number", default=1)

minimal = jobs.ProcessingJob(
    stack, "Minimal",
    image=jobs.ProcessingImage.from_registry("123456789012.dkr.ecr.eu-west-1.amazonaws.com/python:3.13"),
    instance_type=jobs.ProcessingInstanceType.M5_XLARGE,
)

prepare = jobs.ProcessingJob(
    stack, "Prepare",
    arguments=["--days", "30"],
    code=jobs.ProcessingCode.from_asset("scripts/prepare.py", command=["python3", "-u"]),
    completion_timeout=cdk.Duration.minutes(90),
    environment={"A": "ü", "B": "two\nlines", "EMPTY": "", "STAGE": "prod"},
    experiment=jobs.ProcessingExperimentAssociation(experiment_name="churn", trial_name="first"),
    image=jobs.ProcessingImage.from_ecr_repository(ecr.Repository(stack, "Images"), "1.0"),
    inputs={
        "raw": jobs.ProcessingInput.from_s3(
            jobs.S3Location.from_bucket(bucket, "raw/"),
            compression=jobs.ProcessingInputCompression.GZIP,
            distribution=jobs.ProcessingDataDistribution.SHARDED_BY_S3_KEY,
            local_path="/opt/ml/processing/data",
            mode=jobs.ProcessingInputMode.PIPE,
        ),
        "manifest": jobs.ProcessingInput.from_manifest(jobs.S3Location.from_uri("s3://other/manifest.json")),
        "own": jobs.ProcessingInput.from_s3(jobs.S3Location.from_uri("s3://other/own/"), app_managed=True),
        "athena": jobs.ProcessingInput.from_athena(
            database="sales",
            output_format=jobs.AthenaResultFormat.PARQUET,
            output_location=jobs.S3Location.from_bucket(bucket, "athena/"),
            query_string="select 1",
        ),
        "redshift": jobs.ProcessingInput.from_redshift(
            cluster_id="cluster",
            cluster_role=iam.Role.from_role_arn(stack, "ClusterRole", "arn:aws:iam::123456789012:role/cluster"),
            database="sales",
            db_user="reader",
            output_format=jobs.RedshiftResultFormat.CSV,
            output_location=jobs.S3Location.from_bucket(bucket, "redshift/"),
            query_string="select 1",
        ),
    },
    instance_count=instances.value_as_number,
    instance_type=jobs.ProcessingInstanceType.of("ml.m5.large"),
    inter_container_traffic_encryption=True,
    max_runtime=cdk.Duration.hours(1),
    network_isolation=False,
    output_encryption_key=key,
    outputs={
        "train": jobs.ProcessingOutput.to_s3(
            jobs.S3Location.from_bucket(bucket, "train/"), upload_mode=jobs.ProcessingUploadMode.CONTINUOUS),
        "features": jobs.ProcessingOutput.to_feature_group(
            sagemaker.CfnFeatureGroup.from_feature_group_name(stack, "Features", "features")),
    },
    removal_policy=jobs.ProcessingJobRemovalPolicy.DELETE,
    rerun_trigger="2026-11-23",
    # What is None is not given.
    role=None,
    volume_encryption_key=key,
    volume_size=cdk.Size.gibibytes(50),
    vpc=ec2.Vpc.from_vpc_attributes(
        stack, "Vpc", vpc_id="vpc-1", availability_zones=["a", "b"], private_subnet_ids=["subnet-1", "subnet-2"]),
    vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS),
)
prepare.add_environment("ADDED", "later")
prepare.add_input("added", jobs.ProcessingInput.from_s3(jobs.S3Location.from_uri("s3://other/added/")))
prepare.add_output("results", jobs.ProcessingOutput.to_s3(jobs.S3Location.from_uri("s3://other/results/")))
prepare.add_request_override("NewMember", {"Count": 5, "Flag": True, "Text": "x", "List": [1, 2.5]})
prepare.add_request_override("ProcessingInputs.0.NewFlag", False)
prepare.add_request_deletion_override("ExperimentConfig.TrialName")
cdk.Tags.of(prepare).add("team", "data")

evaluate = jobs.ProcessingJob(
    stack, "Evaluate",
    image=jobs.ProcessingImage.from_registry("123456789012.dkr.ecr.eu-west-1.amazonaws.com/evaluate:1"),
    inputs={"train": jobs.ProcessingInput.from_s3(prepare.output_location("train"))},
    instance_preferences=[
        jobs.ProcessingInstancePreference(instance_type=jobs.ProcessingInstanceType.M5_XLARGE, instance_count=2),
        jobs.ProcessingInstancePreference(instance_type=jobs.ProcessingInstanceType.C5_XLARGE, instance_count=4),
    ],
    processing_job_name="evaluate",
)
evaluate.node.add_dependency(minimal)

cdk.CfnOutput(stack, "Message", value=evaluate.exit_message)
cdk.CfnOutput(stack, "Name", value=prepare.processing_job_name)
imported = jobs.ProcessingJob.from_processing_job_name(stack, "Nightly", "nightly")
cdk.CfnOutput(stack, "Imported", value=imported.processing_job_arn)
app.synth()
