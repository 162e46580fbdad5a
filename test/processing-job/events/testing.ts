import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { jobName } from '../../../src/handler/life/names';
import { PROCESSING_JOB, resourcesOf } from '../testing';

/** A rule as the template has it. */
export interface RenderedRule {
  readonly id: string;
  readonly pattern: { readonly [member: string]: any };
  readonly properties: { readonly [name: string]: any };
}

/** The rules of a stack whose logical ids have a prefix. */
export function rulesOf(stack: Stack, prefix: string = ''): RenderedRule[] {
  const rules = Template.fromStack(stack).findResources('AWS::Events::Rule');
  return Object.entries<any>(rules).filter(([id]) => id.startsWith(prefix))
    .map(([id, { Properties }]) => ({ id, pattern: Properties.EventPattern, properties: Properties }));
}

/** The only rule of a stack whose logical id has a prefix. */
export function ruleOf(stack: Stack, prefix?: string): RenderedRule {
  const [rule, ...others] = rulesOf(stack, prefix);
  expect(others).toEqual([]);
  return rule;
}

/** Whether a rule matches an event. Supports the patterns that this library writes: equal texts and prefixes. */
export function matches(pattern: any, event: any): boolean {
  return Object.entries<any>(pattern).every(([member, allowed]) => Array.isArray(allowed)
    ? allowed.some((each) => typeof each === 'string' ? event?.[member] === each : String(event?.[member]).startsWith(each.prefix))
    : matches(allowed, event?.[member]));
}

/** An event of the service. */
export function stateChange(ProcessingJobName: string, ProcessingJobStatus: string = 'Completed'): object {
  return {
    'version': '0',
    'source': 'aws.sagemaker',
    'detail-type': 'SageMaker Processing Job State Change',
    'detail': { ProcessingJobName, ProcessingJobStatus },
  };
}

/** The name that the handler generates for the job of a stack. */
export function deployedName(stack: Stack, logicalIdPrefix: string = '', attempt: number = 0): string {
  const [[LogicalResourceId, { Properties }]] = Object.entries(resourcesOf(stack, PROCESSING_JOB)).filter(([id]) => id.startsWith(logicalIdPrefix));
  return jobName({ StackId: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/Test/1', LogicalResourceId } as any, Properties as any, attempt);
}
