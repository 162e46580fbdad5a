package example;

import io.github.cdksagemakerjobs.ProcessingImage;
import io.github.cdksagemakerjobs.ProcessingInput;
import io.github.cdksagemakerjobs.ProcessingInstanceType;
import io.github.cdksagemakerjobs.ProcessingJob;
import io.github.cdksagemakerjobs.ProcessingS3InputOptions;
import io.github.cdksagemakerjobs.S3Location;
import io.github.cdksagemakerjobs.ScikitLearnVersion;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;

public class BadInput {
  public static void main(String[] args) {
    ProcessingJob.Builder.create(new Stack(new App(), "Jobs"), "Bad")
        .image(ProcessingImage.scikitLearn(ScikitLearnVersion.V1_2_1))
        .entrypoint(List.of("python3", "-m", "prepare"))
        .environment(Map.of("1ST", "a"))
        .inputs(Map.of("raw", ProcessingInput.fromS3(
            S3Location.fromUri("s3://data/raw/"),
            ProcessingS3InputOptions.builder().localPath("/data").build())))
        .instanceType(ProcessingInstanceType.M5_XLARGE)
        .maxRuntime(Duration.days(30))
        .build();
  }
}
