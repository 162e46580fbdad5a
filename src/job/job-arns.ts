import { ArnFormat, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { JobKind, namePropertyOf } from './job-kind';
import { A_STRING } from '../validation/kinds';
import { requireKind } from '../validation/problems';

/** The ARN of what has a name in the account and Region of a stack. */
export function arnOf({ arnResource }: JobKind, scope: Construct, name: string): string {
  return Stack.of(scope).formatArn({ service: 'sagemaker', resource: arnResource, resourceName: name });
}

/** What a job that exists already is known by. */
export interface ExistingJob {
  readonly arn: string;
  readonly name: string;
}

/** The job of an ARN: the argument of `Kind.fromKindArn`. */
export function existingByArn(kind: JobKind, scope: Construct, arn: string): ExistingJob {
  requireKind(`${kind.className}.from${kind.className}Arn`, namePropertyOf(kind).replace(/Name$/, 'Arn'), arn, A_STRING);
  return { arn, name: Stack.of(scope).splitArn(arn, ArnFormat.SLASH_RESOURCE_NAME).resourceName! };
}

/** The job of a name: the argument of `Kind.fromKindName`. */
export function existingByName(kind: JobKind, scope: Construct, name: string): ExistingJob {
  requireKind(`${kind.className}.from${kind.className}Name`, namePropertyOf(kind), name, A_STRING);
  return { arn: arnOf(kind, scope, name), name };
}
