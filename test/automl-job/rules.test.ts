import { CfnParameter, Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { newJob, newStack, problemsOf, requestWith } from './testing';
import {
  AutoMLContentType, AutoMLDataset, AutoMLDeployment, AutoMLJob, AutoMLMode, AutoMLProblem, AutoMLValidation, AutoMLEnsemblingAlgorithm,
  AutoMLHyperparameterTuningAlgorithm, S3Location,
} from '../../src';
import { AUTOML_JOB_RULES } from '../../src/automl-job/rules';
import { AutoMLChannelRequest, CreateAutoMLJobRequest } from '../../src/service-model/requests';
import { requestProblems } from '../../src/validation/model';
import { inWords, memberAt } from '../../src/validation/problems';
import { ruleProblems } from '../../src/validation/rules';

const TRAINING: AutoMLChannelRequest = {
  ChannelType: 'training', DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: 's3://data/train.csv' } }, TargetAttributeName: 'churned',
};

function request(members: Partial<CreateAutoMLJobRequest>): CreateAutoMLJobRequest {
  return {
    InputDataConfig: [TRAINING], OutputDataConfig: { S3OutputPath: 's3://results/' }, RoleArn: 'arn:aws:iam::123456789012:role/automl', ...members,
  };
}

/** What the rules and the model have against a request, one a line: no property can say all of these. */
function found(members: Partial<CreateAutoMLJobRequest>): string[] {
  const whole = request(members);
  const all = [...requestProblems({ ...whole, AutoMLJobName: 'name' }, 'CreateAutoMLJobRequest'), ...ruleProblems(AUTOML_JOB_RULES, whole)];
  return all.map(({ path, allowed }) => `${memberAt(path)}: ${typeof allowed === 'string' ? allowed : inWords(allowed)}`);
}

function dataset(options: object = {}, uri: string = 's3://data/valid.csv'): AutoMLDataset {
  return AutoMLDataset.fromS3(S3Location.fromUri(uri), options);
}

test('a request that keeps to all rules passes them', () => {
  expect(found({})).toEqual([]);
});

// The ids are those of the list of rules that the API reference states in prose. Those that depend on data, or only say
// what the service does by default, can't be checked: A1, A5, A6, A11, A12, A15, A16, A19, A22 and A25.

describe('A2: names are unique whatever the letters’ case', () => {
  test('two jobs of a stack have different ones', () => {
    const stack = newStack();
    newJob(stack, { autoMLJobName: 'Churn-2026' }, 'A');
    expect(() => newJob(stack, { autoMLJobName: 'churn-2026' }, 'B')).toThrow([
      "AutoMLJob 'Test/B' has a problem:",
      "  1. autoMLJobName is 'churn-2026': must be unique whatever the letters' case, and 'Test/A' has that name. Choose another, or leave it out. (AutoMLJobName)",
    ].join('\n'));
    newJob(stack, { autoMLJobName: 'churn-2027' }, 'C');
  });

  test('what only CloudFormation knows is not compared, and stacks can be in several accounts', () => {
    const stack = newStack();
    const name = new CfnParameter(stack, 'Name').valueAsString;
    newJob(stack, { autoMLJobName: name }, 'A');
    newJob(stack, { autoMLJobName: name }, 'B');
    newJob(stack, { autoMLJobName: 'churn' }, 'C');
    newJob(newStack(), { autoMLJobName: 'churn' }, 'C');
  });

  test.each([
    ['', "autoMLJobName is '': must have at least 1 character. Fill it in, or leave it out. (AutoMLJobName)"],
    ['a'.repeat(33), `autoMLJobName is '${'a'.repeat(33)}': must have at most 32 characters, and has 33. Shorten it by 1. (AutoMLJobName)`],
    ['two words', "autoMLJobName is 'two words': must be letters, digits and hyphens, beginning and ending with a letter or digit. Use 'two-words', for example. (AutoMLJobName)"],
  ])('%p is none', (autoMLJobName, problem) => {
    expect(problemsOf({ autoMLJobName })).toEqual([problem]);
  });

  test.each(['a', 'a'.repeat(32), 'A-1'])('%p is one', (autoMLJobName) => {
    newJob(newStack(), { autoMLJobName });
  });
});

describe('A3: a type of problem and a metric come together', () => {
  test('the properties have no other way to say it', () => {
    expect(found({ ProblemType: 'Regression' })).toEqual(['AutoMLJobObjective.MetricName: is required, for there is a type of problem']);
    expect(found({ AutoMLJobObjective: { MetricName: 'MSE' } })).toEqual(['ProblemType: is required, for there is a metric']);
  });

  test('both, or none', () => {
    expect(found({ ProblemType: 'Regression', AutoMLJobObjective: { MetricName: 'MSE' } })).toEqual([]);
  });
});

describe('A4: the metric is one of the type of problem', () => {
  test.each<[AutoMLProblem, string]>([
    [AutoMLProblem.regression('AUC' as any), "'AUC': must be one of 'MAE', 'MSE', 'R2', 'RMSE' for Regression"],
    [AutoMLProblem.binaryClassification('F1macro' as any),
      "'F1macro': must be one of 'Accuracy', 'AUC', 'BalancedAccuracy', 'F1', 'Precision', 'Recall' for BinaryClassification"],
    [AutoMLProblem.multiclassClassification('F1' as any),
      "'F1': must be one of 'Accuracy', 'BalancedAccuracy', 'F1macro', 'PrecisionMacro', 'RecallMacro' for MulticlassClassification"],
  ])('%#', (problem, text) => {
    expect(problemsOf({ problem })).toEqual([`problem.metric is ${text}. Choose one of them. (AutoMLJobObjective.MetricName)`]);
  });

  test('of the model’s metrics, those of other kinds of data are none of them', () => {
    for (const metric of ['MAPE', 'MASE', 'WAPE', 'AverageWeightedQuantileLoss']) {
      expect(problemsOf({ problem: AutoMLProblem.regression(metric as any) })).toHaveLength(1);
    }
  });
});

describe('A7, A8: algorithms go with a mode that lets one choose', () => {
  const algorithms = [{ AutoMLAlgorithms: ['xgboost'] }];

  test('the properties have no other way to say it', () => {
    const member = 'AutoMLJobConfig.CandidateGenerationConfig.AlgorithmsConfig';
    const allowed = 'can be given with ensembling and hyperparameter tuning only';
    expect(found({ AutoMLJobConfig: { Mode: 'AUTO', CandidateGenerationConfig: { AlgorithmsConfig: algorithms } } }))
      .toEqual([`${member}[0].AutoMLAlgorithms: ${allowed}`]);
    expect(found({ AutoMLJobConfig: { CandidateGenerationConfig: { AlgorithmsConfig: algorithms } } })).toEqual([`${member}[0].AutoMLAlgorithms: ${allowed}`]);
    expect(found({ AutoMLJobConfig: { Mode: 'ENSEMBLING', CandidateGenerationConfig: { AlgorithmsConfig: [...algorithms, ...algorithms] } } }))
      .toEqual([expect.stringContaining(`${member}: must have at most 1 element`)]);
  });

  test('one list of them, with either mode', () => {
    for (const Mode of ['ENSEMBLING', 'HYPERPARAMETER_TUNING']) {
      expect(found({ AutoMLJobConfig: { Mode, CandidateGenerationConfig: { AlgorithmsConfig: algorithms } } })).toEqual([]);
    }
  });
});

describe('A9: the algorithms are those of the mode', () => {
  test.each<[string, AutoMLMode]>([
    ["mode.algorithms[1] is 'mlp': must be one of 'catboost', 'extra-trees', 'fastai', 'lightgbm', 'linear-learner', 'nn-torch', 'randomforest', 'xgboost' for ENSEMBLING. "
      + 'Choose one of them, or another mode. (AutoMLJobConfig.CandidateGenerationConfig.AlgorithmsConfig[0].AutoMLAlgorithms[1])',
    AutoMLMode.ensembling({ algorithms: [AutoMLEnsemblingAlgorithm.XGBOOST, AutoMLHyperparameterTuningAlgorithm.MLP as any] })],
    ["mode.algorithms[0] is 'catboost': must be one of 'linear-learner', 'mlp', 'xgboost' for HYPERPARAMETER_TUNING. "
      + 'Choose one of them, or another mode. (AutoMLJobConfig.CandidateGenerationConfig.AlgorithmsConfig[0].AutoMLAlgorithms[0])',
    AutoMLMode.hyperparameterTuning({ algorithms: [AutoMLEnsemblingAlgorithm.CATBOOST as any] })],
  ])('%s', (problem, mode) => {
    expect(problemsOf({ mode })).toEqual([problem]);
  });

  test('those of time series are of neither', () => {
    for (const algorithm of ['cnn-qr', 'deepar', 'prophet', 'npts', 'arima', 'ets'] as any[]) {
      expect(problemsOf({ mode: AutoMLMode.ensembling({ algorithms: [algorithm] }) })).toHaveLength(1);
      expect(problemsOf({ mode: AutoMLMode.hyperparameterTuning({ algorithms: [algorithm] }) })).toHaveLength(1);
    }
  });
});

describe('A10: algorithms are one at least, as the stricter page has it, and eleven at most', () => {
  test('an empty list is none', () => {
    expect(problemsOf({ mode: AutoMLMode.ensembling({ algorithms: [] }) })).toEqual([
      'mode.algorithms is []: must have at least 1 element. Add one, or leave it out for all algorithms. '
      + '(AutoMLJobConfig.CandidateGenerationConfig.AlgorithmsConfig[0].AutoMLAlgorithms)',
    ]);
  });

  test.each([[1, 0], [11, 0], [12, 1]])('%d', (length, problems) => {
    const action = { mode: AutoMLMode.ensembling({ algorithms: Array(length).fill('xgboost') }) };
    if (problems === 0) {
      expect(requestWith(action).AutoMLJobConfig.CandidateGenerationConfig.AlgorithmsConfig[0].AutoMLAlgorithms).toHaveLength(length);
    } else {
      expect(problemsOf(action)).toEqual([expect.stringMatching(/^mode\.algorithms.*must have at most 11 elements, and has 12/)]);
    }
  });

  test('a text is no list', () => {
    expect(problemsOf({ mode: AutoMLMode.ensembling({ algorithms: 'xgboost' as any }) })).toEqual([expect.stringMatching(/^mode\.algorithms is 'xgboost': must be a list\./)]);
  });
});

describe('A13: a fraction is greater than 0 and less than 1', () => {
  test.each([
    [0, 'must be greater than 0 and less than 1. Use 0.2, for example, which is the default.'],
    [1, 'must be greater than 0 and less than 1. Use 0.2, for example, which is the default.'],
    [-0.1, 'must be at least 0. Raise it.'],
    [1.1, 'must be at most 1. Lower it.'],
    [NaN, 'must be a number. If it is made of a text that is not known yet, use Token.asNumber(…).'],
  ])('%p is none', (fraction, text) => {
    expect(problemsOf({ validation: AutoMLValidation.fraction(fraction) }))
      .toEqual([`validation.fraction is ${fraction}: ${text} (AutoMLJobConfig.DataSplitConfig.ValidationFraction)`]);
  });

  test.each([Number.MIN_VALUE, 0.2, 0.5, 1 - Number.EPSILON])('%p is one', (fraction) => {
    expect(requestWith({ validation: AutoMLValidation.fraction(fraction) }).AutoMLJobConfig.DataSplitConfig.ValidationFraction).toBe(fraction);
  });
});

describe('A14: candidates are 750 at most', () => {
  test.each([
    [0, 'must be at least 1. Raise it.'],
    [751, 'must be at most 750. Lower it.'],
    [1.5, 'must be a whole number. Write a whole number.'],
  ])('%p', (maxCandidates, text) => {
    expect(problemsOf({ maxCandidates })).toEqual([`maxCandidates is ${maxCandidates}: ${text} (AutoMLJobConfig.CompletionCriteria.MaxCandidates)`]);
  });

  test.each([1, 750])('%p', (maxCandidates) => {
    expect(requestWith({ maxCandidates }).AutoMLJobConfig.CompletionCriteria.MaxCandidates).toBe(maxCandidates);
  });
});

describe('times are whole seconds, one at least', () => {
  test.each<[object, string]>([
    [{ maxRuntime: Duration.seconds(0) }, 'maxRuntime is 0 seconds: must be at least 1 second. Raise it. (AutoMLJobConfig.CompletionCriteria.MaxAutoMLJobRuntimeInSeconds)'],
    [{ maxRuntime: Duration.millis(1500) }, 'maxRuntime is 1.5 seconds: must be a whole number. Write a whole number. (AutoMLJobConfig.CompletionCriteria.MaxAutoMLJobRuntimeInSeconds)'],
    [{ maxRuntimePerTrainingJob: Duration.seconds(0) },
      'maxRuntimePerTrainingJob is 0 seconds: must be at least 1 second. Raise it. (AutoMLJobConfig.CompletionCriteria.MaxRuntimePerTrainingJobInSeconds)'],
  ])('%#', (props, problem) => {
    expect(problemsOf(props)).toEqual([problem]);
  });

  test.each([Duration.seconds(1), Duration.days(30)])('%#', (duration) => {
    expect(requestWith({ maxRuntime: duration, maxRuntimePerTrainingJob: duration }).AutoMLJobConfig.CompletionCriteria).toEqual({
      MaxAutoMLJobRuntimeInSeconds: duration.toSeconds(), MaxRuntimePerTrainingJobInSeconds: duration.toSeconds(),
    });
  });
});

describe('A17: training and validation data are alike', () => {
  test('in their format', () => {
    expect(problemsOf({ validation: AutoMLValidation.dataset(dataset({ contentType: AutoMLContentType.PARQUET })) })).toEqual([
      "validation.contentType is 'x-application/vnd.amazon+parquet': must be that of the training data, 'text/csv;header=present'. "
      + 'Use data of the same format. (InputDataConfig[1].ContentType)',
    ]);
    const trainingData = dataset({ contentType: AutoMLContentType.PARQUET });
    expect(problemsOf({ trainingData, validation: AutoMLValidation.dataset(dataset()) })).toEqual([
      "validation.contentType is 'text/csv;header=present': must be that of the training data, 'x-application/vnd.amazon+parquet'. "
      + 'Use data of the same format. (InputDataConfig[1].ContentType)',
    ]);
  });

  test('in their target, of which the properties have only one', () => {
    expect(found({ InputDataConfig: [TRAINING, { ...TRAINING, ChannelType: 'validation', TargetAttributeName: 'stayed' }] }))
      .toEqual(["InputDataConfig[1].TargetAttributeName: must be that of the training data, 'churned'"]);
  });

  test('the format of CSV is also the default', () => {
    requestWith({ trainingData: dataset({ contentType: AutoMLContentType.CSV }), validation: AutoMLValidation.dataset(dataset()) });
    requestWith({ validation: AutoMLValidation.dataset(dataset({ contentType: AutoMLContentType.CSV })) });
  });
});

describe('A18: the format is CSV or Parquet', () => {
  test('and nothing else', () => {
    expect(problemsOf({ trainingData: dataset({ contentType: 'text/csv' }) })).toEqual([
      "trainingData.contentType is 'text/csv': must be one of 'text/csv;header=present', 'x-application/vnd.amazon+parquet'. "
      + 'Use AutoMLContentType.CSV or AutoMLContentType.PARQUET. (InputDataConfig[0].ContentType)',
    ]);
  });

  test.each([AutoMLContentType.CSV, AutoMLContentType.PARQUET])('%s', (contentType) => {
    expect(requestWith({ trainingData: dataset({ contentType }) }).InputDataConfig[0].ContentType).toBe(contentType);
  });
});

describe('A20: rows have weights in ensembling only', () => {
  test('the properties have no other way to say it', () => {
    const weighted = [{ ...TRAINING, SampleWeightAttributeName: 'weight' }];
    const problem = 'InputDataConfig[0].SampleWeightAttributeName: can be given with ensembling only';
    expect(found({ InputDataConfig: weighted })).toEqual([problem]);
    expect(found({ InputDataConfig: weighted, AutoMLJobConfig: { Mode: 'HYPERPARAMETER_TUNING' } })).toEqual([problem]);
    expect(found({ InputDataConfig: weighted, AutoMLJobConfig: { Mode: 'ENSEMBLING' } })).toEqual([]);
  });

  test.each(['', 'a b', 'w'.repeat(257)])('%p is no name of a column', (sampleWeightAttributeName) => {
    expect(problemsOf({ mode: AutoMLMode.ensembling({ sampleWeightAttributeName }) }))
      .toEqual([expect.stringMatching(/^mode\.sampleWeightAttributeName is .*\(InputDataConfig\[0\]\.SampleWeightAttributeName\)$/)]);
  });

  test.each(['w', 'w'.repeat(256), 'a_b-1'])('%p is one', (sampleWeightAttributeName) => {
    requestWith({ mode: AutoMLMode.ensembling({ sampleWeightAttributeName }) });
  });
});

test('A21: augmented manifests are for the other version of the API, and no factory makes one', () => {
  const DataSource = { S3DataSource: { S3DataType: 'AugmentedManifestFile', S3Uri: 's3://data/train.manifest' } };
  expect(found({ InputDataConfig: [{ ...TRAINING, DataSource }] })).toEqual(['InputDataConfig[0].DataSource.S3DataSource.S3DataType: is for jobs of CreateAutoMLJobV2 only']);
});

test('A23: there is no data without a source', () => {
  expect(problemsOf({ trainingData: undefined, validation: AutoMLValidation.dataset(dataset()) }))
    .toEqual(['trainingData is required. Add it: AutoMLDataset.fromS3(…). (InputDataConfig[0].DataSource)']);
});

describe('A24: the output path has 512 characters at most, of the model’s 1024', () => {
  const path = (length: number) => 's3://results/'.padEnd(length, 'x');

  test.each([
    [513, 'must have at most 512 characters, and has 513. Shorten it by 1.'],
    [1024, 'must have at most 512 characters, and has 1024. Shorten it by 512.'],
    [1025, 'must have at most 1024 characters, and has 1025. Shorten it by 1.'],
  ])('%d are too many', (length, text) => {
    expect(problemsOf({ outputLocation: S3Location.fromUri(path(length)) })).toEqual([expect.stringContaining(`: ${text} (OutputDataConfig.S3OutputPath)`)]);
  });

  test('of one that only CloudFormation knows in full, the known part counts', () => {
    const stack = newStack();
    const bucket = new CfnParameter(stack, 'Bucket').valueAsString;
    const outputLocation = (length: number) => S3Location.fromUri(`s3://${bucket}/${'x'.repeat(length)}`);
    expect(() => newJob(stack, { outputLocation: outputLocation(507) }, 'Long')).toThrow('must have at most 512 characters, and has 513. Shorten it by 1.');
    newJob(stack, { outputLocation: outputLocation(506) });
  });

  test('512 are not', () => {
    expect(requestWith({ outputLocation: S3Location.fromUri(path(512)) }).OutputDataConfig.S3OutputPath).toHaveLength(512);
  });
});

describe('A26, A27: an endpoint has a given name, or a generated one', () => {
  test('the properties have no other way to say it', () => {
    expect(found({ ModelDeployConfig: { AutoGenerateEndpointName: true, EndpointName: 'churn' } }))
      .toEqual(['ModelDeployConfig.EndpointName: cannot be given for an endpoint whose name is generated']);
    expect(found({ ModelDeployConfig: { AutoGenerateEndpointName: false } })).toEqual(['ModelDeployConfig.EndpointName: is required for an endpoint whose name is not generated']);
    expect(found({ ModelDeployConfig: {} })).toHaveLength(1);
    expect(found({ ModelDeployConfig: { AutoGenerateEndpointName: true } })).toEqual([]);
    expect(found({ ModelDeployConfig: { AutoGenerateEndpointName: false, EndpointName: 'churn' } })).toEqual([]);
  });

  test.each(['', '-', 'a b', 'e'.repeat(64)])('%p is no name', (name) => {
    expect(problemsOf({ deployment: AutoMLDeployment.endpoint(name) })).toEqual([expect.stringMatching(/^deployment\.name is .*\(ModelDeployConfig\.EndpointName\)$/)]);
  });

  test.each(['e', 'e'.repeat(63)])('%p is one', (name) => {
    requestWith({ deployment: AutoMLDeployment.endpoint(name) });
  });
});

test('A28: a tag that is added twice is there once, with the value of the last', () => {
  const stack = newStack();
  const job: AutoMLJob = newJob(stack);
  job.cdkTagManager.setTag('team', 'data');
  job.cdkTagManager.setTag('team', 'science');
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('Custom::SageMakerAutoMLJob'));
  expect(Properties.Tags).toEqual([{ Key: 'team', Value: 'science' }]);
});

describe('A29: a network has subnets and security groups', () => {
  const vpc = (stack = newStack()) => Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'] });

  test('and neither without a VPC', () => {
    expect(problemsOf({ securityGroups: [], vpcSubnets: {} })).toEqual([
      'securityGroups needs a vpc. Add vpc, or give both vpcSubnets.subnets and securityGroups, such as Subnet.fromSubnetId(…).', 'vpcSubnets needs a vpc. Add vpc, or give both vpcSubnets.subnets and securityGroups, such as Subnet.fromSubnetId(…).',
    ]);
  });

  test('one group at least, five at most', () => {
    const groups = (count: number) => Array.from({ length: count }, (_group, index) => ({ securityGroupId: `sg-${index}` }));
    expect(problemsOf({ vpc: vpc(), securityGroups: [] })).toEqual([expect.stringMatching(/^securityGroups.*must have at least 1 element/)]);
    expect(problemsOf({ vpc: vpc(), securityGroups: groups(6) })).toEqual([expect.stringMatching(/^securityGroups.*must have at most 5 elements, and has 6/)]);
    requestWith({ vpc: vpc(), securityGroups: groups(5) });
  });
});

test('the target has a name of one character at least', () => {
  expect(problemsOf({ targetAttributeName: '' }))
    .toEqual(["targetAttributeName is '': must have at least 1 character. Fill it in. (InputDataConfig[0].TargetAttributeName)"]);
  expect(requestWith({ targetAttributeName: 'y' }).InputDataConfig[0].TargetAttributeName).toBe('y');
});

test('all of them are reported at once', () => {
  expect(problemsOf({
    maxCandidates: 751,
    mode: AutoMLMode.hyperparameterTuning({ algorithms: [] }),
    outputLocation: S3Location.fromUri('results'),
    problem: AutoMLProblem.regression('F1' as any),
    targetAttributeName: '',
    trainingData: dataset({}, 'data'),
    validation: AutoMLValidation.fraction(1),
  }).map((line) => line.split(' ')[0])).toEqual([
    'maxCandidates', 'trainingData.location', 'targetAttributeName', 'outputLocation', 'problem.metric', 'mode.algorithms', 'validation.fraction',
  ]);
});

describe('a training job may not run longer than the whole job', () => {
  test.each<[Duration | undefined, Duration | undefined, string[]]>([
    [Duration.hours(1), Duration.minutes(61), [
      'maxRuntimePerTrainingJob is 3660 seconds: must be at most 3600 seconds. That is the maxRuntime of the whole job: lower this, or raise that. '
      + '(AutoMLJobConfig.CompletionCriteria.MaxRuntimePerTrainingJobInSeconds)',
    ]],
    [Duration.hours(1), Duration.hours(1), []],
    [Duration.hours(1), undefined, []],
    [undefined, Duration.hours(9), []],
  ])('%s, %s', (maxRuntime, maxRuntimePerTrainingJob, problems) => {
    if (problems.length === 0) {
      newJob(newStack(), { maxRuntime, maxRuntimePerTrainingJob });
    } else {
      expect(problemsOf({ maxRuntime, maxRuntimePerTrainingJob })).toEqual(problems);
    }
  });

  test('what only CloudFormation knows is not compared', () => {
    const stack = newStack();
    const seconds = new CfnParameter(stack, 'Seconds', { type: 'Number' }).valueAsNumber;
    newJob(stack, { maxRuntime: Duration.seconds(seconds), maxRuntimePerTrainingJob: Duration.hours(1) }, 'A');
    newJob(stack, { maxRuntime: Duration.minutes(1), maxRuntimePerTrainingJob: Duration.seconds(seconds) }, 'B');
  });
});

test('each rule has its source', () => {
  expect(Object.values(AUTOML_JOB_RULES).filter(({ source }) => !/^https:\/\/(docs\.aws\.amazon\.com|github\.com)\/./.test(source))).toEqual([]);
});
