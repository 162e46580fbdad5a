import { requireType } from '../validation/problems';
import { A_STRING } from '../validation/value-types';

/**
 * An endpoint for the best candidate, which the service creates at the end of the job.
 *
 * The endpoint is not part of the stack. Neither a new run of the job nor the deletion of the stack changes or deletes it, and it costs
 * money until you delete it. For an endpoint in the stack, use `AutoMLModel`.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ModelDeployConfig.html
 */
export class AutoMLDeployment {
  /**
   * An endpoint with a given name of 1 to 63 letters, digits and hyphens. While it exists, further runs of the job fail, because they cannot deploy to it.
   *
   * @param name - the name of the endpoint
   */
  public static endpoint(name: string): AutoMLDeployment {
    requireType('AutoMLDeployment.endpoint', 'name', name, A_STRING);
    return new AutoMLDeployment({ AutoGenerateEndpointName: false, EndpointName: name });
  }

  /** An endpoint with a name that the service generates. Each run of the job creates another endpoint. */
  public static generatedEndpoint(): AutoMLDeployment {
    return new AutoMLDeployment({ AutoGenerateEndpointName: true });
  }

  private constructor(
    /** @internal */
    public readonly _request: { readonly AutoGenerateEndpointName: boolean; readonly EndpointName?: string },
  ) {
  }
}
