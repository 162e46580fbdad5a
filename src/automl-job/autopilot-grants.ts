import { Stack } from 'aws-cdk-lib';
import { Grant, IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { grantOnce } from '../cdk/grant-once';

/** The actions of Autopilot as the job's role, by the type of resource in ARNs. Autopilot chooses the names, so they cannot be restricted. */
const STARTED_BY_AUTOPILOT: { readonly [resource: string]: readonly string[] } = {
  'endpoint': ['CreateEndpoint', 'DeleteEndpoint', 'DescribeEndpoint', 'InvokeEndpoint'],
  'endpoint-config': ['CreateEndpointConfig', 'DeleteEndpointConfig', 'DescribeEndpointConfig'],
  'hyper-parameter-tuning-job': ['CreateHyperParameterTuningJob', 'DescribeHyperParameterTuningJob', 'StopHyperParameterTuningJob'],
  'model': ['CreateModel', 'DeleteModel', 'DescribeModel'],
  'processing-job': ['CreateProcessingJob', 'DescribeProcessingJob', 'StopProcessingJob'],
  'training-job': ['CreateTrainingJob', 'DescribeTrainingJob', 'StopTrainingJob'],
  'transform-job': ['CreateTransformJob', 'DescribeTransformJob', 'StopTransformJob'],
};

/**
 * Lets the job's role start what Autopilot starts, as itself.
 *
 * @param grantee - the role, as it is granted something in the stack of the job
 */
export function grantWhatAutopilotDoes(scope: Construct, role: IRole, grantee: IRole): Grant[] {
  return [
    grantOnce({
      grantee,
      actions: [...Object.values(STARTED_BY_AUTOPILOT).flat(), 'AddTags', 'ListTags'].map((action) => `sagemaker:${action}`),
      resourceArns: Object.keys(STARTED_BY_AUTOPILOT).map((resource) => Stack.of(scope).formatArn({ service: 'sagemaker', resource, resourceName: '*' })),
    }),
    grantOnce({
      grantee,
      actions: ['iam:PassRole'],
      resourceArns: [role.roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
    }),
  ];
}
