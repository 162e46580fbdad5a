import { A_STRING } from '../validation/kinds';
import { requireKind } from '../validation/problems';

/**
 * An endpoint for the best candidate, which the service makes at the end of the job.
 *
 * It is not part of the stack: CloudFormation does not know it, so neither a new run of the job nor the removal of the
 * stack changes or deletes it, and it costs money until you delete it. `AutoMLModel` makes a model for an endpoint in
 * the stack.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ModelDeployConfig.html
 */
export class AutoMLDeployment {
  /**
   * An endpoint with a given name. As long as that exists, another run of the job cannot deploy to it, and fails.
   *
   * @param name - 1 to 63 letters, digits and hyphens
   */
  public static endpoint(name: string): AutoMLDeployment {
    requireKind('AutoMLDeployment.endpoint', 'name', name, A_STRING);
    return new AutoMLDeployment({ AutoGenerateEndpointName: false, EndpointName: name });
  }

  /** An endpoint whose name the service makes up: each run of the job has its own. */
  public static generatedEndpoint(): AutoMLDeployment {
    return new AutoMLDeployment({ AutoGenerateEndpointName: true });
  }

  private constructor(
    /** @internal */
    public readonly _request: { readonly AutoGenerateEndpointName: boolean; readonly EndpointName?: string },
  ) {
  }
}
