/** The whole app of docs/python.md and its like, which the other languages have to equal. */
import { App, Duration, Stack, Tags } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import {
  ProcessingCode, ProcessingImage, ProcessingInput, ProcessingInstanceType, ProcessingJob, ProcessingJobDefinition, ProcessingJobTarget,
  ProcessingOutput, RunProcessingJob, S3Location, ScikitLearnVersion,
} from 'cdk-sagemaker-jobs';
import { Construct } from 'constructs';

class NightlyStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const bucket = new Bucket(this, 'Bucket');
    const topic = new Topic(this, 'Topic');

    // What runs: checked and granted once, with a network, a limit and tags.
    const prepare = new ProcessingJobDefinition(this, 'Prepare', {
      image: ProcessingImage.scikitLearn(ScikitLearnVersion.V1_2_1),
      code: ProcessingCode.fromAsset('prepare.py'),
      inputs: { raw: ProcessingInput.fromS3(S3Location.fromBucket(bucket, 'raw/')) },
      outputs: { train: ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'train/')) },
      environment: { WHEN: 'now' },
      instanceType: ProcessingInstanceType.M5_XLARGE,
      maxRuntime: Duration.hours(1),
      vpc: new Vpc(this, 'Vpc', { maxAzs: 2 }),
    });
    Tags.of(prepare).add('team', 'data');
    prepare.onFailed('Failed', { target: new SnsTopic(topic) });

    // It runs now, in the deployment …
    const job = new ProcessingJob(this, 'Now', { definition: prepare, completionTimeout: Duration.minutes(30) });
    const alarm = job.metricMemoryUtilization({ statistic: 'Maximum' }).createAlarm(this, 'MemoryIsShort', { threshold: 90, evaluationPeriods: 3 });
    alarm.addAlarmAction(new SnsAction(topic));

    // … every night …
    new Schedule(this, 'EveryNight', {
      schedule: ScheduleExpression.cron({ hour: '3', minute: '0' }),
      target: new ProcessingJobTarget(prepare, { environment: { WHEN: '<aws.scheduler.scheduled-time>' } }),
    });

    // … and as a state of a state machine.
    const state = RunProcessingJob.jsonata(this, 'PrepareDay', { definition: prepare, environment: { WHEN: '{% $states.input.day %}' } });
    new StateMachine(this, 'Days', { definitionBody: DefinitionBody.fromChainable(state) });
  }
}

const app = new App();
new NightlyStack(app, 'Nightly');
app.synth();
