import { Stack } from 'aws-cdk-lib';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { grantOnce } from '../cdk/grant-once';
import { A_STRING } from '../validation/kinds';
import { requireKindIfGiven } from '../validation/problems';

/**
 * What an analysis of SageMaker Clarify asks for predictions. The job's configuration names it, in S3, where the library cannot
 * read it: named here as well, the job's role may use it.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-configure-analysis.html
 */
export interface ClarifyImageOptions {
  /**
   * The endpoint that the configuration has as `predictor.endpoint_name`.
   *
   * @default - none
   */
  readonly endpointName?: string;

  /**
   * The model that the configuration has as `predictor.model_name`. The job makes an endpoint of it and deletes that again, under
   * a name that begins with `sm-clarify-`, unless the configuration has an `endpoint_name_prefix`: leave that out.
   *
   * @default - none
   */
  readonly modelName?: string;
}

/** What the endpoints that Clarify makes are called, and their configurations. */
const SHADOW_ENDPOINTS = 'sm-clarify-*';

export function checkClarifyOptions(options: ClarifyImageOptions): void {
  requireKindIfGiven('ProcessingImage.clarify', 'options.endpointName', options.endpointName, A_STRING);
  requireKindIfGiven('ProcessingImage.clarify', 'options.modelName', options.modelName, A_STRING);
}

/** Lets a job's role ask for predictions. */
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
      // An endpoint is created of its configuration, on both.
      grant('endpoint-config', SHADOW_ENDPOINTS, 'CreateEndpoint'),
    ],
  ];
}
