import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { JobKind, namePropertyOf } from './job-kind';
import { requireType, ValueType } from '../validation/problems';
import { A_STRING } from '../validation/value-types';

/** The ARN of a name in the account and Region of a stack. */
export function arnOf({ arnResource }: JobKind, scope: Construct, name: string): string {
  return Stack.of(scope).formatArn({ service: 'sagemaker', resource: arnResource, resourceName: name });
}

const NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/;

const A_JOB_NAME: ValueType = {
  name: 'letters, digits and hyphens, beginning and ending with a letter or digit',
  test: (name) => Token.isUnresolved(name) || NAME.test(name),
  remedy: () => 'Write the name as the service shows it.',
};

function arnTypeOf({ arnResource }: JobKind): ValueType {
  return {
    name: `the ARN of a job, with ':${arnResource}/' before its name`,
    test: (arn: string) => {
      const [beginning, name, ...others] = arn.split(`:${arnResource}/`);
      return Token.isUnresolved(arn) || (/^arn:[\w-]+:sagemaker:[\w-]+:\d{12}$/.test(beginning) && NAME.test(name) && others.length === 0);
    },
    remedy: () => `Write it as 'arn:aws:sagemaker:eu-west-1:123456789012:${arnResource}/name'.`,
  };
}

/** The identity of an imported job. */
export interface ExistingJob {
  readonly arn: string;
  readonly name: string;
}

/** The identity of a job that is imported by its ARN. */
export function existingByArn(kind: JobKind, scope: Construct, arn: string): ExistingJob {
  const [method, argument] = [`${kind.className}.from${kind.className}Arn`, namePropertyOf(kind).replace(/Name$/, 'Arn')];
  requireType(method, argument, arn, A_STRING);
  requireType(method, argument, arn, arnTypeOf(kind));
  return { arn, name: Stack.of(scope).splitArn(arn, ArnFormat.SLASH_RESOURCE_NAME).resourceName! };
}

/** The identity of a job that is imported by its name. */
export function existingByName(kind: JobKind, scope: Construct, name: string): ExistingJob {
  const method = `${kind.className}.from${kind.className}Name`;
  requireType(method, namePropertyOf(kind), name, A_STRING);
  requireType(method, namePropertyOf(kind), name, A_JOB_NAME);
  return { arn: arnOf(kind, scope, name), name };
}
