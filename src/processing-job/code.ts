import * as fs from 'fs';
import { isAbsolute, join, posix, resolve } from 'path';
import { Stack, Token } from 'aws-cdk-lib';
import { Asset, AssetOptions } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { ProcessingInput } from './input';
import { BoundInput } from './input-options';
import { getOrMake, keptFor } from '../cdk/kept-for';
import { S3Location } from '../job/s3-location';
import { ValueType, Problems, requireType, requireTypeIfGiven, show } from '../validation/problems';
import { A_MAP, A_STRING, instanceOf } from '../validation/value-types';

/** The name of the input that carries the code. */
export const CODE_INPUT = 'code';

/** The path of the code in the container. */
export const CODE_FOLDER = '/opt/ml/processing/input/code';

/** The path where a folder of code is unpacked. The folder of an input is read-only. */
const UNPACKED_FOLDER = '/opt/ml/processing/code';

const REQUIREMENTS = 'requirements.txt';

/**
 * Options for the code of a processing job.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-your-own-processing-container.html
 */
export interface ProcessingCodeOptions {
  /**
   * The command that runs the script, without the script.
   *
   * @default - the command of the image: `['smspark-submit']` with Spark, otherwise `['python3']`
   */
  readonly command?: string[];

  /**
   * The path of the script in the folder, such as `main.py`. Required for a folder.
   *
   * @default - the code itself, which is one script
   */
  readonly entryFile?: string;
}

/**
 * Options for code that `cdk deploy` uploads.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_s3_assets.AssetOptions.html
 */
export interface ProcessingCodeAssetOptions extends ProcessingCodeOptions, AssetOptions {
}

/** Code that is bound to a job. */
export interface BoundCode {
  readonly entrypoint: string[];
  readonly input: BoundInput;
  /** Whether the job downloads and installs packages when it starts. */
  readonly installsPackages: boolean;
}

type Bind = (scope: Construct, imageCommand: string[], problems: Problems) => BoundCode | undefined;

/**
 * The code of a processing job, for an image that has an interpreter.
 *
 * The code reaches the container as an input named `code`, which counts towards the limit of inputs. The job's entrypoint runs it, and
 * has at most 100 strings of at most 256 characters.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-your-own-processing-container.html
 */
export class ProcessingCode {
  /**
   * A script or a folder of the app, which `cdk deploy` uploads. When it changes, the next deployment runs the job again.
   *
   * A folder is unpacked in the container, and the script runs in that folder. Before, pip installs the packages of its
   * `requirements.txt`: from the network, unless the image has them.
   * With Spark, the modules of the folder are passed to the executors with `--py-files`. The packages are installed on the first
   * instance only.
   *
   * @param path - a script such as `prepare.py`, or a folder such as `prepare`
   * @param options - the command, the script in a folder, and options of the asset
   */
  public static fromAsset(path: string, options: ProcessingCodeAssetOptions = {}): ProcessingCode {
    requireType('ProcessingCode.fromAsset', 'path', path, A_STRING);
    const { command, entryFile, ...assetOptions } = checkedOptions('ProcessingCode.fromAsset', options);
    return new ProcessingCode((scope, imageCommand, problems) => {
      const isFolder = checkCode(path, entryFile, assetOptions.bundling !== undefined, problems);
      if (isFolder === undefined) {
        return undefined;
      }
      const asset = assetOf(scope, path, assetOptions);
      const file = `${CODE_FOLDER}/${asset.s3ObjectKey.split('/').pop()}`;
      const installsPackages = isFolder && fs.existsSync(join(path, REQUIREMENTS));
      return {
        entrypoint: isFolder
          ? archiveEntrypoint(file, command ?? imageCommand, entryFile!, installsPackages ? INSTALL : undefined)
          : [...command ?? imageCommand, file],
        input: codeInput(S3Location.fromAsset(asset)),
        installsPackages,
      };
    });
  }

  /**
   * Code that is already in S3. A change of the object does not run the job again: use `rerunTrigger`.
   *
   * An archive (`.zip`, `.tar.gz`, `.tgz` or `.tar`) is unpacked in the container, and the script runs in it. The packages of its
   * `requirements.txt`, where it has one, are installed first, with pip.
   *
   * @param location - a script, an archive with `entryFile`, or a prefix with `entryFile`
   * @param options - the command that runs it
   */
  public static fromS3(location: S3Location, options: ProcessingCodeOptions = {}): ProcessingCode {
    requireType('ProcessingCode.fromS3', 'location', location, instanceOf(S3Location, "Use S3Location.fromBucket(bucket, 'code/prepare.py')."));
    const { command, entryFile } = checkedOptions('ProcessingCode.fromS3', options);
    return new ProcessingCode((_scope, imageCommand, problems) => {
      const archive = archiveOf(location.uri);
      const file = entryFile ?? (archive === undefined ? scriptOf(location.uri) : undefined);
      if (file === undefined) {
        problems.add({
          property: 'code.entryFile',
          allowed: `is required, for ${show(location.uri)} is ${archive === undefined ? 'no script' : 'an archive'}`,
          remedy: "Add it, such as 'main.py'.",
        });
        return undefined;
      }
      if (!isBelow(file)) {
        problems.add({
          property: 'code.entryFile', value: show(entryFile), allowed: 'must be the path of a file below the location', remedy: "Write it as 'main.py' or 'src/main.py'.",
        });
        return undefined;
      }
      if (archive !== undefined) {
        const entrypoint = archiveEntrypoint(`${CODE_FOLDER}/${archive}`, command ?? imageCommand, file, INSTALL_IF_ANY);
        return { entrypoint, input: codeInput(location), installsPackages: false };
      }
      return {
        entrypoint: [...command ?? imageCommand, `${CODE_FOLDER}/${file}`],
        input: codeInput(location),
        installsPackages: false,
      };
    });
  }

  private constructor(
    /** @internal */
    public readonly _bind: Bind,
  ) {
  }
}

/** Checks the options. Null means not given. */
function checkedOptions<T extends ProcessingCodeOptions>(method: string, options: T): T {
  requireTypeIfGiven(method, 'options', options, A_MAP);
  requireTypeIfGiven(method, 'command', options?.command, A_COMMAND);
  requireTypeIfGiven(method, 'entryFile', options?.entryFile, A_STRING);
  return { ...options, command: options?.command ?? undefined, entryFile: options?.entryFile ?? undefined };
}

const A_COMMAND: ValueType = {
  name: 'a list with the command and its arguments',
  test: (value) => Array.isArray(value) && value.length > 0,
  remedy: () => "Write it as ['python3', '-u'].",
};

/** The keys are absolute paths. */
const assetsOf = keptFor((_: Stack) => new Map<string, Asset>());

/** The asset of a path. Jobs of a stack share it, because hundreds of assets take long to make. Code with options gets its own asset. */
function assetOf(scope: Construct, path: string, options: AssetOptions): Asset {
  const make = () => new Asset(scope, 'JobCode', { ...options, path });
  if (Object.values(options).some((option) => option !== undefined)) {
    return make();
  }
  return getOrMake(assetsOf(Stack.of(scope)), resolve(path), make);
}

function codeInput(location: S3Location): BoundInput {
  return ProcessingInput._code(location, CODE_FOLDER)._bind(CODE_INPUT);
}

/** Checks the code, and returns whether it is a folder. Adds a problem and returns undefined when it cannot be used. */
function checkCode(code: string, entryFile: string | undefined, isBundled: boolean, problems: Problems): boolean | undefined {
  if (!fs.existsSync(code)) {
    problems.add({
      property: 'code',
      value: show(code),
      allowed: `must be a file or a folder, and ${resolve(code)} does not exist`,
      remedy: 'Give its path from the folder in which the app runs, or an absolute one.',
    });
    return undefined;
  }
  const isFolder = fs.statSync(code).isDirectory();
  if (!isFolder && entryFile !== undefined) {
    problems.add({ property: 'code.entryFile', value: show(entryFile), allowed: 'is for a folder, and the code is a file', remedy: 'Leave it out.' });
    return undefined;
  }
  if (isFolder && entryFile === undefined) {
    problems.add({ property: 'code.entryFile', allowed: 'is required, for the code is a folder', remedy: "Add the script that runs, such as 'main.py'." });
    return undefined;
  }
  // The output of bundling is not known yet.
  if (isFolder && !isBundled && !isFileIn(code, entryFile!)) {
    problems.add({ property: 'code.entryFile', value: show(entryFile), allowed: `must be a file in ${show(code)}`, remedy: 'Give its path in that folder.' });
    return undefined;
  }
  return isFolder;
}

function isFileIn(folder: string, file: string): boolean {
  return isBelow(file) && (fs.statSync(join(folder, file), { throwIfNoEntry: false })?.isFile() ?? false);
}

/** Whether a path does not leave its folder. */
function isBelow(file: string): boolean {
  return !posix.isAbsolute(file) && !isAbsolute(file) && !/^(\.\.(\/|$)|\.\/?$)/.test(posix.normalize(file)) && !file.endsWith('/') && file.trim() !== '';
}

const INSTALL = `python3 -m pip install --requirement ${REQUIREMENTS}`;
const INSTALL_IF_ANY = `{ [ ! -f ${REQUIREMENTS} ] || python3 -m pip install -r ${REQUIREMENTS}; }`;

/** The entrypoint for an archive: unpacks it, installs its requirements, and runs the script. */
function archiveEntrypoint(archive: string, command: string[], entryFile: string, install?: string): string[] {
  const isZip = archive.endsWith('.zip');
  const steps = [
    `python3 -m ${isZip ? 'zipfile' : 'tarfile'} -e ${archive} ${UNPACKED_FOLDER}`,
    `cd ${UNPACKED_FOLDER}`,
    ...install === undefined ? [] : [install],
    'exec "$@"',
  ];
  // The executors of Spark import the modules of the folder from the archive.
  const modules = isZip && /(^|\/)(sm)?spark-submit$/.test(command[0]) && !command.includes('--py-files') ? ['--py-files', archive] : [];
  // The shell runs its own arguments as a command: command, script, and the arguments of the job.
  return ['/bin/sh', '-c', steps.join(' && '), 'sh', ...command, ...modules, entryFile];
}

/** The file name of a location that is an archive. */
function archiveOf(uri: string): string | undefined {
  const name = uri.split('/').pop()!;
  return !Token.isUnresolved(name) && /^[\w.-]+\.(zip|tar|tar\.gz|tgz)$/.test(name) ? name : undefined;
}

/** The file name of a location that is one script. */
function scriptOf(uri: string): string | undefined {
  const name = uri.split('/').pop()!;
  return Token.isUnresolved(name) || !/\.[A-Za-z]\w*$/.test(name) ? undefined : name;
}
