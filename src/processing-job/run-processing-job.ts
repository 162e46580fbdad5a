import { Aws, Lazy, Stack, Token } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  CfnStateMachine, FieldUtils, IntegrationPattern, JitterType, JsonPath, QueryLanguage, StateMachine, StateMachineType,
  TaskMetricsConfig, TaskStateBase, TaskStateBaseProps,
  TaskStateJsonataBaseProps, TaskStateJsonPathBaseProps, Timeout,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ProcessingJobDefinition } from './processing-job-definition';
import { A_DEFINITION, ProcessingJobRunOptions, ProcessingRun } from './processing-run';
import { isExpression, JSON_PATH, JSONATA, RunLanguage } from './run-language';
import { JsonataExpression } from '../cdk/jsonata-expression';
import { S3Location } from '../job/s3-location';
import { Problems, requireType, sentence, show } from '../validation/problems';
import { A_STRING } from '../validation/value-types';

/**
 * Options of a state that runs a processing job.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html
 */
export interface RunProcessingJobOptions extends ProcessingJobRunOptions {
  /** What the job runs. */
  readonly definition: ProcessingJobDefinition;

  /**
   * The name of each job: at most 63 letters, digits and hyphens, unique in account and Region. It begins with a known text and has an
   * expression, since each run, each retry and each iteration of a Map needs a name of its own.
   *
   * @default - the `namePrefix` of the definition, a hyphen and a UUID
   */
  readonly processingJobName?: string;

  /**
   * Whether to retry when the service refuses to start the job for now, as by throttling: 5 times, beginning after 10 seconds. A job that
   * started and failed is not retried.
   *
   * @default true
   */
  readonly retryOnServiceExceptions?: boolean;
}

/**
 * Properties of a state that runs a processing job, with JSONPath.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html
 */
export interface RunProcessingJobJsonPathProps extends TaskStateJsonPathBaseProps, RunProcessingJobOptions {}

/**
 * Properties of a state that runs a processing job, with JSONata.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html
 */
export interface RunProcessingJobJsonataProps extends TaskStateJsonataBaseProps, RunProcessingJobOptions {}

/**
 * Properties of a state that runs a processing job.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html
 */
export interface RunProcessingJobProps extends TaskStateBaseProps, RunProcessingJobOptions {}

const OTHER_PROPERTIES = [
  'assign', 'comment', 'credentials', 'definition', 'heartbeat', 'heartbeatTimeout', 'inputPath', 'integrationPattern', 'outputPath', 'outputs',
  'processingJobName', 'queryLanguage', 'resultPath', 'resultSelector', 'retryOnServiceExceptions', 'stateName', 'taskTimeout', 'timeout',
];

const PROPERTIES_OF_JSON_PATH = ['inputPath', 'outputPath', 'resultPath', 'resultSelector'] as const;
const PROPERTIES_OF_JSONATA = ['outputs'] as const;

const LONGEST_STATE_NAME = 80;

/** What the service answers to a request that it may accept later. A job that fails is `States.TaskFailed`. */
const SERVICE_EXCEPTIONS = ['SageMaker.AmazonSageMakerException', 'SageMaker.ResourceLimitExceededException'];

/**
 * A state that runs a processing job and, by default, waits for its end.
 *
 * Each run has a new name, also in a retry, in a Map and in parallel. The state machine's role may start, describe and stop the jobs
 * whose names have the prefix of the definition, and pass the role of the definition to SageMaker.
 *
 * Values of a run can be expressions, also as a part of a text: `JsonPath.stringAt('$.day')` in JSONPath, and
 * `{% $states.input.day %}` in JSONata. They are JSONPath, unless `queryLanguage` says JSONata. What is fixed is checked like a
 * `ProcessingJob`. The constructor throws one error with all problems of the properties.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html
 * @example
 *
 * const state = RunProcessingJob.jsonata(this, 'Nightly', {
 *   definition,
 *   environment: { DAY: '{% $states.input.day %}' },
 *   inputLocations: { raw: S3Location.fromBucket(bucket, 'raw/{% $states.input.day %}/') },
 * });
 */
export class RunProcessingJob extends TaskStateBase {
  /**
   * A state whose expressions are JSONata: `{% … %}`.
   *
   * @param scope - the construct's parent
   * @param id - the construct's id
   * @param props - the properties of the state
   */
  public static jsonata(scope: Construct, id: string, props: RunProcessingJobJsonataProps): RunProcessingJob {
    return new RunProcessingJob(scope, id, { ...props, queryLanguage: QueryLanguage.JSONATA });
  }

  /**
   * A state whose expressions are JSONPath: `JsonPath.stringAt(…)`.
   *
   * @param scope - the construct's parent
   * @param id - the construct's id
   * @param props - the properties of the state
   */
  public static jsonPath(scope: Construct, id: string, props: RunProcessingJobJsonPathProps): RunProcessingJob {
    return new RunProcessingJob(scope, id, { ...props, queryLanguage: QueryLanguage.JSON_PATH });
  }

  /**
   * A number from a JSONata expression, for `instanceCount`, `Duration.seconds(…)` and `Size.gibibytes(…)`. In JSONPath, use
   * `JsonPath.numberAt(…)`. Calculate within the expression, `{% $states.input.count + 1 %}`: outside of it, an addition has no effect.
   *
   * @param expression - such as `{% $states.input.count %}`
   */
  public static numberFromJsonata(expression: string): number {
    return Token.asNumber(jsonataExpression('numberFromJsonata', expression, 'count'));
  }

  /**
   * A list of texts from a JSONata expression, for `arguments`. In JSONPath, use `JsonPath.listAt(…)`.
   *
   * @param expression - such as `{% $states.input.arguments %}`
   */
  public static listFromJsonata(expression: string): string[] {
    return Token.asList(jsonataExpression('listFromJsonata', expression, 'arguments'));
  }

  /** The names of the metrics of the integration. */
  protected readonly taskMetrics?: TaskMetricsConfig;
  /** What the role of the state machine is granted. */
  protected readonly taskPolicies?: PolicyStatement[];
  private readonly run: ProcessingRun;
  private readonly language: RunLanguage;
  private readonly resourceArn: string;

  constructor(scope: Construct, id: string, private readonly props: RunProcessingJobProps) {
    // The CDK would render arguments as those of the state.
    super(scope, id, { ...props, arguments: undefined } as TaskStateBaseProps);
    const { definition, integrationPattern = IntegrationPattern.RUN_JOB, processingJobName, queryLanguage } = props;
    requireType(`${this.node.path}`, 'definition', definition, A_DEFINITION);
    requireType(`${this.node.path}`, 'integrationPattern', integrationPattern, {
      name: 'RUN_JOB or REQUEST_RESPONSE',
      test: (pattern) => pattern !== IntegrationPattern.WAIT_FOR_TASK_TOKEN,
      remedy: () => 'The integration with SageMaker knows no task tokens. Leave it out to wait for the end of the job.',
    });
    this.language = queryLanguage === QueryLanguage.JSONATA ? JSONATA : JSON_PATH;
    const prefix = `${definition.namePrefix}-`;
    const name = processingJobName ?? (this.language === JSONATA ? `${prefix}{% $uuid() %}` : `${prefix}${JsonPath.uuid()}`);
    const problems = new Problems();
    this.checkTimeouts(problems);
    for (const property of this.language === JSONATA ? PROPERTIES_OF_JSON_PATH : PROPERTIES_OF_JSONATA) {
      if (props[property] !== undefined && props[property] !== null) {
        const other = this.language === JSONATA ? JSON_PATH : JSONATA;
        problems.add({ property, allowed: `is of ${other.name}, and the state has ${this.language.name}`, remedy: 'Leave it out, or change the queryLanguage.' });
      }
    }
    this.run = new ProcessingRun(this, 'RunProcessingJob', definition, props, OTHER_PROPERTIES, this.language, name, problems);
    const isSync = integrationPattern === IntegrationPattern.RUN_JOB;
    this.resourceArn = `arn:${Aws.PARTITION}:states:::sagemaker:createProcessingJob${isSync ? '.sync' : ''}`;
    this.taskMetrics = {
      metricPrefixSingular: 'ServiceIntegration',
      metricPrefixPlural: 'ServiceIntegrations',
      metricDimensions: { ServiceIntegrationResourceArn: this.resourceArn },
    };
    this.taskPolicies = isSync
      ? [...this.run.statements('DescribeProcessingJob', 'ListTags', 'StopProcessingJob'), this.eventsOfTheService()]
      : this.run.statements();
    this.node.addValidation({ validate: () => this.problemsOfMachines(isSync) });
    if (props.retryOnServiceExceptions ?? true) {
      this.addRetry({ errors: SERVICE_EXCEPTIONS, interval: Duration.seconds(10), backoffRate: 2, maxAttempts: 5, jitterStrategy: JitterType.FULL });
    }
  }

  /**
   * The location of an output, as an input of the next state. A location that only the run knows is read from the result of this state,
   * as the next state finds it in its input.
   *
   * @param name - the name of the output
   */
  public outputLocation(name: string): S3Location {
    const location = this.run.outputLocation(name);
    if (this.run.isKnown(location)) {
      return location;
    }
    const { integrationPattern = IntegrationPattern.RUN_JOB, outputPath, resultPath, resultSelector } = this.props;
    const hasResult = outputPath === undefined && resultPath !== JsonPath.DISCARD && resultSelector === undefined && this.props.outputs === undefined;
    if (integrationPattern !== IntegrationPattern.RUN_JOB || !hasResult) {
      throw new Error(`${this.node.path}.outputLocation: the location of '${name}' is known to the run alone, and the result of the state does not have it. `
        + 'Wait for the end of the job, and leave out outputPath, outputs, resultSelector and JsonPath.DISCARD; or give the next state the location itself.');
    }
    const path = `ProcessingOutputConfig.Outputs[${this.run.indexOfOutput(name)}].S3Output.S3Uri`;
    return location._writtenAs(this.language === JSONATA
      ? `{% $states.input.${path} %}`
      : JsonPath.stringAt(`${resultPath ?? '$'}.${path}`));
  }

  /** @internal */
  protected _renderTask(topLevelQueryLanguage?: QueryLanguage): any {
    const language = this.props.queryLanguage ?? topLevelQueryLanguage ?? QueryLanguage.JSON_PATH;
    if ((language === QueryLanguage.JSONATA) !== (this.language === JSONATA)) {
      throw new Error(`${this.node.path}: the state machine has the query language ${language}, and the state was made for ${this.language.name}. `
        + `Use RunProcessingJob.${this.language === JSONATA ? 'jsonPath' : 'jsonata'}(…), or give its queryLanguage.`);
    }
    // The definition and its tags can still change.
    const request = Lazy.any({ produce: () => this.language === JSONATA ? this.run.request : FieldUtils.renderObject(this.run.request) });
    return { Resource: this.resourceArn, [this.language === JSONATA ? 'Arguments' : 'Parameters']: request };
  }

  /** Checks what Step Functions refuses of a state machine that has this state. */
  private problemsOfMachines(isSync: boolean): string[] {
    const problems = new Problems();
    if (!Token.isUnresolved(this.stateId) && this.stateId.length > LONGEST_STATE_NAME) {
      problems.add({
        property: 'stateName', value: show(this.stateId), allowed: `must have at most ${LONGEST_STATE_NAME} characters, and has ${this.stateId.length}`, remedy: 'Give it a shorter one.',
      });
    }
    const machines = isSync ? this.node.root.node.findAll().filter((construct) => construct instanceof StateMachine) : [];
    const express = machines.flatMap((machine) => this.expressPlacesIn(machine))[0];
    if (express !== undefined) {
      problems.add({
        property: 'integrationPattern',
        allowed: `must be REQUEST_RESPONSE in ${express}`,
        remedy: 'Make that a standard one, or set integrationPattern.',
      });
    }
    return problems.errors.map(sentence);
  }

  /** Where Express executions of a state machine would wait for the job of this state. */
  private expressPlacesIn(machine: StateMachine): string[] {
    const { definitionString } = machine.node.defaultChild as CfnStateMachine;
    const isExpress = machine.stateMachineType === StateMachineType.EXPRESS;
    return enclosingMapsOf(this.stateId, machine.stack.resolve(definitionString)).flatMap((maps) => {
      const map = maps.find(({ ProcessorConfig }) => ProcessorConfig?.ExecutionType === 'EXPRESS');
      return isExpress
        ? `an Express state machine, which waits for no job, and '${machine.node.path}' is one`
        : map ? `a Distributed Map whose child executions are Express ones, which wait for no job, and '${map.name}' in '${machine.node.path}' is one` : [];
    });
  }

  /** Checks what Step Functions refuses, as far as it is known. */
  private checkTimeouts(problems: Problems): void {
    const { heartbeat, heartbeatTimeout, taskTimeout, timeout } = this.props;
    const secondsOf = (given?: Timeout, older?: Duration) => given?.seconds ?? older?.toSeconds({ integral: false });
    const seconds = {
      [heartbeatTimeout ? 'heartbeatTimeout' : 'heartbeat']: secondsOf(heartbeatTimeout, heartbeat),
      [taskTimeout ? 'taskTimeout' : 'timeout']: secondsOf(taskTimeout, timeout),
    };
    for (const [property, value] of Object.entries(seconds)) {
      if (value !== undefined && !Token.isUnresolved(value) && value < 1) {
        problems.add({ property, value: `${value} seconds`, allowed: 'must be at least 1 second', remedy: 'Raise it.' });
      }
    }
    const [[property, beat], [, whole]] = Object.entries(seconds);
    if (beat !== undefined && whole !== undefined && !Token.isUnresolved(beat) && !Token.isUnresolved(whole) && beat >= whole) {
      problems.add({ property, value: `${beat} seconds`, allowed: `must be shorter than the timeout of the state, ${whole} seconds`, remedy: 'Lower it.' });
    }
  }

  /** Step Functions learns of the end of a job by a rule that it manages itself. */
  private eventsOfTheService(): PolicyStatement {
    return new PolicyStatement({
      actions: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
      resources: [Stack.of(this).formatArn({
        service: 'events', resource: 'rule', resourceName: 'StepFunctionsGetEventsForSageMakerProcessingJobsRule',
      })],
    });
  }
}

/** A Map that encloses a state. */
interface EnclosingMap {
  readonly name: string;
  readonly ProcessorConfig?: { readonly ExecutionType?: string };
}

/** The Maps around a state that waits for a job, for each place where a definition has the state. */
function enclosingMapsOf(stateId: string, definition: unknown): EnclosingMap[][] {
  const found: EnclosingMap[][] = [];
  const visit = ({ States = {} }: any, maps: EnclosingMap[]) => {
    for (const [name, { Branches = [], Iterator, ItemProcessor = Iterator, Resource }] of Object.entries<any>(States)) {
      if (name === stateId && String(Resource).endsWith('sagemaker:createProcessingJob.sync')) {
        found.push(maps);
      }
      Branches.forEach((branch: unknown) => visit(branch, maps));
      if (ItemProcessor) {
        visit(ItemProcessor, [...maps, { name, ProcessorConfig: ItemProcessor.ProcessorConfig }]);
      }
    }
  };
  visit(parsed(definition), []);
  return found;
}

/** A definition as its template has it: a text, or parts of one with expressions of CloudFormation. Those may stand for numbers. */
function parsed(definition: any): object {
  const parts: unknown[] = typeof definition === 'string' ? [definition] : definition?.['Fn::Join']?.[1] ?? [];
  try {
    return JSON.parse(parts.map((part) => typeof part === 'string' ? part : '0').join(''));
  } catch {
    return {};
  }
}

function jsonataExpression(method: string, expression: string, example: string): JsonataExpression {
  requireType(`RunProcessingJob.${method}`, 'expression', expression, A_STRING);
  requireType(`RunProcessingJob.${method}`, 'expression', expression, {
    name: 'an expression of JSONata', test: (text) => isExpression(text, JSONATA), remedy: () => `Write it as '{% $states.input.${example} %}'.`,
  });
  return new JsonataExpression(expression);
}
