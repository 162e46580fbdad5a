import { join } from 'path';
import { CfnOutput, Duration, Stack, StackProps } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { CfnModelPackageGroup } from 'aws-cdk-lib/aws-sagemaker';
import { DefinitionBody, QueryLanguage, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { CallAwsService } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import {
  ProcessingCode, ProcessingImage, ProcessingInput, ProcessingInstanceType, ProcessingJobDefinition, ProcessingOutput, RunProcessingJob, S3Location,
  ScikitLearnVersion,
} from '../../src';

/** Prepares data, trains a model, and registers it: a state machine whose jobs write to a folder of each execution. */
export class PipelineStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const penguins = new Asset(this, 'Penguins', { path: join(__dirname, '../../node_modules/vega-datasets/data/penguins.json') });
    const bucket = new Bucket(this, 'Bucket', { enforceSSL: true });
    const group = new CfnModelPackageGroup(this, 'Models', { modelPackageGroupName: `${this.stackName}-models` });
    const common = {
      image: ProcessingImage.scikitLearn(ScikitLearnVersion.V1_2_1),
      instanceType: ProcessingInstanceType.M5_LARGE,
      maxRuntime: Duration.minutes(20),
    };
    const runs = S3Location.fromBucket(bucket, 'runs/');
    const ofRun = (name: string) => S3Location.fromBucket(bucket, `runs/{% $states.context.Execution.Name %}/${name}/`);

    const prepare = RunProcessingJob.jsonata(this, 'Prepare', {
      definition: new ProcessingJobDefinition(this, 'PrepareDefinition', {
        ...common,
        code: ProcessingCode.fromAsset(join(__dirname, 'prepare.py')),
        inputs: { raw: ProcessingInput.fromS3(S3Location.fromAsset(penguins)) },
        outputs: { train: ProcessingOutput.toS3(runs) },
      }),
      outputLocations: { train: ofRun('train') },
    });
    const train = RunProcessingJob.jsonata(this, 'Train', {
      definition: new ProcessingJobDefinition(this, 'TrainDefinition', {
        ...common,
        code: ProcessingCode.fromAsset(join(__dirname, 'train.py')),
        inputs: { train: ProcessingInput.fromS3(runs) },
        outputs: { model: ProcessingOutput.toS3(runs) },
      }),
      inputLocations: { train: prepare.outputLocation('train') },
      outputLocations: { model: ofRun('model') },
    });
    const register = CallAwsService.jsonata(this, 'Register', {
      service: 'sagemaker',
      action: 'createModelPackage',
      iamAction: 'sagemaker:CreateModelPackage',
      iamResources: [group.ref, this.formatArn({ service: 'sagemaker', resource: 'model-package', resourceName: `${this.stackName.toLowerCase()}-models/*` })],
      parameters: {
        ModelPackageGroupName: group.modelPackageGroupName,
        ModelApprovalStatus: 'PendingManualApproval',
        InferenceSpecification: {
          Containers: [{
            Image: '{% $states.input.AppSpecification.ImageUri %}',
            ModelDataUrl: "{% $states.input.ProcessingOutputConfig.Outputs[0].S3Output.S3Uri & 'model.tar.gz' %}",
          }],
          SupportedContentTypes: ['text/csv'],
          SupportedResponseMIMETypes: ['text/csv'],
        },
      },
    });
    const machine = new StateMachine(this, 'Machine', {
      definitionBody: DefinitionBody.fromChainable(prepare.next(train).next(register)), queryLanguage: QueryLanguage.JSONATA,
    });

    new CfnOutput(this, 'MachineArn', { value: machine.stateMachineArn });
    new CfnOutput(this, 'BucketName', { value: bucket.bucketName });
  }
}
