import { Annotations, Duration, Stack, Token } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { BoundCode, CODE_INPUT } from './code';
import { BoundImage, checkImageRegion } from './image';
import { ProcessingInput } from './input';
import { BoundInput } from './input-options';
import { AN_INPUT, AN_INSTANCE_TYPE, AN_OUTPUT, PROCESSING_JOB_MEMBERS, PROCESSING_JOB_PROPERTIES } from './members';
import { PROCESSING_JOBS } from './metrics';
import { BoundOutput, ProcessingOutput } from './output';
import {
  CommonProcessingJobProps, ProcessingExperimentAssociation, ProcessingInstancePreference, ProcessingJobDefinitionProps,
} from './processing-job-definition-props';
import { ProcessingJobRemovalPolicy } from './removal-policy';
import { elementNames, renderRequest, RequestParts, sortedByName } from './render-request';
import { PROCESSING_JOB_RULES } from './rules';
import { A_KNOWN_NAME } from '../job/forbidden-references';
import { JobDefinition } from '../job/job-definition';
import { JobKind } from '../job/job-kind';
import { JobNames } from '../job/job-names';
import { letMembersIn } from '../job/job-network';
import { ElementNames } from '../job/property-problems';
import { S3Location } from '../job/s3-location';
import { warnOfUnknownData } from '../job/unknown-data';
import { PROVIDED_PROCESSING_JOB } from '../provider/kinds';
import { INSTANCE_TYPE_REGIONS } from '../service-model/instance-type-regions';
import { CreateProcessingJobRequest } from '../service-model/requests';
import { misspellings, OptionNames } from '../validation/options';
import { Problems, requireType, sentence, show } from '../validation/problems';
import { A_SECRET, A_SECRET_STRING, A_STRING } from '../validation/value-types';

export const PROCESSING: JobKind<CreateProcessingJobRequest> = {
  ...PROVIDED_PROCESSING_JOB,
  className: 'ProcessingJob',
  noun: 'SageMaker job',
  documentation: 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html',
  nameMember: 'ProcessingJobName',
  members: PROCESSING_JOB_MEMBERS,
  properties: PROCESSING_JOB_PROPERTIES,
  rules: PROCESSING_JOB_RULES,
  removalPolicy: ProcessingJobRemovalPolicy.STOP,
};

const EXPERIMENT_NAMES: OptionNames<ProcessingExperimentAssociation> = {
  experimentName: true, runName: true, trialComponentDisplayName: true, trialName: true,
};
const PREFERENCE_NAMES: OptionNames<ProcessingInstancePreference> = { instanceCount: true, instanceType: true };

/** The properties that define a job. A missing image is a problem of the request. */
type DefiningProps = CommonProcessingJobProps & Partial<ProcessingJobDefinitionProps>;

/** Values of a run, which replace those of the definition. */
export interface RunValues extends Pick<CommonProcessingJobProps, 'arguments' | 'environment' | 'instanceCount' | 'instanceType' | 'maxRuntime' | 'volumeSize'> {
  readonly inputs: ReadonlyMap<string, BoundInput>;
  readonly outputs: ReadonlyMap<string, BoundOutput>;
}

/** The definition of a processing job. */
export class ProcessingDefinition extends JobDefinition<DefiningProps> implements RequestParts {
  public readonly environment: { [name: string]: string };
  public readonly image?: BoundImage;
  public readonly code?: BoundCode;
  public readonly inputs = new Map<string, BoundInput>();
  public readonly outputs = new Map<string, BoundOutput>();
  /** What the role was granted that is not for the data which only a service can find. */
  private readonly grantsOfNoData: Grant[] = [];

  constructor(scope: Construct, props: DefiningProps, problems: Problems, kind: JobKind = PROCESSING) {
    super(scope, kind, props, hasSeveralInstances(props), problems);
    // An object without a prototype, so that a variable can even be called __proto__.
    this.environment = Object.assign(Object.create(null), props.environment);
    this.image = props.image?._bind(scope, this.instanceTypes.every(hasGpu));
    this.bindSecrets(problems);
    this.code = props.code?._bind(scope, this.image?.command ?? ['python3'], problems);
    this.bindInputsAndOutputs(problems);
    this.checkProps(problems);
  }

  public render(): CreateProcessingJobRequest {
    return renderRequest(this);
  }

  /** The request of a run with other values. */
  public renderRun({ environment, inputs, outputs, ...props }: RunValues): CreateProcessingJobRequest {
    const isAnotherType = props.instanceType !== undefined;
    return renderRequest({
      image: this.image,
      code: this.code,
      network: this.network,
      role: this.role,
      environment: { ...this.environment, ...environment },
      inputs: new Map([...this.inputs, ...inputs]),
      outputs: new Map([...this.outputs, ...outputs]),
      props: { ...this.props, ...isAnotherType && { instancePreferences: undefined }, ...props },
    });
  }

  /** Lets several instances of a run reach each other. */
  public distribute(): void {
    if (this.network && this.mostInstances <= 1) {
      letMembersIn(this.scope, this.network);
    }
  }

  public get longestRuntime(): Duration | undefined {
    return this.props.maxRuntime;
  }

  public addEnvironment(name: string, value: string): void {
    this.requireNew('addEnvironment', name, Object.keys(this.environment).includes(name));
    requireType(this.method('addEnvironment'), 'name', name, A_KNOWN_NAME);
    requireType(this.method('addEnvironment'), 'value', value, A_SECRET_STRING);
    this.environment[name] = value;
  }

  public addSecret(name: string, secret: ISecret): void {
    this.requireNew('addSecret', name, Object.keys(this.environment).includes(name));
    requireType(this.method('addSecret'), 'name', name, A_KNOWN_NAME);
    requireType(this.method('addSecret'), 'secret', secret, A_SECRET);
    this.bindSecret(name, secret);
  }

  public addInput(name: string, input: ProcessingInput): void {
    this.requireNew('addInput', name, this.inputs.has(name));
    requireType(this.method('addInput'), 'input', input, AN_INPUT);
    const bound = input._bind(name);
    this.requireUsable('addInput', bound.location);
    this.bindInput(name, bound);
  }

  public addOutput(name: string, output: ProcessingOutput): void {
    this.requireNew('addOutput', name, this.outputs.has(name));
    requireType(this.method('addOutput'), 'output', output, AN_OUTPUT);
    const bound = output._bind(name);
    this.requireUsable('addOutput', bound.location);
    this.bindOutput(name, bound);
  }

  public outputLocation(name: string): S3Location {
    requireType(this.method('outputLocation'), 'name', name, A_STRING);
    const location = this.outputs.get(name)?.location;
    if (location === undefined) {
      const names = [...this.outputs].filter(([, output]) => output.location).map(([known]) => `'${known}'`).join(', ');
      throw new Error(`${this.method('outputLocation')}: there is no output named ${show(name)} in S3. ${names ? `There is ${names}.` : 'Add it to outputs.'}`);
    }
    return location;
  }

  protected elements(): ElementNames {
    return elementNames(this);
  }

  protected locations() {
    const elements = [...this.inputs].map(([name, { location }]) => [name === CODE_INPUT && this.code ? 'code.location' : `inputs.${name}.location`, location]);
    return Object.fromEntries([...elements, ...[...this.outputs].map(([name, { location }]) => [`outputs.${name}.location`, location])]);
  }

  protected grants(): (Grant | undefined)[] {
    return [...this.image?.grantTo?.(this.grantee) ?? [], this.grantLogsOf(this.names)];
  }

  public allowRuns(names: JobNames): void {
    this.addGrants([this.grantLogsOf(names)]);
  }

  private grantLogsOf(names: JobNames): Grant {
    return this.grantLogs(PROCESSING_JOBS, `${names.patternOfStack}/*`);
  }

  /** The largest number of instances. Infinite if only CloudFormation knows it. */
  public get mostInstances(): number {
    const counts = countsOf(this.props).filter((count) => typeof count === 'number');
    return counts.some((count) => Token.isUnresolved(count)) ? Infinity : Math.max(1, ...counts);
  }

  /** The given instance types that the job may run on. */
  private get instanceTypes(): string[] {
    const types = [this.props.instanceType, ...this.props.instancePreferences?.map((preference) => preference?.instanceType) ?? []];
    return types.flatMap((type) => typeof type?.name === 'string' ? type.name : []);
  }

  private bindInputsAndOutputs(problems: Problems): void {
    for (const [name, input] of sortedByName(Object.entries(this.props.inputs ?? {}))) {
      if (problems.require(`inputs.${name}`, input, AN_INPUT)) {
        this.bindInput(name, input._bind(name));
      }
    }
    for (const [name, output] of sortedByName(Object.entries(this.props.outputs ?? {}))) {
      if (problems.require(`outputs.${name}`, output, AN_OUTPUT)) {
        this.bindOutput(name, output._bind(name));
      }
    }
    if (this.code) {
      if (this.inputs.has(CODE_INPUT)) {
        problems.add({ property: `inputs.${CODE_INPUT}`, allowed: 'has the name of the input that carries code', remedy: 'Give it another name.' });
      }
      this.bindInput(CODE_INPUT, this.code.input);
    }
  }

  private bindSecrets(problems: Problems): void {
    for (const [name, secret] of sortedByName(Object.entries(this.props.secrets ?? {}))) {
      if (Object.keys(this.environment).includes(name)) {
        problems.add({ property: `secrets.${name}`, allowed: 'is the name of a variable of environment, too', remedy: 'Give one of them another name.' });
      } else if (problems.require(`secrets.${name}`, secret, A_SECRET)) {
        this.bindSecret(name, secret);
      }
    }
  }

  private bindSecret(name: string, secret: ISecret): void {
    this.environment[name] = secret.secretArn;
    this.addGrants([secret.grantRead(this.grantee)]);
  }

  private bindInput(name: string, input: BoundInput): void {
    this.inputs.set(name, input);
    this.warnOfMisspelt(`inputs.${name}`, input.misspelt);
    const grants = input.grantTo(this.grantee).filter((grant) => grant !== undefined);
    this.addGrants(grants);
    this.readAfter(input.producer);
    if (input.unknownData !== undefined || name === CODE_INPUT) {
      this.grantsOfNoData.push(...grants);
    }
    if (input.unknownData !== undefined) {
      warnOfUnknownData(this.scope, this.role, input.unknownData, this.grantsOfNoData);
    }
  }

  private bindOutput(name: string, output: BoundOutput): void {
    this.outputs.set(name, output);
    this.warnOfMisspelt(`outputs.${name}`, output.misspelt);
    this.addGrants(output.grantTo(this.grantee));
  }

  /** Checks the properties for problems that the request does not show. */
  private checkProps(problems: Problems): void {
    const { code, entrypoint, experiment, instancePreferences, networkIsolation, secrets } = this.props;
    this.warnOfMisspelt('image', this.image?.misspelt);
    this.warnOfMisspelt('code', this.code?.misspelt);
    this.warnOfMisspelt('experiment', misspellings(experiment, Object.keys(EXPERIMENT_NAMES)));
    checkImageRegion(this.scope, this.image?.uri, problems);
    if (secrets && networkIsolation === true && Object.keys(secrets).length > 0) {
      problems.add({
        property: 'secrets',
        allowed: 'cannot be given with networkIsolation, for the container has no network to read them',
        remedy: 'Leave one of them out.',
      });
    }
    if (code && entrypoint) {
      problems.add({ property: 'entrypoint', allowed: 'cannot be given together with code', remedy: "Leave it out, and use the code's command." });
    }
    instancePreferences?.forEach((preference, index) => {
      this.warnOfMisspelt(`instancePreferences[${index}]`, misspellings(preference, Object.keys(PREFERENCE_NAMES)));
      problems.expect(`instancePreferences[${index}].instanceType`, preference?.instanceType, AN_INSTANCE_TYPE);
    });
  }

  /** Warns about values that only some Regions or images allow. */
  protected warn(): void {
    const annotations = Annotations.of(this.scope);
    const { region } = Stack.of(this.scope);
    for (const name of this.instanceTypes) {
      const regions = regionsWithout(name, region);
      if (regions) {
        annotations.addWarningV2('cdk-sagemaker-jobs:instanceTypeNotInRegion',
          `instanceType: ${name} is not known to be offered in ${region}; it is in ${regions.join(', ')}. Choose another, or check it.`);
      }
    }
    if (this.code !== undefined && this.code.packages !== 'none' && this.props.networkIsolation === true) {
      const which = this.code.packages === 'some' ? 'the packages of requirements.txt' : 'packages of a requirements.txt in the archive';
      annotations.addWarningV2('cdk-sagemaker-jobs:requirementsWithNetworkIsolation',
        `code: ${which} cannot be downloaded with networkIsolation: the job fails unless the image has them. Build an image with them.`);
    }
  }

  private requireNew(method: string, name: string, exists: boolean): void {
    requireType(this.method(method), 'name', name, A_STRING);
    if (exists) {
      throw new Error(`${this.method(method)}: there is one named ${show(name)} already. Give this one another name.`);
    }
  }

  private requireUsable(method: string, location: S3Location | undefined): void {
    const problem = location?._warnings(this.scope, this.isRoleMade).find(({ warning }) => warning === undefined);
    if (problem !== undefined) {
      throw new Error(`${this.method(method)}: ${sentence({ property: 'location', value: show(location!.uri), ...problem })}`);
    }
  }

  private method(name: string): string {
    return `${this.scope.node.path}.${name}`;
  }
}

/** Whether the job may have several instances. A count that only CloudFormation knows may be greater than one. */
function hasSeveralInstances(props: CommonProcessingJobProps): boolean {
  return countsOf(props).some((count) => typeof count === 'number' && (Token.isUnresolved(count) || count > 1));
}

function countsOf({ instanceCount, instancePreferences }: CommonProcessingJobProps): (number | undefined)[] {
  return [instanceCount, ...instancePreferences?.map((preference) => preference?.instanceCount) ?? []];
}

/** Whether the instance type belongs to the families G or P. */
function hasGpu(instanceType: string): boolean {
  return /^ml\.[gp]/.test(instanceType);
}

/** The Regions of an instance type, if the given Region is known not to be one of them. */
function regionsWithout(instanceType: string, region: string): readonly string[] | undefined {
  const isKnown = INSTANCE_TYPE_REGIONS.some(({ regions }) => regions.includes(region));
  const offered = INSTANCE_TYPE_REGIONS.find(({ types }) => types.includes(instanceType))?.regions;
  return isKnown && !offered?.includes(region) ? offered : undefined;
}
