import itertools
import subprocess
import sys
import textwrap
import unittest
from typing import Optional

import aws_cdk as cdk
import cdk_sagemaker_jobs as jobs
from constructs import Construct

# One stack for all jobs, because a stack's provider takes its time.
STACK = cdk.Stack(cdk.App(), "Test")
SCOPES = itertools.count()
LOCATION = jobs.S3Location.from_uri("s3://data/")
SCRIPT = jobs.S3Location.from_uri("s3://data/prepare.py")


def new_job(scope: Optional[Construct] = None, **props) -> jobs.ProcessingJob:
    """A job with the least that it needs, and these properties."""
    least = {
        "image": jobs.ProcessingImage.from_registry("123456789012.dkr.ecr.eu-west-1.amazonaws.com/python:3.13"),
        "instance_type": jobs.ProcessingInstanceType.M5_XLARGE,
    }
    return jobs.ProcessingJob(scope or Construct(STACK, f"Scope{next(SCOPES)}"), "Job", **{**least, **props})


class BadInputTest(unittest.TestCase):
    """A mistake is an exception of Python that says what is wrong, and the app can go on."""

    def tearDown(self) -> None:
        # The process of the CDK's kernel is alive, so that the next error can be told as well.
        self.assertEqual(60, cdk.Duration.minutes(1).to_seconds())

    def refuses(self, type_of_error, message: str, make) -> None:
        with self.assertRaises(type_of_error) as raised:
            make()
        self.assertIn(message, str(raised.exception))
        self.assertNotIn("Cannot read properties", str(raised.exception))

    def refuses_all(self, type_of_error, cases) -> None:
        for name, (make, message) in cases.items():
            with self.subTest(name):
                self.refuses(type_of_error, message, make)

    def test_everything_that_is_wrong_is_one_error(self) -> None:
        with self.assertRaises(RuntimeError) as raised:
            new_job(
                arguments=["x" * 257],
                environment={"1ST": "x"},
                image=jobs.ProcessingImage.from_registry(""),
                inputs={
                    "raw": jobs.ProcessingInput.from_s3(jobs.S3Location.from_uri("data/raw"), local_path="/data"),
                    "zipped": jobs.ProcessingInput.from_s3(LOCATION, compression=jobs.ProcessingInputCompression.GZIP),
                },
                instance_count=101,
                instance_type=jobs.ProcessingInstanceType.of("m5.xlarge"),
                max_runtime=cdk.Duration.days(10),
                outputs={"train": jobs.ProcessingOutput.to_s3(LOCATION, local_path="train")},
            )
        lines = str(raised.exception).split("\n")
        self.assertRegex(lines[0], r"^(Error: )?ProcessingJob 'Test/Scope\d+/Job' has 10 problems:$")
        self.assertEqual("See https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html", lines[-1])
        self.assertEqual([
            "arguments[0]", "environment.1ST", "image", "inputs.raw.localPath", "inputs.raw.location", "inputs.zipped.compression", "instanceCount",
            "instanceType", "maxRuntime", "outputs.train.localPath",
        ], sorted(line.split(". ", 1)[1].split(" is ", 1)[0] for line in lines[1:-1]))
        self.assertIn(
            "instanceCount is 101: must be at most 100. Lower it. (ProcessingResources.ClusterConfig.InstanceCount)", str(raised.exception))

    def test_values_that_the_service_would_not_accept(self) -> None:
        self.refuses_all(RuntimeError, {
            "an empty name": (lambda: new_job(processing_job_name=""), "processingJobName is '': must have at least 1 character"),
            "an empty image": (lambda: new_job(image=jobs.ProcessingImage.from_registry("")), "image is '': must name an image"),
            "an empty location": (
                lambda: new_job(inputs={"raw": jobs.ProcessingInput.from_s3(jobs.S3Location.from_uri(""))}),
                "inputs.raw.location is '': must be a location in S3"),
            "an empty path": (
                lambda: new_job(inputs={"raw": jobs.ProcessingInput.from_s3(LOCATION, local_path="")}),
                "inputs.raw.localPath is '': must be a path below /opt/ml/processing/"),
            "an empty list": (lambda: new_job(arguments=[]), "arguments is []: must have at least 1 element"),
            "an empty name of an input": (lambda: new_job(inputs={"": jobs.ProcessingInput.from_s3(LOCATION)}), "inputs. is '': must have a name"),
            "a fraction": (lambda: new_job(instance_count=1.5), "instanceCount is 1.5: must be a whole number"),
            "a number beyond all numbers": (lambda: new_job(instance_count=10 ** 400), "instanceCount is Infinity: must be a whole number"),
            "zero": (lambda: new_job(instance_count=0), "instanceCount is 0: must be at least 1"),
            "a member of a struct": (
                lambda: new_job(experiment=jobs.ProcessingExperimentAssociation(experiment_name="a_b")), "experiment.experimentName is 'a_b': must be letters"),
            "a member of a dict": (lambda: new_job(experiment={"experiment_name": "a_b"}), "experiment.experimentName is 'a_b': must be letters"),
            "an element": (
                lambda: new_job(instance_type=None, instance_preferences=[
                    jobs.ProcessingInstancePreference(instance_type=jobs.ProcessingInstanceType.M5_XLARGE, instance_count=0)]),
                "instancePreferences[0].instanceCount is 0: must be at least 1"),
            "None where something is required": (lambda: new_job(instance_type=None), "instanceType is required"),
            "a file that is not there": (lambda: new_job(code=jobs.ProcessingCode.from_asset("nowhere.py")), "code is 'nowhere.py': must be a file"),
            "an output that is not there": (lambda: new_job().output_location("other"), "there is no output named 'other' in S3"),
            "a name that is taken": (
                lambda: new_job(environment={"A": "a"}).add_environment("A", "b"), "there is one named 'A' already"),
            "connections without a VPC": (lambda: new_job().connections, "it is not in a VPC: give it a vpc"),
        })

    def test_what_is_added_is_refused_at_synth(self) -> None:
        def synthesize() -> None:
            app = cdk.App()
            new_job(cdk.Stack(app, "Own")).add_environment("1ST", "x")
            app.synth()
        self.refuses(RuntimeError, "[Own/Job] environment.1ST is '1ST': must be letters, digits and underscores", synthesize)

    def test_values_of_a_wrong_type(self) -> None:
        """Refused by jsii, which checks the types of arguments in Python."""
        self.refuses_all(TypeError, {
            "text for an image": (
                lambda: new_job(image="python:3.13"), "argument image must be one of (cdk_sagemaker_jobs.ProcessingImage, NoneType)"),
            "None for the image of a definition": (
                lambda: jobs.ProcessingJobDefinition(cdk.Stack(), "Definition", image=None), "argument image must be cdk_sagemaker_jobs.ProcessingImage"),
            "text for a number": (lambda: new_job(instance_count="2"), "argument instance_count must be one of (int, float, NoneType)"),
            "a number for a Duration": (lambda: new_job(max_runtime=3600), "argument max_runtime must be one of (aws_cdk.Duration, NoneType)"),
            "a Size for a Duration": (
                lambda: new_job(max_runtime=cdk.Size.gibibytes(1)), "argument max_runtime must be one of (aws_cdk.Duration, NoneType)"),
            "a list for a dict": (lambda: new_job(environment=["A=a"]), "argument environment must be one of (Mapping[str, str], NoneType)"),
            "None in a list": (lambda: new_job(arguments=[None]), "argument arguments must be one of (Sequence[str], NoneType)"),
            "text for an enum": (lambda: new_job(removal_policy="STOP"), "argument removal_policy must be one of"),
            "another enum": (lambda: new_job(removal_policy=cdk.RemovalPolicy.RETAIN), "argument removal_policy must be one of"),
            "None for a location": (lambda: jobs.S3Location.from_uri(None), "argument uri must be str"),
            "None for an input": (lambda: new_job().add_input("raw", None), "argument input must be cdk_sagemaker_jobs.ProcessingInput"),
            "a number for text": (lambda: new_job().add_environment("A", 5), "argument value must be str"),
            "text for a switch": (lambda: jobs.ProcessingInput.from_s3(LOCATION, app_managed="yes"), "argument app_managed must be one of (bool, NoneType)"),
            "an unknown keyword": (lambda: new_job(instance_typ=None), "unexpected keyword argument 'instance_typ'"),
            "a missing keyword": (
                lambda: jobs.ProcessingJobDefinition(cdk.Stack(), "Definition"), "missing 1 required keyword-only argument: 'image'"),
            "an unknown member": (lambda: new_job(experiment={"experimentName": "a"}), "unexpected keyword argument 'experimentName'"),
            "a positional option": (lambda: jobs.ProcessingInput.from_s3(LOCATION, "/opt/ml/processing/raw"), "takes 2 positional arguments"),
        })

    def test_a_job_without_an_image(self) -> None:
        """A definition may have it, so the library refuses its absence."""
        self.refuses(RuntimeError, "image is required", lambda: new_job(image=None))

    def test_values_of_a_wrong_type_inside_of_values(self) -> None:
        """Refused by jsii's kernel, which names the way to the value."""
        self.refuses_all(RuntimeError, {
            "a number in a dict": (lambda: new_job(environment={"A": 5}), "Key 'environment'"),
            "None in a dict": (lambda: new_job(environment={"A": None}), "Key 'environment'"),
            "None for an input": (lambda: new_job(inputs={"raw": None}), "Key 'raw'"),
            "an output for an input": (lambda: new_job(inputs={"raw": jobs.ProcessingOutput.to_s3(LOCATION)}), "Key 'raw'"),
            "text for a list": (lambda: new_job(arguments="--days 30"), "Key 'arguments'"),
            "text for a list of a command": (lambda: jobs.ProcessingCode.from_s3(SCRIPT, command="python3"), "Key 'command'"),
            "None in a list": (lambda: new_job(security_groups=[None]), "Key 'securityGroups'"),
        })

    def test_value_classes_that_only_factories_make(self) -> None:
        for make in (
            lambda: new_job(image=jobs.ProcessingImage()),
            lambda: new_job(image=type("OwnImage", (jobs.ProcessingImage,), {})()),
        ):
            with self.assertRaises(AttributeError):
                make()

    def test_numbers_that_json_does_not_have(self) -> None:
        """jsii sends NaN to its kernel as JSON, which has none: the app ends, and shows what was sent."""
        programs = [subprocess.Popen([sys.executable, "-c", textwrap.dedent(f"""
            from test_bad_input import new_job
            new_job(instance_count=float("{value}"))
        """)], stderr=subprocess.PIPE, text=True) for value in ("nan", "inf")]
        for program in programs:
            _, output = program.communicate()
            self.assertNotEqual(0, program.returncode)
            self.assertIn("JSONDecodeError", output)
            self.assertRegex(output, r'"instanceCount": (NaN|Infinity)')
            self.assertIn("is not valid JSON", output)


if __name__ == "__main__":
    unittest.main()
