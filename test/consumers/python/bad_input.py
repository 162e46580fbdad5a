import aws_cdk as cdk
from cdk_sagemaker_jobs import ProcessingImage, ProcessingInput, ProcessingInstanceType, ProcessingJob, S3Location, ScikitLearnVersion

ProcessingJob(
    cdk.Stack(cdk.App(), "Jobs"), "Bad",
    image=ProcessingImage.scikit_learn(ScikitLearnVersion.V1_2_1),
    entrypoint=["python3", "prepare.py"],
    environment={"1ST": "a"},
    inputs={"raw": ProcessingInput.from_s3(S3Location.from_uri("s3://data/raw/"), local_path="/data")},
    instance_type=ProcessingInstanceType.M5_XLARGE,
    max_runtime=cdk.Duration.days(30),
)
