import { Stack } from 'aws-cdk-lib';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { grantOnce } from '../cdk/grant-once';
import { OptionNames } from '../validation/options';
import { requireTypeIfGiven } from '../validation/problems';
import { A_STRING } from '../validation/value-types';

/**
 * The model or endpoint that makes predictions for an analysis of SageMaker Clarify. The library cannot read the configuration of the
 * job, which is in S3. It lets the job's role use what is named here.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-configure-analysis.html
 */
export interface ClarifyImageOptions {
  /**
   * The endpoint in the configuration's `predictor.endpoint_name`.
   *
   * @default - none
   */
  readonly endpointName?: string;

  /**
   * The model in the configuration's `predictor.model_name`. The job creates an endpoint of the model, whose name begins with
   * `sm-clarify-`, and deletes it at the end. Do not set `endpoint_name_prefix` in the configuration: it changes that name.
   *
   * @default - none
   */
  readonly modelName?: string;
}

export const CLARIFY_OPTIONS: OptionNames<ClarifyImageOptions> = { endpointName: true, modelName: true };

/** The names of the endpoints and endpoint configurations that Clarify creates. */
const SHADOW_ENDPOINTS = 'sm-clarify-*';

export function checkClarifyOptions(options: ClarifyImageOptions): void {
  requireTypeIfGiven('ProcessingImage.clarify', 'options.endpointName', options.endpointName, A_STRING);
  requireTypeIfGiven('ProcessingImage.clarify', 'options.modelName', options.modelName, A_STRING);
}

/** Lets a job's role get predictions from an endpoint, or from a model by an endpoint that it creates. */
export function grantPredictions(scope: Construct, grantee: IGrantable, { endpointName, modelName }: ClarifyImageOptions): Grant[] {
  const grant = (resource: string, resourceName: string, ...actions: string[]) => grantOnce({
    grantee,
    actions: actions.map((action) => `sagemaker:${action}`),
    resourceArns: [Stack.of(scope).formatArn({ service: 'sagemaker', resource, resourceName })],
  });
  return [
    ...endpointName === undefined ? [] : [grant('endpoint', endpointName, 'DescribeEndpoint', 'InvokeEndpoint')],
    ...modelName === undefined ? [] : [
      grant('model', modelName, 'DescribeModel'),
      grant('endpoint-config', SHADOW_ENDPOINTS, 'AddTags', 'CreateEndpointConfig', 'DeleteEndpointConfig', 'DescribeEndpointConfig'),
      grant('endpoint', SHADOW_ENDPOINTS, 'AddTags', 'CreateEndpoint', 'DeleteEndpoint', 'DescribeEndpoint', 'InvokeEndpoint'),
      // CreateEndpoint requires permission on both the endpoint and its configuration.
      grant('endpoint-config', SHADOW_ENDPOINTS, 'CreateEndpoint'),
    ],
  ];
}
