import { App, Stack, StackProps } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { ProcessingImage, ProcessingInstanceType, ProcessingJob, ProcessingJobProps } from '../../src';

export const PROCESSING_JOB = 'Custom::SageMakerProcessingJob';
export const JOB_COMPLETION = 'Custom::SageMakerJobCompletion';
export const IMAGE_URI = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/python:3.13';
export const ROLE_ARN = 'arn:aws:iam::123456789012:role/jobs';

/** An app without the file of its tree of constructs, which no test reads, and which is a tenth of each synthesis. */
export function newApp(): App {
  return new App({ treeMetadata: false });
}

export function newStack(id: string = 'Test', props?: StackProps): Stack {
  return new Stack(newApp(), id, props);
}

/** The required properties of a job. */
export function minimalProps(): ProcessingJobProps {
  return { image: ProcessingImage.fromRegistry(IMAGE_URI), instanceType: ProcessingInstanceType.M5_XLARGE };
}

/** Makes a job with the required properties and the given ones, which may have types that only JavaScript allows. */
export function newJob(scope: Construct, props: object = {}, id: string = 'Job'): ProcessingJob {
  return new ProcessingJob(scope, id, { ...minimalProps(), ...props });
}

let sharedStack: Stack | undefined;
let scopes = 0;

/** A scope for a job that is not synthesised. All share one stack, because making a stack's provider takes long. */
export function newScope(): Construct {
  sharedStack ??= newStack();
  return new Construct(sharedStack, `Scope${scopes++}`);
}

/** A custom resource as the template has it. */
export interface RenderedResource {
  readonly Type: string;
  readonly Properties: { readonly [name: string]: any };
  readonly DependsOn?: string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** The resources of a type, by logical id. */
export function resourcesOf(stack: Stack, type: string): { [logicalId: string]: RenderedResource } {
  return Template.fromStack(stack).findResources(type, Match.anyValue()) as { [logicalId: string]: RenderedResource };
}

/** The only resource of a type. */
export function resourceOf(stack: Stack, type: string = PROCESSING_JOB): RenderedResource {
  const resources = Object.values(resourcesOf(stack, type));
  expect(resources).toHaveLength(1);
  return resources[0];
}

/** The request of a stack's only job. */
export function requestOf(stack: Stack): any {
  return resourceOf(stack).Properties.Request;
}

/** The request of a job with these properties. */
export function requestWith(props: object): any {
  const stack = newStack();
  newJob(stack, props);
  return requestOf(stack);
}

/** The error that a function throws. */
export function errorOf(action: () => unknown): Error {
  try {
    action();
  } catch (error) {
    return error as Error;
  }
  throw new Error('Expected an error, and there was none');
}

/** The lines of the error of a job with these properties, without the first and the last. */
export function problemsOf(props: object, scope: Construct = newScope()): string[] {
  const { message } = errorOf(() => newJob(scope, props));
  const lines = message.split('\n');
  expect(lines[0]).toMatch(/^ProcessingJob 'Test\/Scope\d+\/Job' has (a problem|\d+ problems):$/);
  expect(lines[lines.length - 1]).toBe('See https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html');
  return lines.slice(1, -1).map((line, index) => {
    expect(line.startsWith(`  ${index + 1}. `)).toBe(true);
    return line.slice(`  ${index + 1}. `.length);
  });
}

/** The error that synthesis throws for the app of a stack. */
export function synthProblemsOf(stack: Stack): string[] {
  const { message } = errorOf(() => Template.fromStack(stack));
  return message.split('\n').slice(1).map((line) => line.trim());
}
