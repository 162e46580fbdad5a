/**
 * The code of a job: how it gets into the container, and what is run there. The entry point of a folder is really run.
 */
import { spawnSync } from 'child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import * as path from 'path';
import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ProcessingCode, ProcessingImage, S3Location, ScikitLearnVersion, SparkVersion } from '../../../src/index';
import { permissionsOf } from '../policies';
import { newJob, newStack, PROCESSING_JOB, problemsOf, requestOf, requestWith, resourcesOf } from '../testing';

const CODE = path.join(__dirname, 'code');
const FOLDER = path.join(CODE, 'folder');
const SCRIPT = path.join(CODE, 'single.py');
const IN_CONTAINER = '/opt/ml/processing/input/code';

function entrypointWith(props: object): string[] {
  return requestWith(props).AppSpecification.ContainerEntrypoint;
}

function warningsOf(stack: Stack): string[] {
  return Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data));
}

describe('a script', () => {
  test('is run by Python under the name of its asset', () => {
    expect(entrypointWith({ code: ProcessingCode.fromAsset(SCRIPT) })).toEqual([
      'python3', expect.stringMatching(new RegExp(`^${IN_CONTAINER}/[0-9a-f]{64}\\.py$`)),
    ]);
  });

  test.each([
    ['scikit-learn', ProcessingImage.scikitLearn(ScikitLearnVersion.V1_2_1), 'python3'],
    ['Spark', ProcessingImage.spark(SparkVersion.V3_5), 'smspark-submit'],
  ])('is run by the command of the image: %s', (_name, image, command) => {
    expect(entrypointWith({ code: ProcessingCode.fromAsset(SCRIPT), image })[0]).toBe(command);
  });

  test('is run by another command', () => {
    expect(entrypointWith({ code: ProcessingCode.fromAsset(SCRIPT, { command: ['python3', '-X', 'utf8'] }), image: ProcessingImage.spark(SparkVersion.V3_5) }))
      .toEqual(['python3', '-X', 'utf8', expect.stringContaining(IN_CONTAINER)]);
  });

  test('may be read by the job’s role, and nothing else of its bucket', () => {
    const stack = newStack();
    newJob(stack, { code: ProcessingCode.fromAsset(SCRIPT) });
    expect(permissionsOf(stack, 'JobJobRole').filter((line) => line.startsWith('s3:GetObject'))).toEqual([
      expect.stringMatching(/^s3:GetObject on .*\/\?{64}\.py$/),
    ]);
  });

  test('that changes makes another definition', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'code-'));
    const script = path.join(folder, 'prepare.py');
    const entrypoints = ['print(1)', 'print(2)', 'print(1)'].map((text) => {
      writeFileSync(script, text);
      return entrypointWith({ code: ProcessingCode.fromAsset(script) })[1];
    });
    rmSync(folder, { recursive: true });
    expect(entrypoints[0]).not.toBe(entrypoints[1]);
    expect(entrypoints[0]).toBe(entrypoints[2]);
  });

  test('can be that of several jobs', () => {
    const stack = newStack();
    const code = ProcessingCode.fromAsset(SCRIPT);
    ['A', 'B'].forEach((id) => newJob(stack, { code }, id));
    const [one, other] = Object.values(resourcesOf(stack, PROCESSING_JOB))
      .map(({ Properties }) => Properties.Request.AppSpecification.ContainerEntrypoint);
    expect(one).toEqual(['python3', expect.stringMatching(/\.py$/)]);
    expect(other).toEqual(one);
  });

  test('gets its arguments after its name', () => {
    const { AppSpecification } = requestWith({ arguments: ['--days', '30'], code: ProcessingCode.fromAsset(SCRIPT) });
    expect(AppSpecification.ContainerArguments).toEqual(['--days', '30']);
    expect(AppSpecification.ContainerEntrypoint).toHaveLength(2);
  });
});

describe('code in S3', () => {
  const bucket = (stack: Stack) => Bucket.fromBucketName(stack, 'Bucket', 'code-bucket');

  test('that is one script is run', () => {
    const stack = newStack();
    newJob(stack, { code: ProcessingCode.fromS3(S3Location.fromBucket(bucket(stack), 'jobs/prepare.py')) });
    const { AppSpecification, ProcessingInputs } = requestOf(stack);
    expect(AppSpecification.ContainerEntrypoint).toEqual(['python3', `${IN_CONTAINER}/prepare.py`]);
    expect(ProcessingInputs).toEqual([{
      InputName: 'code',
      S3Input: { LocalPath: IN_CONTAINER, S3DataType: 'S3Prefix', S3InputMode: 'File', S3Uri: 's3://code-bucket/jobs/prepare.py' },
    }]);
  });

  test('that is a prefix has an entry file', () => {
    const entrypoint = entrypointWith({ code: ProcessingCode.fromS3(S3Location.fromUri('s3://code-bucket/jobs/'), { entryFile: 'src/main.py' }) });
    expect(entrypoint).toEqual(['python3', `${IN_CONTAINER}/src/main.py`]);
  });

  test('is run by the command of the image, or another', () => {
    const location = S3Location.fromUri('s3://code-bucket/etl.py');
    const image = ProcessingImage.spark(SparkVersion.V3_5);
    expect(entrypointWith({ code: ProcessingCode.fromS3(location), image })).toEqual(['smspark-submit', `${IN_CONTAINER}/etl.py`]);
    expect(entrypointWith({ code: ProcessingCode.fromS3(location, { command: ['python3', '-u'] }), image }))
      .toEqual(['python3', '-u', `${IN_CONTAINER}/etl.py`]);
  });

  test.each(['s3://code-bucket/jobs/', 's3://code-bucket', 's3://code-bucket/jobs', 's3://code-bucket/code-1.0'])('%s needs an entry file', (uri) => {
    expect(problemsOf({ code: ProcessingCode.fromS3(S3Location.fromUri(uri)) })).toEqual([
      `code.entryFile is required, for '${uri}' is no script. Add it, such as 'main.py'.`,
    ]);
  });

  test('that only CloudFormation knows needs an entry file', () => {
    const stack = newStack();
    const uri = S3Location.fromBucket(new Bucket(stack, 'Bucket'));
    expect(() => newJob(stack, { code: ProcessingCode.fromS3(uri) })).toThrow(/code\.entryFile is required/);
  });
});

describe('a folder', () => {
  const code = ProcessingCode.fromAsset(FOLDER, { entryFile: 'main.py' });

  test('is run by the shell, which every image with Python has, in texts that the service takes', () => {
    const entrypoint = entrypointWith({ code });
    expect(entrypoint.slice(0, 2)).toEqual(['/bin/sh', '-c']);
    expect(entrypoint.slice(3)).toEqual([expect.stringMatching(/^\/opt\/ml\/processing\/input\/code\/[0-9a-f]{64}\.zip$/), 'python3', 'main.py']);
    for (const text of entrypointWith({ code: ProcessingCode.fromAsset(path.join(CODE, 'with-requirements'), { entryFile: 'main.py' }) })) {
      expect(text.length).toBeLessThanOrEqual(256);
    }
  });

  test('is run by the command of the image, or another', () => {
    expect(entrypointWith({ code, image: ProcessingImage.spark(SparkVersion.V3_5) }).slice(-1)).toEqual(['main.py']);
    expect(entrypointWith({ code: ProcessingCode.fromAsset(FOLDER, { command: ['bash', '-eu'], entryFile: 'lib/helper.py' }) }).slice(-3))
      .toEqual(['bash', '-eu', 'lib/helper.py']);
  });

  test.each<[string, object, string]>([
    ['that has no entry file', {}, "code.entryFile is required, for the code is a folder. Add the script that runs, such as 'main.py'."],
    ['whose entry file is not there', { entryFile: 'other.py' }, `code.entryFile is 'other.py': must be a file in '${FOLDER}'. Give its path in that folder.`],
    ['whose entry file is a folder', { entryFile: 'lib' }, `code.entryFile is 'lib': must be a file in '${FOLDER}'. Give its path in that folder.`],
    ['whose entry file is beside it', { entryFile: '../single.py' },
      `code.entryFile is '../single.py': must be a file in '${FOLDER}'. Give its path in that folder.`],
    ['whose entry file is an absolute path', { entryFile: path.join(FOLDER, 'main.py') },
      expect.stringMatching(/^code\.entryFile is .*: must be a file in .*\. Give its path in that folder\.$/)],
  ])('%s is refused', (_name, options, problem) => {
    expect(problemsOf({ code: ProcessingCode.fromAsset(FOLDER, options) })).toEqual([problem]);
  });

  test('may be made by its bundling', () => {
    const bundling = {
      image: undefined as any,
      local: {
        tryBundle: (output: string) => {
          writeFileSync(path.join(output, 'built.py'), 'print("built")');
          return true;
        },
      },
    };
    expect(entrypointWith({ code: ProcessingCode.fromAsset(FOLDER, { bundling, entryFile: 'built.py' }) }).slice(-1)).toEqual(['built.py']);
  });

  test.each<[string, string, object, string]>([
    ['that is not there', path.join(CODE, 'nothing'), {}, 'must be a file or a folder, and'],
    ['that is a file and has an entry file', SCRIPT, { entryFile: 'main.py' }, "code.entryFile is 'main.py': is for a folder or an archive, and the code is neither. Leave it out."],
  ])('%s is refused', (_name, code_, options, text) => {
    expect(problemsOf({ code: ProcessingCode.fromAsset(code_, options) })).toEqual([expect.stringContaining(text)]);
  });
});

describe('an archive in S3', () => {
  const code = (name: string, options: object = { entryFile: 'main.py' }) => ProcessingCode.fromS3(S3Location.fromUri(`s3://code-bucket/jobs/${name}`), options);

  test.each<[string, string]>([['sourcedir.tar.gz', 'tarfile'], ['code.tgz', 'tarfile'], ['code.tar', 'tarfile'], ['code.tar.bz2', 'tarfile'], ['code.txz', 'tarfile'], ['0a1b.gz', 'tarfile'], ['code.zip', 'zipfile'], ['v1.0.zip', 'zipfile']])(
    '%s is unpacked, its packages installed, and the script run', (name, module) => {
      const entrypoint = entrypointWith({ code: code(name) });
      expect(entrypoint).toEqual(['/bin/sh', '-c', expect.stringContaining(`python3 -m ${module} -e "$0" /opt/ml/processing/code && `), `${IN_CONTAINER}/${name}`, 'python3', 'main.py']);
      expect(entrypoint[2]).toContain('|| python3 -m pip install -r requirements.txt');
      expect(entrypoint[2].length).toBeLessThanOrEqual(256);
    });

  test('needs an entry file', () => {
    expect(problemsOf({ code: code('sourcedir.tar.gz', {}) })).toEqual([
      "code.entryFile is required, for 's3://code-bucket/jobs/sourcedir.tar.gz' is an archive. Add it, such as 'main.py'.",
    ]);
  });

  test.each(['my code.zip', "it's.tar.gz", 'v$1.tgz', 'CODE.ZIP'])('may have any name: %s', (name) => {
    const [, , script, archive] = entrypointWith({ code: code(name) });
    expect(archive).toBe(`${IN_CONTAINER}/${name}`);
    expect(script).toContain(/zip$/i.test(name) ? 'zipfile' : 'tarfile');
  });

  test('of which only CloudFormation knows the whole name is one, by its end', () => {
    const stack = newStack();
    newJob(stack, { code: ProcessingCode.fromS3(S3Location.fromUri(`s3://code-bucket/${new CfnParameter(stack, 'Name').valueAsString}.zip`), { entryFile: 'main.py' }) });
    const [, , script, archive] = requestOf(stack).AppSpecification.ContainerEntrypoint;
    expect(script).toContain('python3 -m zipfile -e "$0" ');
    expect(archive).toEqual({ 'Fn::Join': ['', [`${IN_CONTAINER}/`, { Ref: 'Name' }, '.zip']] });
  });

  test('with a slash at its end is a prefix', () => {
    expect(entrypointWith({ code: code('code.zip/') })).toEqual(['python3', `${IN_CONTAINER}/main.py`]);
  });

  test.each<[string | undefined, number]>([['requirements.txt', 0], ['requirements.txt', 3], [undefined, 0]])('when it is run, with %p and pip that ends with %d', (requirements, status) => {
    const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'archive-')));
    const folder = path.join(root, 'source');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'main.py'), 'import helper, sys; print(helper.NAME, sys.argv[1:])');
    writeFileSync(path.join(folder, 'helper.py'), 'NAME = "helped"');
    if (requirements) {
      writeFileSync(path.join(folder, requirements), 'some-package');
    }
    const inContainer = (text: string) => text.replaceAll('/opt/ml/processing', `${root}/opt/ml/processing`);
    mkdirSync(inContainer(IN_CONTAINER), { recursive: true });
    spawnSync('tar', ['-czf', path.join(inContainer(IN_CONTAINER), 'sourcedir.tar.gz'), '-C', folder, '.']);
    mkdirSync(path.join(root, 'bin'));
    const python = spawnSync('/bin/sh', ['-c', 'command -v python3'], { encoding: 'utf8' }).stdout.trim();
    writeFileSync(path.join(root, 'bin', 'python3'), [
      '#!/bin/sh', `case "$*" in *"-m pip"*) echo "$*" >> '${root}/calls'; exit ${status};; *) exec '${python}' "$@";; esac`,
    ].join('\n'), { mode: 0o755 });
    const [command, ...rest] = entrypointWith({ code: code('sourcedir.tar.gz') }).map(inContainer);
    const result = spawnSync(command, [...rest, 'a b'], { encoding: 'utf8', env: { ...process.env, PATH: `${root}/bin:${process.env.PATH}` } });
    expect(result.status).toBe(status);
    expect(result.stdout).toBe(status === 0 ? "helped ['a b']\n" : '');
    expect(existsSync(path.join(root, 'calls'))).toBe(requirements !== undefined);
    rmSync(root, { recursive: true });
  });
});

describe('an archive of the app', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'archives-'));
  const names = ['source.tar.gz', 'source.tgz', 'source.tar', 'source.zip', 'my source.zip'];
  for (const name of names) {
    writeFileSync(path.join(folder, name), name);
  }
  afterAll(() => rmSync(folder, { recursive: true }));
  const code = (name: string, options: object = { entryFile: 'src/main.py' }) => ProcessingCode.fromAsset(path.join(folder, name), options);

  test.each(names)('%s is unpacked, as one in S3', (name) => {
    const entrypoint = entrypointWith({ code: code(name) });
    const extension = path.extname(name);
    expect(entrypoint).toEqual([
      '/bin/sh', '-c', expect.stringMatching(/^python3 -m (tar|zip)file -e "\$0" \/opt\/ml\/processing\/code && .* pip install -r requirements.txt;/),
      expect.stringMatching(new RegExp(`^${IN_CONTAINER}/[0-9a-f]{64}${extension}$`)), 'python3', 'src/main.py',
    ]);
    expect(entrypoint[2].length).toBeLessThanOrEqual(256);
  });

  test.each<[object, string]>([
    [{}, "code.entryFile is required, for the code is an archive. Add the script that runs, such as 'main.py'."],
    [{ entryFile: '../main.py' }, `code.entryFile is '../main.py': must be the path of a file in '${path.join(folder, names[0])}'. Write it as 'main.py' or 'src/main.py'.`],
  ])('needs an entry file that is in it: %j', (options, line) => {
    expect(problemsOf({ code: code(names[0], options) })).toEqual([line]);
  });

  test('brings its modules to the executors of Spark', () => {
    expect(entrypointWith({ code: code('source.zip'), image: ProcessingImage.spark(SparkVersion.V3_5) }).slice(-4))
      .toEqual(['smspark-submit', '--py-files', expect.stringMatching(/\.zip$/), 'src/main.py']);
  });
});

describe('modules beside a script of Spark', () => {
  const image = ProcessingImage.spark(SparkVersion.V3_5);
  const folder = (options: object = {}) => ProcessingCode.fromAsset(FOLDER, { entryFile: 'main.py', ...options });

  test('reach the executors', () => {
    const archive = expect.stringMatching(new RegExp(`^${IN_CONTAINER}/[0-9a-f]{64}\\.zip$`));
    expect(entrypointWith({ code: folder(), image }).slice(-4)).toEqual(['smspark-submit', '--py-files', archive, 'main.py']);
    expect(entrypointWith({ code: folder({ command: ['smspark-submit', '--verbose'] }) }).slice(-5)).toEqual(['smspark-submit', '--verbose', '--py-files', archive, 'main.py']);
    expect(entrypointWith({ code: ProcessingCode.fromS3(S3Location.fromUri('s3://code-bucket/code.zip'), { entryFile: 'main.py' }), image }).slice(-4))
      .toEqual(['smspark-submit', '--py-files', `${IN_CONTAINER}/code.zip`, 'main.py']);
  });

  test('are those that the command names, where it does', () => {
    expect(entrypointWith({ code: folder({ command: ['smspark-submit', '--py-files', 'lib.zip'] }), image }).slice(-4))
      .toEqual(['smspark-submit', '--py-files', 'lib.zip', 'main.py']);
  });

  test('are no matter of another command', () => {
    expect(entrypointWith({ code: folder() }).slice(-2)).toEqual(['python3', 'main.py']);
  });
});

describe('options that are read wrongly', () => {
  const location = S3Location.fromUri('s3://code-bucket/jobs/');

  test.each<[string, () => unknown, string]>([
    ['a text as the command of an asset', () => ProcessingCode.fromAsset(SCRIPT, { command: 'python3' as any }), "ProcessingCode.fromAsset: command is 'python3': must be a list with"],
    ['a text as the command', () => ProcessingCode.fromS3(location, { command: 'python3' as any }), "ProcessingCode.fromS3: command is 'python3': must be a list with"],
    ['an empty command', () => ProcessingCode.fromAsset(SCRIPT, { command: [] }), 'ProcessingCode.fromAsset: command is []: must be a list with'],
    ['a text as the options', () => ProcessingCode.fromS3(location, 'main.py' as any), 'ProcessingCode.fromS3: options is'],
    ['a number as the entry file', () => ProcessingCode.fromS3(location, { entryFile: 5 as any }), 'ProcessingCode.fromS3: entryFile is 5: must be a string.'],
  ])('%s is an error', (_name, make, message) => {
    expect(make).toThrow(message);
  });

  test.each(['', ' ', '.', '..', '../x.py', '../../x.py', 'a/../../x.py', '/main.py', 'src/'])('an entry file in S3 is none: %p', (entryFile) => {
    expect(problemsOf({ code: ProcessingCode.fromS3(location, { entryFile }) })).toEqual([
      `code.entryFile is '${entryFile}': must be the path of a file below the location. Write it as 'main.py' or 'src/main.py'.`,
    ]);
  });

  test.each(['main.py', 'src/main.py', './main.py', '..main.py', 'a/../main.py'])('an entry file in S3 is one: %p', (entryFile) => {
    expect(entrypointWith({ code: ProcessingCode.fromS3(location, { entryFile }) })).toEqual(['python3', `${IN_CONTAINER}/${entryFile}`]);
  });

  test('null is not given', () => {
    expect(problemsOf({ code: ProcessingCode.fromAsset(FOLDER, { entryFile: null as any }) }))
      .toEqual(["code.entryFile is required, for the code is a folder. Add the script that runs, such as 'main.py'."]);
    expect(entrypointWith({ code: ProcessingCode.fromAsset(SCRIPT, { command: null as any, entryFile: null as any }) })[0]).toBe('python3');
  });
});

describe('network isolation', () => {
  const REQUIREMENTS = path.join(CODE, 'with-requirements');

  test.each<[string, ProcessingCode]>([
    ['a script', ProcessingCode.fromAsset(SCRIPT)],
    ['a folder', ProcessingCode.fromAsset(FOLDER, { entryFile: 'main.py' })],
    ['code in S3', ProcessingCode.fromS3(S3Location.fromUri('s3://code-bucket/prepare.py'))],
  ])('is no problem for %s: the service brings it', (_name, code) => {
    const stack = newStack();
    newJob(stack, { code, networkIsolation: true });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('is a warning for a folder that requires packages', () => {
    const stack = newStack();
    newJob(stack, { code: ProcessingCode.fromAsset(REQUIREMENTS, { entryFile: 'main.py' }), networkIsolation: true });
    expect(warningsOf(stack)).toEqual([
      'code: the packages of requirements.txt cannot be downloaded with networkIsolation: the job fails unless the image has them. Build an image with them. [ack: cdk-sagemaker-jobs:requirementsWithNetworkIsolation]',
    ]);
  });

  test('is a warning for an archive, which may require packages', () => {
    const stack = newStack();
    newJob(stack, { code: ProcessingCode.fromS3(S3Location.fromUri('s3://code-bucket/code.zip'), { entryFile: 'main.py' }), networkIsolation: true });
    expect(warningsOf(stack)).toEqual([
      'code: packages of a requirements.txt in the archive cannot be downloaded with networkIsolation: the job fails unless the image has them. Build an image with them. [ack: cdk-sagemaker-jobs:requirementsWithNetworkIsolation]',
    ]);
  });

  test.each<[string, (stack: Stack) => object]>([
    ['without isolation', () => ({})],
    ['where only CloudFormation knows whether there is isolation', (stack) => ({ networkIsolation: new CfnParameter(stack, 'Isolated').valueAsString })],
  ])('is none %s', (_name, props) => {
    const stack = newStack();
    newJob(stack, { code: ProcessingCode.fromAsset(REQUIREMENTS, { entryFile: 'main.py' }), ...props(stack) });
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('the entry point of a folder, when it is run,', () => {
  const AWKWARD = ['plain', 'two words', 'a "double" and a \'single\' quote', '$HOME `whoami` $(whoami)', '*', '', '-n', 'back\\slash', 'line\nbreak', 'ünï'];
  let root: string;

  beforeEach(() => {
    root = realpathSync(mkdtempSync(path.join(tmpdir(), 'container-')));
  });

  afterEach(() => rmSync(root, { recursive: true }));

  /** Does what the service does with a job: its code as an input, its entry point, its arguments. With a root of its own. */
  function run(folder: string, args: string[], environment: { [name: string]: string } = {}) {
    const stack = newStack();
    newJob(stack, { code: ProcessingCode.fromAsset(folder, { entryFile: 'main.py' }) });
    const { AppSpecification, ProcessingInputs } = requestOf(stack);
    const assembly = (stack.node.root as App).synth();
    const [file] = /[0-9a-f]{64}(?=\.zip)/.exec(JSON.stringify(ProcessingInputs))!;
    const inContainer = (text: string) => text.replaceAll('/opt/ml/processing', `${root}/opt/ml/processing`);
    const code = inContainer(IN_CONTAINER);
    mkdirSync(code, { recursive: true });
    // The CDK CLI zips the folder when it uploads it.
    const staged = path.join(root, 'staged');
    cpSync(path.join(assembly.directory, `asset.${file}`), staged, { recursive: true });
    const zip = spawnSync('python3', ['-c', 'import shutil, sys; shutil.make_archive(*sys.argv[1:])', path.join(code, file), 'zip', staged], { encoding: 'utf8' });
    expect(zip.stderr).toBe('');
    // An input cannot be written to.
    chmodSync(code, 0o555);
    const [command, ...rest] = (AppSpecification.ContainerEntrypoint as string[]).map(inContainer);
    const result = spawnSync(command, [...rest, ...args], { cwd: '/', encoding: 'utf8', env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', ...environment } });
    chmodSync(code, 0o755);
    return result;
  }

  test('unpacks the code, runs the script in it, and gives it the arguments as they are', () => {
    const { status, stderr, stdout } = run(FOLDER, AWKWARD);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ arguments: AWKWARD, cwd: `${root}/opt/ml/processing/code`, data: 'some data', helped: true });
  });

  test('ends as the script ends', () => {
    expect(run(FOLDER, [], { EXIT_CODE: '7' }).status).toBe(7);
  });

  describe('with a requirements.txt', () => {
    /** A python3 that notes what it is called with, and installs nothing. */
    function notingPython(pip: string): { [name: string]: string } {
      const bin = path.join(root, 'bin');
      mkdirSync(bin);
      const python = spawnSync('/bin/sh', ['-c', 'command -v python3'], { encoding: 'utf8' }).stdout.trim();
      writeFileSync(path.join(bin, 'python3'), [
        '#!/bin/sh',
        `echo "$(pwd): $*" >> '${root}/calls'`,
        `case "$*" in *"-m pip"*) ${pip};; *) exec '${python}' "$@";; esac`,
      ].join('\n'), { mode: 0o755 });
      return { PATH: `${bin}:${process.env.PATH}` };
    }

    test('installs it before the script', () => {
      const { status } = run(path.join(CODE, 'with-requirements'), ['x y'], notingPython('exit 0'));
      expect(status).toBe(0);
      const folder = `${root}/opt/ml/processing/code`;
      expect(readFileSync(path.join(root, 'calls'), 'utf8').trim().split('\n')).toEqual([
        expect.stringMatching(/^\/: -m zipfile -e .*\.zip .*\/code$/),
        `${folder}: -m pip install --requirement requirements.txt`,
        `${folder}: main.py x y`,
      ]);
    });

    test('does not run the script when that fails', () => {
      const { status, stdout } = run(path.join(CODE, 'with-requirements'), [], notingPython('exit 3'));
      expect(status).toBe(3);
      expect(stdout).toBe('');
    });
  });
});
