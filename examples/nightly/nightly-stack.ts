import { join } from 'path';
import { CfnOutput, Duration, RemovalPolicy, Stack, StackProps, TimeZone } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine, SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { DefinitionBody, Map, ProvideItems, QueryLanguage, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import {
  ProcessingCode, ProcessingImage, ProcessingInput, ProcessingInstanceType, ProcessingJobDefinition, ProcessingJobTarget, ProcessingOutput,
  RunProcessingJob, S3Location, ScikitLearnVersion,
} from '../../src';

/**
 * One definition, run in three ways: every night, for a list of days, and for each object that arrives.
 */
export class NightlyStack extends Stack {
  readonly bucket: Bucket;
  readonly count: ProcessingJobDefinition;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const bucket = this.bucket = new Bucket(this, 'Bucket', { enforceSSL: true, eventBridgeEnabled: true, removalPolicy: RemovalPolicy.RETAIN });

    const count = this.count = new ProcessingJobDefinition(this, 'Count', {
      image: ProcessingImage.scikitLearn(ScikitLearnVersion.V1_2_1),
      code: ProcessingCode.fromAsset(join(__dirname, 'count.py')),
      environment: { WHEN: 'unknown' },
      inputs: { raw: ProcessingInput.fromS3(S3Location.fromBucket(bucket, 'raw/')) },
      outputs: { report: ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'reports/')) },
      instanceType: ProcessingInstanceType.M5_LARGE,
      maxRuntime: Duration.minutes(20),
    });
    // Of all its runs, wherever they were started.
    count.onFailed('Failed', { target: new SnsTopic(new Topic(this, 'Failures', { enforceSSL: true })) });

    // Every night, all of the data. No function starts the job.
    new Schedule(this, 'EveryNight', {
      schedule: ScheduleExpression.cron({ hour: '3', minute: '0', timeZone: TimeZone.EUROPE_BERLIN }),
      target: new ProcessingJobTarget(count, { environment: { WHEN: '<aws.scheduler.scheduled-time>' } }),
    });

    // A list of days: { "days": ["2026-11-25", "2026-11-26"] }.
    const day = '{% $states.input %}';
    const ofDay = RunProcessingJob.jsonata(this, 'CountDay', {
      definition: count,
      environment: { WHEN: day },
      inputLocations: { raw: S3Location.fromBucket(bucket, `raw/${day}/`) },
      outputLocations: { report: S3Location.fromBucket(bucket, `reports/${day}/`) },
    });
    const days = Map.jsonata(this, 'Days', { items: ProvideItems.jsonata('{% $states.input.days %}'), maxConcurrency: 2 }).itemProcessor(ofDay);
    const ofDays = new StateMachine(this, 'OfDays', { definitionBody: DefinitionBody.fromChainable(days), queryLanguage: QueryLanguage.JSONATA });

    // An object arrives, and is counted by itself.
    const key = '{% $states.input.detail.object.key %}';
    const ofObject = RunProcessingJob.jsonata(this, 'CountObject', {
      definition: count,
      environment: { WHEN: '{% $states.input.time %}' },
      inputLocations: { raw: S3Location.fromBucket(bucket, key) },
      outputLocations: { report: S3Location.fromBucket(bucket, `reports/${key}/`) },
    });
    const onArrival = new StateMachine(this, 'OnArrival', { definitionBody: DefinitionBody.fromChainable(ofObject), queryLanguage: QueryLanguage.JSONATA });
    new Rule(this, 'Arrived', {
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: { bucket: { name: [bucket.bucketName] }, object: { key: [{ prefix: 'raw/' }] } },
      },
      targets: [new SfnStateMachine(onArrival)],
    });

    new CfnOutput(this, 'BucketName', { value: bucket.bucketName });
    new CfnOutput(this, 'OfDaysArn', { value: ofDays.stateMachineArn });
  }
}
