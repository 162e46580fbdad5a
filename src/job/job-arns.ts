import { ArnFormat, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { JobKind, namePropertyOf } from './job-kind';
import { requireType } from '../validation/problems';
import { A_STRING } from '../validation/value-types';

/** The ARN of a name in the account and Region of a stack. */
export function arnOf({ arnResource }: JobKind, scope: Construct, name: string): string {
  return Stack.of(scope).formatArn({ service: 'sagemaker', resource: arnResource, resourceName: name });
}

/** The identity of an imported job. */
export interface ExistingJob {
  readonly arn: string;
  readonly name: string;
}

/** The identity of a job that is imported by its ARN. */
export function existingByArn(kind: JobKind, scope: Construct, arn: string): ExistingJob {
  requireType(`${kind.className}.from${kind.className}Arn`, namePropertyOf(kind).replace(/Name$/, 'Arn'), arn, A_STRING);
  return { arn, name: Stack.of(scope).splitArn(arn, ArnFormat.SLASH_RESOURCE_NAME).resourceName! };
}

/** The identity of a job that is imported by its name. */
export function existingByName(kind: JobKind, scope: Construct, name: string): ExistingJob {
  requireType(`${kind.className}.from${kind.className}Name`, namePropertyOf(kind), name, A_STRING);
  return { arn: arnOf(kind, scope, name), name };
}
