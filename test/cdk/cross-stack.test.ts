import { App, CfnOutput, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { readableFromOtherStacks } from '../../src/cdk/cross-stack';

const env = { account: '111122223333', region: 'eu-west-1' };

class Source extends Construct {
  public readonly value: string;
  public readonly bucket: CfnBucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = new CfnBucket(this, 'Resource');
    this.value = readableFromOtherStacks(this, 'Name', this.bucket.ref);
  }
}

function apps(readerEnv = env, scopeOf: (stack: Stack) => Construct = (stack) => stack) {
  const app = new App();
  const writer = new Stack(app, 'Writer', { env });
  const source = new Source(scopeOf(writer), 'Source');
  const reader = new Stack(app, 'Reader', { env: readerEnv });
  return { app, writer, source, reader };
}

test('its own stack reads the value as it is', () => {
  const { source, writer } = apps();
  new CfnOutput(writer, 'Value', { value: source.value });
  const template = Template.fromStack(writer);
  template.hasOutput('Value', { Value: { Ref: writer.resolve(source.bucket.logicalId) } });
  template.resourceCountIs('AWS::SSM::Parameter', 0);
});

test('another stack reads a parameter, which may change', () => {
  const { app, reader, source, writer } = apps();
  new CfnOutput(reader, 'First', { value: source.value });
  new CfnOutput(reader, 'Second', { value: `${source.value}/more` });
  app.synth();

  const written = Object.values(Template.fromStack(writer).findResources('AWS::SSM::Parameter'));
  expect(written).toHaveLength(1);
  const { Name, Value } = written[0].Properties;
  expect(Name).toMatch(/^\/cdk-sagemaker-jobs\/Writer\/\w+\/Name$/);
  expect(Value).toEqual({ 'Fn::Join': ['', ['value:', { Ref: writer.resolve(source.bucket.logicalId) }]] });
  expect(Template.fromStack(writer).findOutputs('*')).toEqual({});

  const template = Template.fromStack(reader).toJSON();
  const parameters = Object.entries<any>(template.Parameters).filter(([, { Default }]) => Default === Name);
  expect(parameters).toEqual([[expect.any(String), { Type: 'AWS::SSM::Parameter::Value<String>', Default: Name }]]);
  const value = { 'Fn::Select': [1, { 'Fn::Split': ['value:', { Ref: parameters[0][0] }] }] };
  expect(template.Outputs.First.Value).toEqual(value);
  expect(template.Outputs.Second.Value).toEqual({ 'Fn::Join': ['', [value, '/more']] });
  expect(reader.dependencies).toEqual([writer]);
});

test('nested stacks pass it on', () => {
  const { app, reader, source, writer } = apps(env, (stack) => new NestedStack(stack, 'Inner'));
  const nested = new NestedStack(reader, 'Nested');
  new CfnBucket(nested, 'Bucket', { bucketName: source.value });
  new CfnBucket(writer, 'Sibling', { bucketName: source.value });
  app.synth();
  expect(Object.values<any>(Template.fromStack(reader).toJSON().Parameters).map(({ Type }) => Type)).toContain('AWS::SSM::Parameter::Value<String>');
  expect(Template.fromStack(nested).toJSON().Parameters).toBeDefined();
  expect(Object.values(Template.fromStack(writer).findResources('AWS::S3::Bucket'))[0].Properties.BucketName['Fn::GetAtt']).toBeDefined();
});

test('another environment is left to the CDK, which refuses it or passes it on', () => {
  const { app, reader, source } = apps({ ...env, region: 'us-east-1' });
  new CfnOutput(reader, 'Value', { value: source.value });
  try {
    app.synth();
  } catch (error) {
    expect((error as Error).message).toMatch(/cross.?stack|cross.?region|environment/i);
  }
  expect(source.node.tryFindChild('JobParameterName')).toBeUndefined();
});
