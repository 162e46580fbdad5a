/** What IAM is asked when the handler calls a service. */
import type { Call } from './judge';
import { STACK_TAG } from '../../src/provider/contract';

/** What a name in a request is the name of. */
const ARN_RESOURCES: { readonly [member: string]: string } = {
  AutoMLJobName: 'automl-job', ModelName: 'model', ProcessingJobName: 'processing-job',
};

/** The resource that a call of SageMaker names: its name, and what ARNs call its kind. Calls for tags have an ARN instead. */
export function namedIn(operation: string, input: any): { readonly kind: string; readonly name: string } {
  const member = operation.includes('AutoML') ? 'AutoMLJobName' : operation.includes('Model') ? 'ModelName' : 'ProcessingJobName';
  return { kind: ARN_RESOURCES[member], name: input[member] };
}

/**
 * A call of SageMaker, and what IAM is asked besides: whether a new resource may have its tags, and a job its role.
 *
 * @param arns - the spellings of the resource's ARN. The service writes some names in lower case
 * @param tags - those of the resource. One that does not exist has none
 */
export function callsOf(operation: string, input: any, arns: readonly string[], tags: ReadonlyMap<string, string> | undefined): Call[] {
  const isCreate = operation.startsWith('Create');
  const stack = isCreate ? undefined : tags?.get(STACK_TAG);
  const context = stack === undefined ? undefined : { [`aws:ResourceTag/${STACK_TAG}`]: stack };
  const roleArn: string | undefined = isCreate ? input.RoleArn ?? input.ExecutionRoleArn : undefined;
  return [
    ...arns.map((on) => ({ action: `sagemaker:${operation}`, on, ...context && { context } })),
    ...isCreate && input.Tags ? arns.map((on) => ({ action: 'sagemaker:AddTags', on, context: { 'sagemaker:TaggingAction': operation } })) : [],
    ...roleArn === undefined ? [] : [{ action: 'iam:PassRole', on: roleArn, context: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } }],
  ];
}
