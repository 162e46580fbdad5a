"""What Python lets pass: each ends in an exception that says what is wrong, and the next call still works."""

import unittest

from aws_cdk import App, Duration, Stack
from cdk_sagemaker_jobs import (
    ProcessingCode,
    ProcessingImage,
    ProcessingInput,
    ProcessingInstanceType,
    ProcessingJob,
    ProcessingOutput,
    S3Location,
)


class BadInput(unittest.TestCase):
    def setUp(self) -> None:
        self.stack = Stack(App(), "Test")

    def job(self, id: str = "Job", **props):
        good = {"image": ProcessingImage.from_registry("image"), "instance_type": ProcessingInstanceType.M5_XLARGE}
        return ProcessingJob(self.stack, id, **{**good, **props})

    def assert_problem(self, *problems: str, **props) -> None:
        with self.assertRaises(RuntimeError) as caught:
            self.job(**props)
        for problem in problems:
            self.assertIn(problem, str(caught.exception))

    def assert_refused(self, name: str, action) -> None:
        """By the types of the package's Python code, or where these do not look, by what carries the call to Node.js."""
        with self.assertRaises((TypeError, RuntimeError)) as caught:
            action()
        self.assertIn(name, str(caught.exception))

    def test_all_problems_at_once(self) -> None:
        self.assert_problem(
            "has 10 problems:",
            "environment.1ST is '1ST': must be letters, digits and underscores, not beginning with a digit. Use '_1ST', for example.",
            "environment.LONG is a text of 300 characters: must have at most 256 characters, and has 300. Shorten it by 44.",
            "inputs.raw.localPath is '/data': must be a path below /opt/ml/processing/.",
            "inputs.raw.location is 'data/raw': must be a location in S3",
            "outputs.train.localPath is 'train': must be an absolute path.",
            "instanceCount is 0: must be at least 1. Raise it.",
            "instanceType is 'm5.xlarge': must begin with 'ml.', as SageMaker's instance types do. Use 'ml.m5.xlarge'.",
            "maxRuntime is 2592000 seconds: must be at most 777600 seconds. Lower it.",
            "processingJobName is 'my_job': must be letters, digits and hyphens",
            "entrypoint is []: must have at least 1 element.",
            environment={"1ST": "a", "LONG": "x" * 300},
            inputs={"raw": ProcessingInput.from_s3(S3Location.from_uri("data/raw"), local_path="/data")},
            outputs={"train": ProcessingOutput.to_s3(S3Location.from_uri("s3://data/train/"), local_path="train")},
            instance_count=0,
            instance_type=ProcessingInstanceType.of("m5.xlarge"),
            max_runtime=Duration.days(30),
            processing_job_name="my_job",
            entrypoint=[],
        )

    def test_empty_strings(self) -> None:
        self.assert_problem("image is '': must name an image.", image=ProcessingImage.from_registry(""))
        self.assert_problem("inputs.", "must have a name", inputs={"": ProcessingInput.from_s3(S3Location.from_uri("s3://data/"))}, id="B")
        self.assert_problem("processingJobName is ''", processing_job_name="", id="C")
        self.assert_problem("code is '", "does not exist", code=ProcessingCode.from_asset("no-such.py"), id="D")

    def test_none_is_not_given(self) -> None:
        self.job(environment=None, inputs=None, max_runtime=None, code=None, role=None)

    def test_none_for_what_is_required(self) -> None:
        self.assert_refused("image", lambda: self.job(image=None))
        self.assert_refused("location", lambda: ProcessingInput.from_s3(None))
        self.assert_refused("uri", lambda: S3Location.from_uri(None))

    def test_none_in_a_map(self) -> None:
        self.assert_refused("environment", lambda: self.job(environment={"A": None}))
        self.assert_refused("inputs", lambda: self.job(inputs={"raw": None}))

    def test_wrong_classes(self) -> None:
        self.assert_refused("image", lambda: self.job(image="image"))
        self.assert_refused("instance_type", lambda: self.job(instance_type="ml.m5.xlarge"))
        self.assert_refused("max_runtime", lambda: self.job(max_runtime=3600))
        self.assert_refused("inputs", lambda: self.job(inputs={"raw": "s3://data/raw/"}))
        self.assert_refused("outputs", lambda: self.job(outputs=[ProcessingOutput.to_s3(S3Location.from_uri("s3://data/"))]))
        self.assert_refused("volume_key", lambda: self.job(volume_key="arn:aws:kms:eu-west-1:123456789012:key/1"))

    def test_an_unknown_property(self) -> None:
        self.assert_refused("instance_typ", lambda: self.job(instance_typ=ProcessingInstanceType.M5_XLARGE))

    def test_not_a_whole_number(self) -> None:
        self.assert_problem("instanceCount is 1.5: must be a whole number.", instance_count=1.5)

    def test_an_error_is_not_the_end(self) -> None:
        self.assert_problem("instanceCount is 0", instance_count=0)
        self.job("Good")


class NotANumber(unittest.TestCase):
    def test_nan(self) -> None:
        """No JSON can say it, so what Python and Node.js speak to each other has no word for it."""
        stack = Stack(App(), "Test")
        with self.assertRaises(Exception) as caught:
            ProcessingJob(
                stack,
                "Job",
                image=ProcessingImage.from_registry("image"),
                instance_type=ProcessingInstanceType.M5_XLARGE,
                instance_count=float("nan"),
            )
        print(type(caught.exception), str(caught.exception)[:300])


if __name__ == "__main__":
    unittest.main()
