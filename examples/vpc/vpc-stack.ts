import { join } from 'path';
import { CfnOutput, Duration, Stack, StackProps } from 'aws-cdk-lib';
import { GatewayVpcEndpointAwsService, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import {
  ProcessingCode, ProcessingImage, ProcessingInput, ProcessingInstanceType, ProcessingJob, ProcessingOutput, S3Location, ScikitLearnVersion,
} from '../../src';

/**
 * Anonymises personal data in subnets without internet access, with a customer managed key for bucket, volumes and outputs,
 * in a container that cannot reach any network.
 */
export class VpcStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const vpc = new Vpc(this, 'Vpc', {
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'Jobs', subnetType: SubnetType.PRIVATE_ISOLATED }],
      // SageMaker copies inputs and outputs through this endpoint.
      gatewayEndpoints: { S3: { service: GatewayVpcEndpointAwsService.S3 } },
    });
    const customers = new Asset(this, 'Customers', { path: join(__dirname, 'customers.csv') });
    const key = new Key(this, 'Key', { enableKeyRotation: true });
    const bucket = new Bucket(this, 'Bucket', { encryption: BucketEncryption.KMS, encryptionKey: key, enforceSSL: true });

    const anonymise = new ProcessingJob(this, 'Anonymise', {
      image: ProcessingImage.scikitLearn(ScikitLearnVersion.V1_2_1),
      code: ProcessingCode.fromAsset(join(__dirname, 'anonymise.py')),
      arguments: ['--smallest-group', '3'],
      inputs: { customers: ProcessingInput.fromS3(S3Location.fromAsset(customers)) },
      outputs: { anonymous: ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'anonymous/')) },
      instanceType: ProcessingInstanceType.M5_LARGE,
      vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
      networkIsolation: true,
      interContainerTrafficEncryption: true,
      volumeEncryptionKey: key,
      outputEncryptionKey: key,
      maxRuntime: Duration.minutes(30),
    });

    new CfnOutput(this, 'Summary', { value: anonymise.exitMessage });
    new CfnOutput(this, 'Anonymous', { value: anonymise.outputLocation('anonymous').uri });
  }
}
