import { Aws, CfnParameter, Duration, Size, Stack, Tags } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  DefinitionBody, DistributedMap, IChainable, IntegrationPattern, JsonPath, Map as MapState, Parallel, Pass, ProvideItems, QueryLanguage, State,
  StateMachine, StateMachineType, Timeout,
} from 'aws-cdk-lib/aws-stepfunctions';
import { permissionsOf, readable } from './policies';
import { minimalProps, newStack, resourcesOf } from './testing';
import {
  ProcessingInput, ProcessingInstanceType, ProcessingJobDefinition, ProcessingOutput, RunProcessingJob, RunProcessingJobOptions, S3Location,
} from '../../src';

function newDefinition(stack: Stack, props: object = {}): ProcessingJobDefinition {
  const data = Bucket.fromBucketName(stack, 'Data', 'data');
  return new ProcessingJobDefinition(stack, 'Prepare', {
    ...minimalProps() as any,
    inputs: { raw: ProcessingInput.fromS3(S3Location.fromBucket(data, 'raw/all/')) },
    outputs: { train: ProcessingOutput.toS3(S3Location.fromBucket(data, 'train/')) },
    environment: { MODE: 'all' },
    ...props,
  });
}

type Language = 'jsonPath' | 'jsonata';

/** A stack with a state machine of one state. */
function stateOf(
  language: Language,
  options: (stack: Stack) => Partial<RunProcessingJobOptions> & object = () => ({}),
  defined: (stack: Stack) => object = () => ({}),
) {
  const stack = newStack();
  const definition = newDefinition(stack, defined(stack));
  const state = RunProcessingJob[language](stack, 'Run', { definition, ...options(stack) } as any);
  new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(state) });
  return { stack, definition, state };
}

/** The state as the deployed definition has it, with readable tokens. */
function rendered(stack: Stack, id = 'Run'): any {
  const [machine] = Object.values(resourcesOf(stack, 'AWS::StepFunctions::StateMachine'));
  return JSON.parse(readable(machine.Properties.DefinitionString)).States[id];
}

describe('what Step Functions or SageMaker would refuse of a state', () => {
  const uuid = { jsonPath: JsonPath.uuid(), jsonata: '{% $uuid() %}' };

  describe.each<Language>(['jsonPath', 'jsonata'])('with %s', (language) => {
    test.each<[string, (id: string) => string, RegExp]>([
      ['a name that is too long with its UUID', (id) => `${'x'.repeat(27)}-${id}`, /processingJobName is .*: must have at most 63 characters, and has 64 with those of a UUID\. Shorten it by 1\./],
      ['a name that ends with a hyphen', (id) => `x-${id}-`, /processingJobName is .*: must end with a letter or digit\./],
    ])('is %s', (_, name, problem) => {
      expect(() => stateOf(language, () => ({ processingJobName: name(uuid[language]) }))).toThrow(problem);
    });

    test('is no name with a UUID that fits, nor one whose length only the run knows', () => {
      const execution = { jsonPath: JsonPath.executionName, jsonata: '{% $states.context.Execution.Name %}' };
      for (const name of [`${'x'.repeat(26)}-${uuid[language]}`, `${'x'.repeat(60)}-${execution[language]}`, `x-${uuid[language]}-1`]) {
        expect(() => stateOf(language, () => ({ processingJobName: name }))).not.toThrow();
      }
    });

    test('is an expression as the name of a variable', () => {
      const key = { jsonPath: JsonPath.stringAt('$.key'), jsonata: '{% $states.input.key %}' };
      expect(() => stateOf(language, () => ({ environment: { [key[language]]: 'x' } }))).toThrow(/environment\..* must have a name that is known: only values can be expressions\./);
    });
  });

  const machineOf = (props: object, stateMachineType?: StateMachineType) => {
    const stack = newStack();
    const state = RunProcessingJob.jsonata(stack, 'Run', { definition: newDefinition(stack), ...props });
    new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(state), stateMachineType });
    return () => Template.fromStack(stack);
  };

  test('is waiting for the end in an Express state machine', () => {
    expect(machineOf({}, StateMachineType.EXPRESS)).toThrow(/integrationPattern must be REQUEST_RESPONSE in an Express state machine, which waits for no job, and 'Test\/Machine' is one\./);
    expect(machineOf({ integrationPattern: IntegrationPattern.REQUEST_RESPONSE }, StateMachineType.EXPRESS)).not.toThrow();
    expect(machineOf({}, StateMachineType.STANDARD)).not.toThrow();
  });

  test('is another state machine that is an Express one: not this state', () => {
    const stack = newStack();
    const run = (id: string, integrationPattern: IntegrationPattern) => RunProcessingJob.jsonata(stack, id, { definition: newDefinition(new Stack(stack, id + 'Of')), integrationPattern });
    new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(run('Run', IntegrationPattern.RUN_JOB)) });
    new StateMachine(stack, 'Express', {
      definitionBody: DefinitionBody.fromChainable(run('Start', IntegrationPattern.REQUEST_RESPONSE)), stateMachineType: StateMachineType.EXPRESS,
    });
    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  describe('is waiting for the end in a Distributed Map', () => {
    const inMap = (executionType: StateMachineType | undefined, within: (stack: Stack, run: State) => IChainable, props: object = {}) => {
      const stack = newStack();
      const run = RunProcessingJob.jsonata(stack, 'Run', { definition: newDefinition(stack), ...props });
      const map = new DistributedMap(stack, 'Each', { mapExecutionType: executionType, queryLanguage: QueryLanguage.JSONATA, maxConcurrency: new CfnParameter(stack, 'Width', { type: 'Number' }).valueAsNumber });
      map.itemProcessor(within(stack, run));
      new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(map), queryLanguage: QueryLanguage.JSONATA });
      return () => Template.fromStack(stack);
    };
    const places: [string, (stack: Stack, run: State) => IChainable][] = [
      ['at its beginning', (_, run) => run],
      ['after another state', (stack, run) => Pass.jsonata(stack, 'First').next(run)],
      ['in a Parallel', (stack, run) => Parallel.jsonata(stack, 'Both').branch(run)],
      ['in a Map', (stack, run) => MapState.jsonata(stack, 'Inner').itemProcessor(run)],
    ];
    const error = /integrationPattern must be REQUEST_RESPONSE in a Distributed Map whose child executions are Express ones, which wait for no job, and 'Each' in 'Test\/Machine' is one\./;

    test.each(places)('of Express child executions, %s', (_, within) => {
      expect(inMap(StateMachineType.EXPRESS, within)).toThrow(error);
      expect(inMap(StateMachineType.EXPRESS, within, { integrationPattern: IntegrationPattern.REQUEST_RESPONSE })).not.toThrow();
      expect(inMap(StateMachineType.STANDARD, within)).not.toThrow();
      expect(inMap(undefined, within)).not.toThrow();
    });

    test('of Express child executions, not beside one', () => {
      const stack = newStack();
      const run = RunProcessingJob.jsonata(stack, 'Run', { definition: newDefinition(stack) });
      const map = new DistributedMap(stack, 'Each', { mapExecutionType: StateMachineType.EXPRESS });
      map.itemProcessor(new Pass(stack, 'Run of another kind'));
      new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(run.next(map)) });
      expect(() => Template.fromStack(stack)).not.toThrow();
    });
  });

  test('is a name of more than 80 characters', () => {
    expect(machineOf({ stateName: 'x'.repeat(81) })).toThrow(/stateName is '.*: must have at most 80 characters, and has 81\./);
    expect(machineOf({ stateName: 'x'.repeat(80) })).not.toThrow();
  });
});

test.each<[Language, () => string[], object]>([
  ['jsonPath', () => JsonPath.listAt('$.arguments'), { 'ContainerArguments.$': '$.arguments' }],
  ['jsonata', () => RunProcessingJob.listFromJsonata('{% $states.input.arguments %}'), { ContainerArguments: '{% $states.input.arguments %}' }],
])('all arguments can be one expression of %s', (language, list, expected) => {
  const { stack } = stateOf(language, () => ({ arguments: list() }));
  expect(rendered(stack)[language === 'jsonata' ? 'Arguments' : 'Parameters'].AppSpecification).toMatchObject(expected);
});

describe('numbers and lists of JSONata from another copy of the library', () => {
  let other: typeof RunProcessingJob;
  jest.isolateModules(() => {
    other = jest.requireActual<{ RunProcessingJob: typeof RunProcessingJob }>('../../src').RunProcessingJob;
  });
  const expressions = () => ({
    instanceCount: other.numberFromJsonata('{% $states.input.count %}'), arguments: other.listFromJsonata('{% $states.input.arguments %}'),
  });

  test('are expressions', () => {
    expect(other).not.toBe(RunProcessingJob);
    const { AppSpecification, ProcessingResources } = rendered(stateOf('jsonata', expressions).stack).Arguments;
    expect(AppSpecification.ContainerArguments).toBe('{% $states.input.arguments %}');
    expect(ProcessingResources.ClusterConfig.InstanceCount).toBe('{% $states.input.count %}');
  });

  test('have no place in JSONPath, and in a definition', () => {
    expect(() => stateOf('jsonPath', expressions)).toThrow(/has 2 problems:[^]*instanceCount is a token: is an expression of JSONata, and is read as one of JSONPath/);
    expect(() => newDefinition(newStack(), { instanceCount: expressions().instanceCount })).toThrow(/instanceCount cannot be an expression of Step Functions/);
  });
});

test.each<[Language, () => string[], string]>([
  ['jsonata', () => JsonPath.listAt('$.arguments'),
    "arguments is a token: is an expression of JSONPath, and is read as one of JSONata. Write it as one of JSONata: RunProcessingJob.listFromJsonata('{% $states.input.arguments %}')."],
  ['jsonPath', () => RunProcessingJob.listFromJsonata('{% $states.input.arguments %}'),
    "arguments is a token: is an expression of JSONata, and is read as one of JSONPath. Write it as one of JSONPath: JsonPath.listAt('$.arguments')."],
])('arguments that are an expression of another language than %s are an error', (language, list, message) => {
  expect(() => stateOf(language, () => ({ arguments: list() }))).toThrow(message);
});

test.each<[string, () => unknown]>([
  ['arguments', () => JsonPath.listAt('$.arguments')],
  ['arguments', () => RunProcessingJob.listFromJsonata('{% $a %}')],
  ['instanceCount', () => JsonPath.numberAt('$.count')],
  ['instanceCount', () => RunProcessingJob.numberFromJsonata('{% $a %}')],
])('%s of a definition cannot be an expression', (property, value) => {
  expect(() => stateOf('jsonPath', () => ({}), () => ({ [property]: value() }))).toThrow(`${property} cannot be an expression of Step Functions`);
});

describe.each<Language>(['jsonPath', 'jsonata'])('a state with %s', (language) => {
  const member = language === 'jsonPath' ? 'Parameters' : 'Arguments';
  const nameMember = language === 'jsonPath' ? 'ProcessingJobName.$' : 'ProcessingJobName';

  test('waits for the end of a job with the request of the definition and a new name', () => {
    const { stack, definition } = stateOf(language);
    const { [member]: request, ...state } = rendered(stack);
    expect(state).toMatchObject({
      Type: 'Task',
      Resource: 'arn:<AWS::Partition>:states:::sagemaker:createProcessingJob.sync',
      Retry: [{ ErrorEquals: ['SageMaker.AmazonSageMakerException', 'SageMaker.ResourceLimitExceededException'], MaxAttempts: 5 }],
    });
    const { [nameMember]: name, ...rest } = request;
    expect(name).toBe(language === 'jsonPath'
      ? `States.Format('${definition.namePrefix}-{}', States.UUID())` : `{% "${definition.namePrefix}-" & ($uuid()) %}`);
    expect(rest).toMatchObject({
      Environment: { MODE: 'all' },
      ProcessingInputs: [{ InputName: 'raw', S3Input: { S3Uri: 's3://data/raw/all/' } }],
      RoleArn: '<PrepareJobRole.Arn>',
    });
  });

  test('does not wait, when told so', () => {
    const { stack } = stateOf(language, () => ({ integrationPattern: IntegrationPattern.REQUEST_RESPONSE, retryOnServiceExceptions: false }));
    expect(rendered(stack).Resource).toBe('arn:<AWS::Partition>:states:::sagemaker:createProcessingJob');
    expect(rendered(stack)).not.toHaveProperty('Retry');
    const actions = permissionsOf(stack, 'MachineRole').map((line) => line.split(' ')[0]);
    expect(actions).toEqual(['iam:PassRole', 'sagemaker:AddTags', 'sagemaker:CreateProcessingJob']);
  });

  test('may start, describe and stop jobs with the prefix, and no others', () => {
    const { stack, definition } = stateOf(language);
    const jobs = `arn:<AWS::Partition>:sagemaker:<AWS::Region>:<AWS::AccountId>:processing-job/${definition.namePrefix}-*`;
    const rule = 'arn:<AWS::Partition>:events:<AWS::Region>:<AWS::AccountId>:rule/StepFunctionsGetEventsForSageMakerProcessingJobsRule';
    expect(permissionsOf(stack, 'MachineRole')).toEqual([
      ...['DescribeRule', 'PutRule', 'PutTargets'].map((action) => `events:${action} on ${rule}`),
      'iam:PassRole on <PrepareJobRole.Arn> if {"StringEquals":{"iam:PassedToService":"sagemaker.amazonaws.com"}}',
      `sagemaker:AddTags on ${jobs} if {"Null":{"sagemaker:TaggingAction":"false"}}`,
      ...['CreateProcessingJob', 'DescribeProcessingJob', 'ListTags', 'StopProcessingJob'].map((action) => `sagemaker:${action} on ${jobs}`),
    ]);
  });

  test('has tags of the definition and of the run', () => {
    const { stack, definition } = stateOf(language, () => ({ tags: { run: 'nightly' } }));
    Tags.of(definition).add('team', 'data');
    expect(rendered(stack)[member].Tags).toEqual([{ Key: 'run', Value: 'nightly' }, { Key: 'team', Value: 'data' }]);
  });

  test('checks what is fixed: all problems at once', () => {
    expect(() => stateOf(language, () => ({
      instanceCount: 0, environment: { '1A': 'b' }, arguments: [''], volumeSize: Size.gibibytes(20_000), maxRuntime: Duration.days(10), tags: { 'aws:x': 'y' },
    }))).toThrow(/RunProcessingJob 'Test\/Run' has \d problems:[^]*instanceCount[^]*arguments\[0\]/);
  });

  test.each<[object, RegExp]>([
    [{ environment: { A: 1 } }, /environment\.A is 1: must be a string/],
    [{ inputLocations: { other: S3Location.fromUri('s3://b/x/') } }, /inputLocations\.other names none of the definition in S3, which has 'raw'/],
    [{ inputLocations: { raw: 's3://b/x/' } }, /inputLocations\.raw is 's3:\/\/b\/x\/': must be an S3Location/],
    [{ processingJobName: 'prepare' }, /processingJobName is 'prepare': must differ for each run/],
    [{ instanceType: 'ml.m5.large' }, /instanceType is 'ml\.m5\.large': must be a ProcessingInstanceType/],
    [{ environment: { TIME: '<aws.scheduler.scheduled-time>' } }, /environment\.TIME is .*: is an expression of EventBridge Scheduler/],
    [{ integrationPattern: IntegrationPattern.WAIT_FOR_TASK_TOKEN }, /integrationPattern is 'WAIT_FOR_TASK_TOKEN': must be RUN_JOB or REQUEST_RESPONSE/],
    [{ definition: undefined }, /definition is missing, and must be a ProcessingJobDefinition/],
    [{ environment: { A: '{{resolve:secretsmanager:x}}' } }, /environment\.A/],
    [{ tags: { 'aws:x': 'y' } }, /tags\.aws:x is 'aws:x': must not begin with 'aws:'/],
    [{ tags: { 'cdk-sagemaker-jobs:stack': 'y' } }, /must not begin with 'cdk-sagemaker-jobs:'/],
    [{ tags: { 'a#b': 'y' } }, /tags\.a#b is 'a#b': must be letters/],
    [{ instanceCount: '2' }, /instanceCount is '2': must be a whole number/],
    [{ heartbeatTimeout: Timeout.duration(Duration.hours(1)), taskTimeout: Timeout.duration(Duration.hours(1)) },
      /heartbeatTimeout is 3600 seconds: must be shorter than the timeout of the state, 3600 seconds/],
    [{ heartbeat: Duration.hours(2), timeout: Duration.hours(1) }, /heartbeat is 7200 seconds: must be shorter/],
    [{ taskTimeout: Timeout.duration(Duration.seconds(0)) }, /taskTimeout is 0 seconds: must be at least 1 second/],
    [{ [language === 'jsonata' ? 'resultPath' : 'outputs']: '$.x' }, /(resultPath is of JSONPath, and the state has JSONata|outputs is of JSONata, and the state has JSONPath)/],
  ])('rejects %j', (options, message) => {
    expect(() => stateOf(language, () => options)).toThrow(message);
  });

  const expression = language === 'jsonPath' ? JsonPath.stringAt('$.x') : '{% $x %}';

  test.each<[string, object, RegExp]>([
    ['a name with other characters', { processingJobName: `mine_${expression}` }, /processingJobName is 'mine_.*': must be letters, digits and hyphens, as far as it is no expression/],
    ['a name with a known part that is too long', { processingJobName: `${'m'.repeat(64)}${expression}` }, /processingJobName is .*must have at most 63 characters, and has 64/],
    ['a text with a known part that is too long', { environment: { A: `${'x'.repeat(257)}${expression}` } }, /environment\.A .*must have at most 256 characters, and has 257/],
    ['a location elsewhere', { inputLocations: { raw: S3Location.fromUri(`http://data/${expression}`) } }, /inputLocations\.raw is .*: must be a location in S3/],
    ['a number of the other language', {
      instanceCount: language === 'jsonata' ? JsonPath.numberAt('$.count') : RunProcessingJob.numberFromJsonata('{% $count %}'),
    }, /instanceCount is a token: is an expression of/],
    ['a number of the other language in a Duration', {
      maxRuntime: Duration.seconds(language === 'jsonata' ? JsonPath.numberAt('$.count') : RunProcessingJob.numberFromJsonata('{% $count %}')),
    }, /maxRuntime is a token: is an expression of/],
  ])('rejects %s', (_, options, message) => {
    expect(() => stateOf(language, () => options)).toThrow(message);
  });

  test('takes the neighbours of these', () => {
    stateOf(language, () => ({
      environment: { A: `${'x'.repeat(256)}${expression}`, B: '$5', C: 'States' },
      processingJobName: `${'m'.repeat(62)}${expression}`,
      heartbeatTimeout: Timeout.duration(Duration.seconds(59)),
      taskTimeout: Timeout.duration(Duration.minutes(1)),
    }));
  });

  test.each(['$.day', '$$.Execution.Name', '$states.input.day', 'States.UUID()'])('warns of the text %s, which reads like an expression', (text) => {
    const { stack } = stateOf(language, () => ({ environment: { A: text } }));
    Annotations.fromStack(stack).hasWarning('/Test/Run', Match.stringLikeRegexp('environment.A is .*reads like an expression.*textLikeExpression'));
  });

  test('checks what is added to the definition later', () => {
    const { stack, definition } = stateOf(language);
    definition.addEnvironment('LONG', 'x'.repeat(257));
    expect(() => Template.fromStack(stack)).toThrow(/\[Test\/Run\] environment\.LONG/);
  });

  test('lets several instances reach each other', () => {
    const { stack } = stateOf(language, () => ({ instanceCount: 2 }), (scope) => ({ vpc: new Vpc(scope, 'Vpc') }));
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', { IpProtocol: '-1' });
  });
});

describe('values of the run', () => {
  test('in JSONPath: whole, in text, in a list, and numbers', () => {
    const day = JsonPath.stringAt('$.day');
    const { stack } = stateOf('jsonPath', (scope) => ({
      environment: { DAY: day, TEXT: `it's {${day}} in ${Aws.REGION}`, MODE: 'one' },
      arguments: ['--day', day, `--until=${day}`],
      inputLocations: { raw: S3Location.fromBucket(Bucket.fromBucketName(scope, 'Other', 'other'), `raw/${day}/`) },
      outputLocations: { train: S3Location.fromUri(JsonPath.format('s3://data/train/{}/', day)) },
      instanceType: ProcessingInstanceType.of(JsonPath.stringAt('$.type')),
      instanceCount: JsonPath.numberAt('$.count'),
      maxRuntime: Duration.seconds(JsonPath.numberAt('$.seconds')),
      volumeSize: Size.gibibytes(JsonPath.numberAt('$.size')),
      processingJobName: `mine-${JsonPath.stringAt('$$.Execution.Name')}`,
      tags: { day },
    }));
    expect(rendered(stack).Parameters).toMatchObject({
      'ProcessingJobName.$': "States.Format('mine-{}', $$.Execution.Name)",
      'Environment': { 'DAY.$': '$.day', 'TEXT.$': "States.Format('it\\'s \\{{}\\} in <AWS::Region>', $.day)", 'MODE': 'one' },
      'AppSpecification': { 'ContainerArguments.$': "States.Array('--day', $.day, States.Format('--until={}', $.day))" },
      'ProcessingInputs': [{ S3Input: { 'S3Uri.$': "States.Format('s3://other/raw/{}/', $.day)" } }],
      'ProcessingOutputConfig': { Outputs: [{ S3Output: { 'S3Uri.$': "States.Format('s3://data/train/{}/', $.day)" } }] },
      'ProcessingResources': { ClusterConfig: { 'InstanceType.$': '$.type', 'InstanceCount.$': '$.count', 'VolumeSizeInGB.$': '$.size' } },
      'StoppingCondition': { 'MaxRuntimeInSeconds.$': '$.seconds' },
      'Tags': [{ 'Key': 'day', 'Value.$': '$.day' }],
    });
  });

  test('in JSONata: whole, in text, in a list, and numbers', () => {
    const day = '{% $states.input.day %}';
    const number = (name: string) => RunProcessingJob.numberFromJsonata(`{% $states.input.${name} %}`);
    const { stack } = stateOf('jsonata', (scope) => ({
      environment: { DAY: day, TEXT: `it's "${day}" in ${Aws.REGION}`, MODE: 'one' },
      arguments: ['--day', day, `--until=${day}`],
      inputLocations: { raw: S3Location.fromBucket(Bucket.fromBucketName(scope, 'Other', 'other'), `raw/${day}/`) },
      outputLocations: { train: S3Location.fromUri("{% 's3://data/train/' & $states.input.day & '/' %}") },
      instanceType: ProcessingInstanceType.of('{% $states.input.type %}'),
      instanceCount: number('count'),
      maxRuntime: Duration.seconds(number('seconds')),
      volumeSize: Size.gibibytes(number('size')),
      processingJobName: 'mine-{% $states.context.Execution.Name %}',
    }));
    expect(rendered(stack).Arguments).toMatchObject({
      ProcessingJobName: '{% "mine-" & ($states.context.Execution.Name) %}',
      Environment: { DAY: day, TEXT: '{% "it\'s \\"" & ($states.input.day) & "\\" in <AWS::Region>" %}', MODE: 'one' },
      AppSpecification: { ContainerArguments: ['--day', day, '{% "--until=" & ($states.input.day) %}'] },
      ProcessingInputs: [{ S3Input: { S3Uri: '{% "s3://other/raw/" & ($states.input.day) & "/" %}' } }],
      ProcessingOutputConfig: { Outputs: [{ S3Output: { S3Uri: "{% 's3://data/train/' & $states.input.day & '/' %}" } }] },
      ProcessingResources: {
        ClusterConfig: {
          InstanceType: '{% $states.input.type %}', InstanceCount: '{% $states.input.count %}', VolumeSizeInGB: '{% $states.input.size %}',
        },
      },
      StoppingCondition: { MaxRuntimeInSeconds: '{% $states.input.seconds %}' },
    });
  });

  test.each(['{%', '{% $day', '$day %}', 'a {% %}', '{%%}', '{% "%} %}'])('in JSONata are whole: %s is none', (text) => {
    expect(() => stateOf('jsonata', () => ({ environment: { DAY: text } }))).toThrow(/environment\.DAY is .*: has a part that is no whole expression of JSONata/);
  });

  test.each([
    ['{% "%}" & $day %}', '{% "%}" & $day %}'],
    ["at {% '%}' & `a\"b` /* it's */ %}", "{% \"at \" & ('%}' & `a\"b` /* it's */) %}"],
    ['{% $a %} {% $b %}', '{% ($a) & " " & ($b) %}'],
    ['{{% $a %}%{% $b %}}', '{% "{" & ($a) & "%" & ($b) & "}" %}'],
  ])('in JSONata may have marks in strings: %s', (text, expected) => {
    const { stack } = stateOf('jsonata', () => ({ environment: { DAY: text } }));
    expect(rendered(stack).Arguments.Environment.DAY).toBe(expected);
  });

  test('may be the name of the bucket, which no deployment can know', () => {
    const raw = () => S3Location.fromUri('s3://{% $bucket %}/raw/');
    const { stack } = stateOf('jsonata', () => ({ inputLocations: { raw: raw() } }));
    expect(rendered(stack).Arguments.ProcessingInputs[0].S3Input.S3Uri).toBe('{% "s3://" & ($bucket) & "/raw/" %}');
    Annotations.fromStack(stack).hasWarning('/Test/Run', Match.stringLikeRegexp('locationOfRun'));
    expect(() => newDefinition(newStack(), { inputs: { raw: ProcessingInput.fromS3(raw()) } }))
      .toThrow(/inputs\.raw\.location is .*: must have a bucket that is known, for no run evaluates it/);
  });

  test('have no place in a definition', () => {
    expect(() => newDefinition(newStack(), { environment: { DAY: JsonPath.stringAt('$.day') } }))
      .toThrow(/environment\.DAY cannot be an expression of Step Functions, which only a state evaluates/);
    const stack = newStack();
    newDefinition(stack).addEnvironment('DAY', `at ${JsonPath.stringAt('$.day')}`);
    expect(() => Template.fromStack(stack)).toThrow(/environment\.DAY cannot be an expression of Step Functions/);
  });

  test.each<[Language, string, string]>([
    ['jsonPath', '{% $states.input.day %}', "is an expression of JSONata, and is read as one of JSONPath. Write it as one of JSONPath: JsonPath.stringAt('$.day')."],
    ['jsonata', JsonPath.stringAt('$.day'), "is an expression of JSONPath, and is read as one of JSONata. Write it as one of JSONata: '{% $states.input.day %}'."],
  ])('in %s, but written in the other language, are an error', (language, value, message) => {
    expect(() => stateOf(language, () => ({ environment: { DAY: value } }))).toThrow(message);
  });

  test.each<[Language, string]>([
    ['jsonPath', `raw/${JsonPath.stringAt('$.day')}/`], ['jsonata', 'raw/{% $states.input.day %}/'],
  ])('in a location of %s: the role may read what is known, and no policy has an expression', (language, prefix) => {
    const { stack } = stateOf(language, (scope) => ({
      inputLocations: { raw: S3Location.fromBucket(Bucket.fromBucketName(scope, 'Other', 'other'), prefix) },
      outputLocations: { train: S3Location.fromUri(`s3://results/${prefix}`) },
    }));
    const permissions = permissionsOf(stack, 'PrepareJobRole').filter((line) => /:::(other|results)/.test(line));
    expect(permissions).toEqual([
      's3:AbortMultipartUpload on arn:<AWS::Partition>:s3:::results/raw/*',
      's3:GetObject on arn:<AWS::Partition>:s3:::other/raw/*',
      's3:ListBucket on arn:<AWS::Partition>:s3:::other if {"StringLike":{"s3:prefix":"raw/*"}}',
      's3:PutObject on arn:<AWS::Partition>:s3:::results/raw/*',
    ]);
    expect(JSON.stringify(resourcesOf(stack, 'AWS::IAM::Policy'))).not.toMatch(/\$\.day|\{%|States\./);
  });

  test.each<[Language, string]>([['jsonPath', JsonPath.stringAt('$.uri')], ['jsonata', '{% $states.input.uri %}']])(
    'in a location of %s of which nothing is known: a warning', (language, uri) => {
      const { stack } = stateOf(language, () => ({ inputLocations: { raw: S3Location.fromUri(uri) } }));
      Annotations.fromStack(stack).hasWarning('/Test/Run', Match.stringLikeRegexp('inputLocations.raw .*tells no bucket before the run'));
    });

  test('a value that only the deployment knows is no expression', () => {
    const { stack } = stateOf('jsonPath', (scope) => ({ environment: { MODE: new CfnParameter(scope, 'Mode').valueAsString } }));
    expect(rendered(stack).Parameters.Environment).toEqual({ MODE: '<Mode>' });
  });

  test.each(['$states.input.count', '{% %}', '{% 1 %}{% 2 %}', ' {% 1 %}'])('a number from JSONata is written as an expression, and %p is none', (text) => {
    expect(() => RunProcessingJob.numberFromJsonata(text)).toThrow("Write it as '{% $states.input.count %}'.");
  });

  test.each([
    ["{% 'mine-' & $uuid() %}", 'mine-'],
    ["{% 'mine-' & $substring($uuid(), 0, 8) & ($x = 1 ? 'a' : 'b') %}", 'mine-'],
    ["{% 'mine-' & $states.input.in & '=' & `a ? b` %}", 'mine-'],
    ["m{% 'ine' & $x ? 'yours' : 'theirs' %}", 'm'],
    ["m{% 'ine' = $x %}", 'm'],
    ["m{% 'ine' & $x in $y and $z %}", 'm'],
    ["m{% 'ine' & $x ~> $uppercase %}", 'm'],
    ["m{% 'ine' & $x ?: 'yours' %}", 'm'],
  ])('the permission to start jobs with the name %p is on what it begins with for certain: %p', (processingJobName, beginning) => {
    const { stack } = stateOf('jsonata', () => ({ processingJobName }));
    expect(permissionsOf(stack, 'MachineRole').filter((line) => line.includes('CreateProcessingJob')).join()).toMatch(new RegExp(`processing-job/${beginning}\\*$`));
  });

  test.each([
    '{% $replace($states.input.day, /["\']/, \'\') %}',
    '{% $contains($states.input.day, /a%}/) %}',
    '{% $states.input.a / 2 / 3 %}',
    '{% $states.input.a /* a "comment */ / 2 %}',
  ])('the slashes of %p are part of the expression', (text) => {
    const { stack } = stateOf('jsonata', () => ({ environment: { A: text } }));
    expect(rendered(stack).Arguments.Environment.A).toBe(text);
  });
});

describe('the location of an output', () => {
  test('is that of the definition, or what the next state finds in its input', () => {
    const { state } = stateOf('jsonata');
    expect(state.outputLocation('train').uri).toBe('s3://data/train/');
    const dynamic = stateOf('jsonata', () => ({ outputLocations: { train: S3Location.fromUri('s3://data/{% $states.input.day %}/') } }));
    expect(dynamic.state.outputLocation('train').uri).toBe('{% $states.input.ProcessingOutputConfig.Outputs[0].S3Output.S3Uri %}');
    expect(() => dynamic.state.outputLocation('other')).toThrow("there is no output named 'other' in S3");
  });

  test('is read from where the result is put', () => {
    const stack = newStack();
    const definition = newDefinition(stack);
    const state = RunProcessingJob.jsonPath(stack, 'Run', {
      definition, outputLocations: { train: S3Location.fromUri(JsonPath.format('s3://data/{}/', JsonPath.stringAt('$.day'))) }, resultPath: '$.prepared',
    });
    const next = RunProcessingJob.jsonPath(stack, 'Next', { definition, inputLocations: { raw: state.outputLocation('train') } });
    new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(state.next(next)) });
    expect(permissionsOf(stack, 'PrepareJobRole')).toContain('s3:GetObject on arn:<AWS::Partition>:s3:::data/*');
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('tells no bucket'));
    expect(rendered(stack, 'Next').Parameters.ProcessingInputs[0].S3Input['S3Uri.$']).toBe('$.prepared.ProcessingOutputConfig.Outputs[0].S3Output.S3Uri');
  });

  test('that the result does not have is an error', () => {
    const { state } = stateOf('jsonPath', () => ({
      outputLocations: { train: S3Location.fromUri(JsonPath.stringAt('$.uri')) }, resultPath: JsonPath.DISCARD,
    }));
    expect(() => state.outputLocation('train')).toThrow('Test/Run.outputLocation: the location of \'train\' is known to the run alone');
  });
});

test('in a Map, each iteration has a name of its own', () => {
  const stack = newStack();
  const run = RunProcessingJob.jsonata(stack, 'Run', { definition: newDefinition(stack), environment: { DAY: '{% $states.input %}' } });
  const map = MapState.jsonata(stack, 'Days', { items: ProvideItems.jsonata('{% $states.input.days %}') }).itemProcessor(run);
  new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(map), queryLanguage: QueryLanguage.JSONATA });
  expect(rendered(stack, 'Days').ItemProcessor.States.Run.Arguments.ProcessingJobName).toContain('$uuid()');
});

test('a state for JSONPath in a state machine of JSONata says what to do', () => {
  const stack = newStack();
  const state = new RunProcessingJob(stack, 'Run', { definition: newDefinition(stack) });
  expect(() => new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(state), queryLanguage: QueryLanguage.JSONATA })).toThrow('Test/Run: the state machine has the query language JSONata, and the state was made for JSONPath. Use RunProcessingJob.jsonata(…)');
});

test('has the metrics of the integration', () => {
  const { stack, state } = stateOf('jsonata');
  expect(stack.resolve(state.metricFailed().dimensions)).toEqual({
    ServiceIntegrationResourceArn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':states:::sagemaker:createProcessingJob.sync']] },
  });
});

