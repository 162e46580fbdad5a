// What the CDK itself says of the job at synth. Run beside the CDK to ask: it is newer than the one of this repository.
// The job is on the standard input, the findings go to the standard output.
const { mkdtempSync, readFileSync } = require('fs');
const { join } = require('path');
const { App, Stack } = require('aws-cdk-lib');
const { PolicyStatement } = require('aws-cdk-lib/aws-iam');
const { CfnProcessingJob } = require('aws-cdk-lib/aws-sagemaker');
const { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } = require('aws-cdk-lib/custom-resources');

const request = JSON.parse(readFileSync(0, 'utf8'));

/** The names of the properties of CfnProcessingJob. */
function propertiesOf(value, path = '') {
  if (Array.isArray(value)) {
    return value.map((element) => propertiesOf(element, path));
  }
  if (typeof value !== 'object' || path === '.Environment') {
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([name, member]) =>
    [name[0].toLowerCase() + name.slice(1).replace(/GB$/, 'Gb'), propertiesOf(member, `${path}.${name}`)]));
}

function findings(define) {
  const app = new App({ outdir: mkdtempSync(join(process.cwd(), 'out-')) });
  const stack = new Stack(app, 'Faults', { env: { account: '123456789012', region: 'eu-west-1' } });
  define(stack);
  const { directory } = app.synth();
  const { pluginReports } = JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8'));
  return pluginReports.flatMap(({ violations }) => violations).map(({ description, severity, violatingConstructs: [{ cloudFormationResource }] }) => ({
    description, member: cloudFormationResource.propertyPaths[0].replace(/^Properties\./, ''), severity,
  }));
}

const error = console.error;
console.error = () => {};
const report = {
  CfnProcessingJob: findings((stack) => new CfnProcessingJob(stack, 'Prepare', propertiesOf(request))),
  AwsCustomResource: findings((stack) => new AwsCustomResource(stack, 'Prepare', {
    onCreate: {
      service: 'SageMaker',
      action: 'createProcessingJob',
      parameters: request,
      physicalResourceId: PhysicalResourceId.of(request.ProcessingJobName),
    },
    policy: AwsCustomResourcePolicy.fromStatements([
      new PolicyStatement({ actions: ['sagemaker:CreateProcessingJob', 'iam:PassRole'], resources: ['*'] }),
    ]),
  })),
};
console.error = error;
console.log(JSON.stringify(report, undefined, 2));
