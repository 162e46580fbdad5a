import { Stack, StackProps } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AutoMLDataset, AutoMLJob, AutoMLJobProps, S3Location } from '../../src';
import { newApp, RenderedResource } from '../processing-job/testing';

export const AUTOML_JOB = 'Custom::SageMakerAutoMLJob';
export const AUTOML_MODEL = 'Custom::SageMakerAutoMLModel';
export const JOB_COMPLETION = 'Custom::SageMakerJobCompletion';
export const ROLE_ARN = 'arn:aws:iam::123456789012:role/automl';

export function newStack(id: string = 'Test', props?: StackProps): Stack {
  return new Stack(newApp(), id, props);
}

/** The required properties of a job. */
export function minimalProps(): AutoMLJobProps {
  return {
    trainingData: AutoMLDataset.fromS3(S3Location.fromUri('s3://data/train.csv')),
    targetAttributeName: 'churned',
    outputLocation: S3Location.fromUri('s3://results/automl/'),
  };
}

/** Makes a job with the required properties and the given ones, which may have types that only JavaScript allows. */
export function newJob(stack: Stack, props: object = {}, id: string = 'Churn'): AutoMLJob {
  return new AutoMLJob(stack, id, { ...minimalProps(), ...props });
}

/** The resources of a type, by logical id. */
export function resourcesOf(stack: Stack, type: string): { [logicalId: string]: RenderedResource } {
  return Template.fromStack(stack).findResources(type, Match.anyValue()) as { [logicalId: string]: RenderedResource };
}

/** The only resource of a type. */
export function resourceOf(stack: Stack, type: string = AUTOML_JOB): RenderedResource {
  const resources = Object.values(resourcesOf(stack, type));
  expect(resources).toHaveLength(1);
  return resources[0];
}

/** The request of a job with these properties. */
export function requestWith(props: object): any {
  const stack = newStack();
  newJob(stack, props);
  return resourceOf(stack).Properties.Request;
}

/** The lines of the error of a job with these properties, without the first and the last. */
export function problemsOf(props: object): string[] {
  return linesOf(() => newJob(newStack(), props), /^AutoMLJob 'Test\/Churn' has (a problem|\d+ problems):$/, 'CreateAutoMLJob');
}

/** The problems in an error. */
export function linesOf(action: () => unknown, subject: RegExp, page: string): string[] {
  let message = 'nothing was thrown';
  try {
    action();
  } catch (error) {
    message = (error as Error).message;
  }
  const lines = message.split('\n');
  expect(lines[0]).toMatch(subject);
  expect(lines[lines.length - 1]).toBe(`See https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_${page}.html`);
  return lines.slice(1, -1).map((line, index) => {
    expect(line.startsWith(`  ${index + 1}. `)).toBe(true);
    return line.slice(`  ${index + 1}. `.length);
  });
}

/** The logical ids in the DependsOn of a resource. */
export function dependenciesOf(stack: Stack, logicalId: string): string[] {
  return Template.fromStack(stack).toJSON().Resources[logicalId].DependsOn ?? [];
}
