package example;

import io.github.cdksagemakerjobs.ProcessingCode;
import io.github.cdksagemakerjobs.ProcessingImage;
import io.github.cdksagemakerjobs.ProcessingInput;
import io.github.cdksagemakerjobs.ProcessingInstanceType;
import io.github.cdksagemakerjobs.ProcessingJob;
import io.github.cdksagemakerjobs.ProcessingJobDefinition;
import io.github.cdksagemakerjobs.ProcessingJobMetricOptions;
import io.github.cdksagemakerjobs.ProcessingJobTarget;
import io.github.cdksagemakerjobs.ProcessingOutput;
import io.github.cdksagemakerjobs.RunProcessingJob;
import io.github.cdksagemakerjobs.RunProcessingJobJsonataProps;
import io.github.cdksagemakerjobs.S3Location;
import io.github.cdksagemakerjobs.ScikitLearnVersion;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.CreateAlarmOptions;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.events.OnEventOptions;
import software.amazon.awscdk.services.events.targets.SnsTopic;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.scheduler.CronOptionsWithTimezone;
import software.amazon.awscdk.services.scheduler.Schedule;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.stepfunctions.DefinitionBody;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;

public class NightlyApp {
  public static void main(String[] args) {
    App app = new App();
    new NightlyStack(app, "Nightly");
    app.synth();
  }
}

class NightlyStack extends Stack {
  NightlyStack(Construct scope, String id) {
    super(scope, id);
    Bucket bucket = new Bucket(this, "Bucket");
    Topic topic = new Topic(this, "Topic");

    // What runs: checked and granted once, with a network, a limit and tags.
    ProcessingJobDefinition prepare = ProcessingJobDefinition.Builder.create(this, "Prepare")
        .image(ProcessingImage.scikitLearn(ScikitLearnVersion.V1_2_1))
        .code(ProcessingCode.fromAsset("prepare.py"))
        .inputs(Map.of("raw", ProcessingInput.fromS3(S3Location.fromBucket(bucket, "raw/"))))
        .outputs(Map.of("train", ProcessingOutput.toS3(S3Location.fromBucket(bucket, "train/"))))
        .environment(Map.of("WHEN", "now"))
        .instanceType(ProcessingInstanceType.M5_XLARGE)
        .maxRuntime(Duration.hours(1))
        .vpc(Vpc.Builder.create(this, "Vpc").maxAzs(2).build())
        .build();
    Tags.of(prepare).add("team", "data");
    prepare.onFailed("Failed", OnEventOptions.builder().target(new SnsTopic(topic)).build());

    // It runs now, in the deployment …
    ProcessingJob job = ProcessingJob.Builder.create(this, "Now")
        .definition(prepare)
        .completionTimeout(Duration.minutes(30))
        .build();
    Alarm alarm = job.metricMemoryUtilization(ProcessingJobMetricOptions.builder().statistic("Maximum").build())
        .createAlarm(this, "MemoryIsShort", CreateAlarmOptions.builder().threshold(90).evaluationPeriods(3).build());
    alarm.addAlarmAction(new SnsAction(topic));

    // … every night …
    Schedule.Builder.create(this, "EveryNight")
        .schedule(ScheduleExpression.cron(CronOptionsWithTimezone.builder().hour("3").minute("0").build()))
        .target(ProcessingJobTarget.Builder.create(prepare).environment(Map.of("WHEN", "<aws.scheduler.scheduled-time>")).build())
        .build();

    // … and as a state of a state machine.
    RunProcessingJob state = RunProcessingJob.jsonata(this, "PrepareDay", RunProcessingJobJsonataProps.builder()
        .definition(prepare)
        .environment(Map.of("WHEN", "{% $states.input.day %}"))
        .build());
    StateMachine.Builder.create(this, "Days").definitionBody(DefinitionBody.fromChainable(state)).build();
  }
}
