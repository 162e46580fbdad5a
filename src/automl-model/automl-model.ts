import { Construct } from 'constructs';
import { AutoMLModelProps } from './automl-model-props';
import { MODEL, ModelDefinition } from './model-definition';
import { JobBase } from '../job/job-base';

/**
 * The best candidate of an AutoML job, as a model of the stack: for endpoints and transform jobs.
 *
 * It has the containers of the candidate, one or several in a row. When the job runs again, a new model replaces it, and
 * what refers to its name follows; with the stack, it is deleted.
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
  /**
   * Defines a model. Fails with all that is wrong with it.
   *
   * @param scope - the construct's parent
   * @param id - the construct's id, unique among its parent's
   * @param props - the job whose best candidate it is, and how it runs
   */
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
   * The name of the model, as an endpoint configuration takes it.
   *
   * @attribute
   */
  public get modelName(): string {
    return this._name;
  }
}
