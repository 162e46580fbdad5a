import { Construct } from 'constructs';
import { AutoMLModelProps } from './automl-model-props';
import { MODEL, ModelDefinition } from './model-definition';
import { JobBase } from '../job/job-base';

/**
 * A SageMaker model of an AutoML job's best candidate, for endpoints and transform jobs.
 *
 * The model has the containers of the candidate: one, or several in a pipeline. When the job runs again, a new model replaces it, and
 * resources that refer to its name are updated. It is deleted with the stack.
 *
 * The constructor throws one error with all problems of the properties.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModel.html
 * @resource AWS::SageMaker::Model
 * @example
 *
 * const best = new AutoMLModel(this, 'Best', { job: churn });
 *
 * new CfnEndpointConfig(this, 'EndpointConfig', {
 *   productionVariants: [{
 *     variantName: 'best',
 *     modelName: best.modelName,
 *     instanceType: 'ml.m5.large',
 *     initialInstanceCount: 1,
 *     initialVariantWeight: 1,
 *   }],
 * });
 */
export class AutoMLModel extends JobBase {
  constructor(scope: Construct, id: string, props: AutoMLModelProps) {
    super(scope, id, MODEL, props, ModelDefinition);
  }

  /**
   * The ARN of the model.
   *
   * @attribute
   */
  public get modelArn(): string {
    return this._arn;
  }

  /**
   * The name of the model, for example for an endpoint configuration.
   *
   * @attribute
   */
  public get modelName(): string {
    return this._name;
  }
}
