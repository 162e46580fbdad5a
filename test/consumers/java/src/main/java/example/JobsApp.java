package example;

import io.github.cdksagemakerjobs.AutoMLDataset;
import io.github.cdksagemakerjobs.AutoMLJob;
import io.github.cdksagemakerjobs.AutoMLMode;
import io.github.cdksagemakerjobs.AutoMLModel;
import io.github.cdksagemakerjobs.AutoMLProblem;
import io.github.cdksagemakerjobs.AutoMLEnsemblingAlgorithm;
import io.github.cdksagemakerjobs.AutoMLEnsemblingOptions;
import io.github.cdksagemakerjobs.AutoMLMulticlassClassificationMetric;
import io.github.cdksagemakerjobs.ProcessingCode;
import io.github.cdksagemakerjobs.ProcessingDataDistribution;
import io.github.cdksagemakerjobs.ProcessingImage;
import io.github.cdksagemakerjobs.ProcessingInput;
import io.github.cdksagemakerjobs.ProcessingInstanceType;
import io.github.cdksagemakerjobs.ProcessingJob;
import io.github.cdksagemakerjobs.ProcessingOutput;
import io.github.cdksagemakerjobs.ProcessingS3InputOptions;
import io.github.cdksagemakerjobs.S3Location;
import io.github.cdksagemakerjobs.ScikitLearnVersion;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.services.s3.Bucket;
import software.constructs.Construct;

public class JobsApp {
  public static void main(String[] args) {
    App app = new App();
    new JobsStack(app, "Jobs");
    app.synth();
  }
}

class JobsStack extends Stack {
  JobsStack(Construct scope, String id) {
    super(scope, id);
    Bucket bucket = new Bucket(this, "Bucket");
    ProcessingImage image = ProcessingImage.scikitLearn(ScikitLearnVersion.V1_2_1);

    // The entries of Map.of have another order in each run of the virtual machine.
    ProcessingJob prepare = ProcessingJob.Builder.create(this, "Prepare")
        .image(image)
        .code(ProcessingCode.fromAsset("scripts/prepare.py"))
        .inputs(Map.of(
            "raw", ProcessingInput.fromS3(
                S3Location.fromBucket(bucket, "raw/"),
                ProcessingS3InputOptions.builder().distribution(ProcessingDataDistribution.SHARDED_BY_S3_KEY).build()),
            "labels", ProcessingInput.fromS3(S3Location.fromBucket(bucket, "labels/"))))
        .outputs(Map.of(
            "train", ProcessingOutput.toS3(S3Location.fromBucket(bucket, "train/")),
            "test", ProcessingOutput.toS3(S3Location.fromBucket(bucket, "test/"))))
        .environment(Map.of("STAGE", "test", "SEED", "42", "TEST_SHARE", "0.2", "LABEL", "species"))
        .instanceType(ProcessingInstanceType.M5_XLARGE)
        .instanceCount(2)
        .completionTimeout(Duration.minutes(30))
        .build();
    Tags.of(prepare).add("team", "data");
    Tags.of(prepare).add("stage", "test");
    prepare.addRequestOverride("NewMember.Count", 5);
    prepare.addRequestOverride("NewMember.Share", 2.5);
    prepare.addRequestOverride("NewMember.Flag", true);

    ProcessingJob evaluate = ProcessingJob.Builder.create(this, "Evaluate")
        .image(image)
        .code(ProcessingCode.fromAsset("scripts/evaluate.py"))
        .inputs(Map.of(
            "train", ProcessingInput.fromS3(prepare.outputLocation("train")),
            "test", ProcessingInput.fromS3(prepare.outputLocation("test"))))
        .outputs(Map.of("report", ProcessingOutput.toS3(S3Location.fromBucket(bucket, "report/"))))
        .instanceType(ProcessingInstanceType.of("ml.m5.large"))
        .maxRuntime(Duration.hours(1))
        .build();

    AutoMLJob species = AutoMLJob.Builder.create(this, "Species")
        .trainingData(AutoMLDataset.fromS3(prepare.outputLocation("train")))
        .targetAttributeName("species")
        .problem(AutoMLProblem.multiclassClassification(AutoMLMulticlassClassificationMetric.F1_MACRO))
        .mode(AutoMLMode.ensembling(AutoMLEnsemblingOptions.builder()
            .algorithms(List.of(AutoMLEnsemblingAlgorithm.XGBOOST, AutoMLEnsemblingAlgorithm.RANDOM_FOREST))
            .build()))
        .outputLocation(S3Location.fromBucket(bucket, "automl/"))
        .maxRuntime(Duration.hours(3))
        .build();
    AutoMLModel best = AutoMLModel.Builder.create(this, "Best").job(species).build();

    CfnOutput.Builder.create(this, "ExitMessage").value(evaluate.getExitMessage()).build();
    CfnOutput.Builder.create(this, "Report").value(evaluate.outputLocation("report").getUri()).build();
    CfnOutput.Builder.create(this, "F1").value(species.getBestCandidateMetricValue()).build();
    CfnOutput.Builder.create(this, "Model").value(best.getModelName()).build();
  }
}
