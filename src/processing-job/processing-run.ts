import { Duration, Size, SizeRoundingBehavior, Token } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { BoundInput } from './input-options';
import { ProcessingInstanceType } from './instance-type';
import { AN_INSTANCE_TYPE } from './members';
import { BoundOutput } from './output';
import { PROCESSING } from './processing-definition';
import { ProcessingJobDefinition } from './processing-job-definition';
import {
  brokenExpression, hasExpressions, isListOfRun, knownBeginning, lengthAtLeast,
  masked, misplaced, readsLikeExpression, RunLanguage, SCHEDULER, withoutExpressions, written,
} from './run-language';
import { checkDeployedTogether } from '../job/given-resources';
import { arnOf } from '../job/job-arns';
import { A_LOCATION, S3Location } from '../job/s3-location';
import { JobTag } from '../provider/contract';
import { misspellings, misspellingProblem } from '../validation/options';
import { addWarnings, Problems, problemsError, sentence, show } from '../validation/problems';
import { A_DURATION, A_LIST, A_MAP, A_NUMBER, A_SIZE, A_STRING, instanceOf, PropertyTypes } from '../validation/value-types';

/**
 * Values of a run, in place of those of the definition. They can be expressions that are evaluated when the run starts, also as a
 * part of a text.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html
 */
export interface ProcessingJobRunOptions {
  /**
   * The arguments of the container's entrypoint: 1 to 100, each at most 256 characters. They replace those of the definition.
   *
   * @default - those of the definition
   */
  readonly arguments?: string[];

  /**
   * Environment variables of the container, beside those of the definition. One of the same name replaces that of the definition. At
   * most 100 together; names and values have at most 256 characters.
   *
   * @default - those of the definition
   */
  readonly environment?: { [name: string]: string };

  /**
   * Where inputs of the definition come from, by the names of the inputs. The role may read what is known of the location: of
   * `raw/` and an expression, all that begins with `raw/`. If not even the bucket is known, a warning says so: grant it to the definition.
   *
   * @default - the locations of the definition
   */
  readonly inputLocations?: { [name: string]: S3Location };

  /**
   * The number of instances: 1 to 100.
   *
   * @default - that of the definition
   */
  readonly instanceCount?: number;

  /**
   * The type of the instances. It replaces the `instancePreferences` of the definition, too.
   *
   * @default - that of the definition
   */
  readonly instanceType?: ProcessingInstanceType;

  /**
   * How long the job may run before the service stops it: a whole number of seconds, at least one second and at most nine days.
   *
   * @default - that of the definition
   */
  readonly maxRuntime?: Duration;

  /**
   * Where outputs of the definition go, by the names of the outputs. The role may write to what is known of the location, as for `inputLocations`.
   *
   * @default - the locations of the definition
   */
  readonly outputLocations?: { [name: string]: S3Location };

  /**
   * Tags of the job, beside those of the definition: at most 46 together. Keys have at most 128 characters, values at most 256.
   *
   * @default - those of the definition
   */
  readonly tags?: { [key: string]: string };

  /**
   * The size of each instance's volume: 1 to 16384 whole GiB.
   *
   * @default - that of the definition
   */
  readonly volumeSize?: Size;
}

/** The options of runs, and the type of value of each. */
export const RUN_OPTIONS: PropertyTypes = {
  arguments: A_LIST,
  environment: A_MAP,
  inputLocations: A_MAP,
  instanceCount: A_NUMBER,
  instanceType: AN_INSTANCE_TYPE,
  maxRuntime: A_DURATION,
  outputLocations: A_MAP,
  tags: A_MAP,
  volumeSize: A_SIZE,
};

const LONGEST_NAME = 63;

export const A_DEFINITION = instanceOf(ProcessingJobDefinition, "Use new ProcessingJobDefinition(this, 'Definition', …).");

/** Runs of a definition that something else than a deployment starts, each with a new name. */
export class ProcessingRun {
  private readonly options: ProcessingJobRunOptions;
  private readonly inputs = new Map<string, BoundInput>();
  private readonly outputs = new Map<string, BoundOutput>();

  /**
   * Throws one error with all problems of the options.
   *
   * @param scope - the construct that starts the runs
   * @param className - the class in errors
   * @param definition - what runs
   * @param options - the values of the runs. Other members are those of whoever starts them
   * @param others - the names of these other members
   * @param language - the language of expressions
   * @param name - the name of each run: a text with an expression
   * @param problems - those of the other members
   */
  constructor(
    private readonly scope: Construct,
    private readonly className: string,
    private readonly definition: ProcessingJobDefinition,
    options: ProcessingJobRunOptions,
    others: readonly string[],
    private readonly language: RunLanguage,
    private readonly name: string,
    problems: Problems,
  ) {
    checkDeployedTogether(scope, language === SCHEDULER ? 'schedule' : 'state', 'definition', definition, problems);
    const names = Object.keys(RUN_OPTIONS);
    misspellings(options, [...names, ...others]).forEach((misspelling) => problems.add(misspellingProblem(misspelling)));
    this.options = Object.fromEntries(names.map((property) => {
      const value = (options as { readonly [property: string]: unknown })[property] ?? undefined;
      return [property, problems.expect(property, value, RUN_OPTIONS[property]!)];
    }).filter(([, value]) => value !== undefined));
    this.move('inputLocations', definition._definition.inputs, this.options.inputLocations, this.inputs, problems);
    this.move('outputLocations', definition._definition.outputs, this.options.outputLocations, this.outputs, problems);
    this.checkName(problems);
    this.checkExpressions(problems);
    this.check(problems);
    if (problems.errors.length > 0) {
      throw this.error(problems);
    }
    addWarnings(scope, problems);
    const { instanceCount } = this.options;
    if (typeof instanceCount === 'number' && (Token.isUnresolved(instanceCount) || instanceCount > 1)) {
      definition._definition.distribute();
    }
    const moved = [...this.inputs.values(), ...this.outputs.values()];
    definition._definition.addGrants(moved.flatMap((bound) => bound.grantTo(definition._definition.grantee)));
    scope.node.addValidation({ validate: () => this.problemsAtSynth() });
  }

  /** The request of a run, in the language of its expressions. */
  public get request(): object {
    return written(this.rendered, this.language, this.scope) as object;
  }

  /** Statements that allow whoever starts the runs to do so. Their names begin with the known part of the name. */
  public statements(...actions: string[]): PolicyStatement[] {
    const jobs = [arnOf(PROCESSING, this.scope, `${knownBeginning(this.name, this.language).toLowerCase()}*`)];
    return [
      new PolicyStatement({ actions: ['CreateProcessingJob', ...actions].map((action) => `sagemaker:${action}`), resources: jobs }),
      // The tags of a Create call are tagged by AddTags, on behalf of the call.
      new PolicyStatement({ actions: ['sagemaker:AddTags'], resources: jobs, conditions: { Null: { 'sagemaker:TaggingAction': 'false' } } }),
      new PolicyStatement({
        actions: ['iam:PassRole'],
        resources: [this.definition.role.roleArn],
        conditions: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
      }),
    ];
  }

  /** The location of an output of a run. */
  public outputLocation(name: string): S3Location {
    return this.outputs.get(name)?.location ?? this.definition._definition.outputLocation(name);
  }

  /** Whether a location is known before the run. */
  public isKnown({ uri }: S3Location): boolean {
    return !hasExpressions(uri, this.language);
  }

  /** Where an output stands in the request. */
  public indexOfOutput(name: string): number {
    return this.rendered.ProcessingOutputConfig!.Outputs!.findIndex(({ OutputName }) => OutputName === name);
  }

  private get rendered() {
    const { inputLocations: _inputs, outputLocations: _outputs, tags: given, ...values } = this.options;
    const tags = { ...Object.fromEntries(this.definition._tags.map(({ Key, Value }) => [Key, Value])), ...given };
    return {
      ProcessingJobName: this.name,
      ...this.definition._definition.renderRun({ ...values, inputs: this.inputs, outputs: this.outputs }),
      ...Object.keys(tags).length > 0 && { Tags: Object.keys(tags).sort().map((Key) => ({ Key, Value: tags[Key] })) },
    };
  }

  private move<Bound extends BoundInput | BoundOutput>(
    property: string,
    defined: ReadonlyMap<string, Bound>,
    given: { [name: string]: S3Location } = {},
    moved: Map<string, Bound>,
    problems: Problems,
  ): void {
    for (const [name, location] of Object.entries(given)) {
      const at = defined.get(name)?.at as ((location: S3Location) => Bound) | undefined;
      if (at === undefined) {
        const known = [...defined].filter(([, bound]) => bound.at).map(([each]) => `'${each}'`).join(', ');
        problems.add({
          property: `${property}.${name}`,
          allowed: `names none of the definition in S3${known && `, which has ${known}`}`,
          remedy: 'Add it to the definition, and give it another location here.',
        });
      } else if (problems.require(`${property}.${name}`, location, A_LOCATION)) {
        this.moveTo(`${property}.${name}`, at, location, problems, (bound) => moved.set(name, bound));
      }
    }
  }

  private moveTo<Bound extends BoundInput | BoundOutput>(
    property: string, at: (location: S3Location) => Bound, location: S3Location, problems: Problems, add: (bound: Bound) => void,
  ): void {
    const known = location._known((text) => knownBeginning(text, this.language));
    const beginning = knownBeginning(location.uri, this.language);
    if (!['https://', 's3://'].some((scheme) => scheme.startsWith(beginning) || beginning.startsWith(scheme))) {
      problems.add({ property, value: show(location.uri), allowed: "must be a location in S3, such as 's3://bucket/prefix/'", remedy: "Begin it with 's3://'." });
    } else if (known === undefined) {
      problems.add({
        property,
        value: show(location.uri),
        allowed: `tells no bucket before the run, so the role of '${this.definition.node.path}' was not given access`,
        remedy: 'Begin it with a bucket, or grant access to the definition and acknowledge this warning.',
        warning: 'cdk-sagemaker-jobs:locationOfRun',
      });
    }
    const { isRoleMade } = this.definition._definition;
    known?._warnings(this.scope, isRoleMade).forEach((warning) => problems.add({ property, value: show(location.uri), ...warning }));
    const bound = at(known ?? location);
    add(known === undefined ? { ...bound, grantTo: () => [] } : bound);
  }

  private checkName(problems: Problems): void {
    if (!hasExpressions(this.name, this.language) && misplaced(this.name, this.language) === undefined) {
      problems.add({
        property: 'processingJobName',
        value: show(this.name),
        allowed: 'must differ for each run, and has no expression',
        remedy: `Leave it out, or put an expression of ${this.language.name} into it, such as ${this.language.example.text}.`,
      });
    } else if (!/^[a-zA-Z0-9]/.test(knownBeginning(this.name, this.language))) {
      problems.add({
        property: 'processingJobName',
        value: show(this.name),
        allowed: 'must begin with a text that is known, for the permission to start jobs names it',
        remedy: "Begin it with letters of your choice, such as 'prepare-'.",
      });
    } else if (!/^[a-zA-Z0-9-]*$/.test(withoutExpressions(this.name, this.language))) {
      problems.add({
        property: 'processingJobName',
        value: show(this.name),
        allowed: 'must be letters, digits and hyphens, as far as it is no expression',
        remedy: 'Write a hyphen in place of other characters.',
      });
    } else if (this.name.endsWith('-')) {
      problems.add({ property: 'processingJobName', value: show(this.name), allowed: 'must end with a letter or digit', remedy: 'Leave out the hyphen at its end.' });
    } else if (lengthAtLeast(this.name, this.language) > LONGEST_NAME) {
      const length = lengthAtLeast(this.name, this.language);
      problems.add({
        property: 'processingJobName',
        value: show(this.name),
        allowed: `must have at most ${LONGEST_NAME} characters, and has ${length} with those of a UUID`,
        remedy: `Shorten it by ${length - LONGEST_NAME}.`,
      });
    }
  }

  /** Expressions of another language would reach the job as they are. */
  private checkExpressions(problems: Problems): void {
    const { language } = this;
    const visit = (property: string, value: unknown): void => {
      const isText = typeof value === 'string';
      const wrong = misplaced(value, language) ?? (isText ? brokenExpression(value, language) : undefined);
      if (wrong !== undefined) {
        problems.add({ property, value: show(value), allowed: wrong, remedy: remedyFor(value, language) });
      } else if (isText && readsLikeExpression(value)) {
        problems.add({
          property,
          value: show(value),
          allowed: `is a text for the job, and reads like an expression, which ${language.name} writes differently`,
          remedy: `Write ${language.example.text}, or acknowledge this warning.`,
          warning: 'cdk-sagemaker-jobs:textLikeExpression',
        });
      } else if (value instanceof Duration) {
        visit(property, value.toSeconds({ integral: false }));
      } else if (value instanceof Size) {
        visit(property, value.toGibibytes({ rounding: SizeRoundingBehavior.NONE }));
      } else if (value instanceof S3Location) {
        visit(property, value.uri);
      } else if (value instanceof ProcessingInstanceType) {
        visit(property, value.name);
      } else if (Array.isArray(value) && !isListOfRun(value)) {
        value.forEach((element, index) => visit(`${property}[${index}]`, element));
      } else if (typeof value === 'object' && value !== null && A_MAP.test(value) && !Token.isUnresolved(value)) {
        Object.entries(value).forEach(([name, member]) => visit(`${property}.${name}`, member));
      }
    };
    [...Object.entries(this.options), ['processingJobName', this.name] as const].forEach(([property, value]) => visit(property, value));
    for (const [name, value] of Object.entries(this.options.environment ?? {})) {
      if (hasExpressions(name, language) || misplaced(name, language) !== undefined) {
        problems.add({ property: `environment.${show(name)}`, allowed: 'must have a name that is known: only values can be expressions', remedy: 'Write the name of the variable.' });
        continue;
      }
      problems.expect(`environment.${name}`, value, A_STRING);
    }
  }

  private check(problems: Problems): void {
    const { Tags = [], ...request } = this.rendered;
    this.definition._definition.checkRequestOfRun(masked(request, this.language) as object, problems);
    this.definition._definition.checkTags(masked(Tags, this.language) as JobTag[], problems);
    this.checkTextsOfDefinition(problems);
  }

  /** A definition has no expressions, since a deployment knows none. Whoever starts the run would evaluate what looks like one. */
  private checkTextsOfDefinition(problems: Problems): void {
    const { arguments: given, environment = {} } = this.options;
    const replaced = Object.fromEntries(Object.keys(environment).map((name) => [name, '']));
    const visit = (path: string, value: unknown): void => {
      if (typeof value === 'string' && (hasExpressions(value, this.language) || brokenExpression(value, this.language) !== undefined)) {
        problems.add({
          property: `'${this.definition.node.path}': ${path}`,
          allowed: `is a text of the definition that ${this.language.name} reads as an expression`,
          remedy: 'Give it to the run as an option, or write it without the marks of an expression.',
        });
      } else if (typeof value === 'object' && value !== null && !Token.isUnresolved(value)) {
        Object.entries(value).forEach(([name, member]) => visit(Array.isArray(value) ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`, member));
      }
    };
    visit('', this.definition._definition.renderRun({ environment: replaced, ...given && { arguments: [] }, inputs: new Map(), outputs: new Map() }));
  }

  private problemsAtSynth(): string[] {
    const problems = new Problems();
    this.check(problems);
    addWarnings(this.scope, problems);
    return problems.errors.map(sentence);
  }

  private error(problems: Problems): Error {
    return problemsError(`${this.className} '${this.scope.node.path}'`, problems.errors, PROCESSING.documentation);
  }
}

/** How to write what is no expression of a language as one. */
function remedyFor(value: unknown, { example, name }: RunLanguage): string {
  const type = typeof value === 'number' ? 'number' : Array.isArray(value) ? 'list' : 'text';
  return example[type] === undefined ? `Write the ${type}: ${name} has no expression for it.` : `Write it as one of ${name}: ${example[type]}.`;
}
