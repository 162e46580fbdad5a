import * as fs from 'fs';
import { basename, isAbsolute, join, posix, resolve } from 'path';
import { Stack, Token } from 'aws-cdk-lib';
import { Asset, AssetOptions } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { ProcessingInput } from './input';
import { BoundInput } from './input-options';
import { getOrMake, keptFor } from '../cdk/kept-for';
import { S3Location } from '../job/s3-location';
import { Misspelling, OptionNames, Options, readOptions } from '../validation/options';
import { ValueType, Problems, requireType, requireTypeIfGiven, show } from '../validation/problems';
import { A_STRING, instanceOf } from '../validation/value-types';

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
   * The path of the script in the folder or archive, such as `main.py`. Required for them.
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
  readonly misspelt: readonly Misspelling[];
  readonly packages: Packages;
}

/** Whether the job installs packages of a requirements.txt when it starts. What is in an archive is unknown. */
type Packages = 'none' | 'some' | 'unknown';

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
   * A folder is unpacked in the container, and the script runs in that folder. So is an archive (`.zip`, `.tar`, `.tar.gz`, `.tgz`, `.tar.bz2` or `.tar.xz`).
   * Before, pip installs the packages of its `requirements.txt`: from the network, unless the image has them.
   * With Spark, the modules of the folder are passed to the executors with `--py-files`. The packages are installed on the first
   * instance only.
   *
   * @param path - a script such as `prepare.py`, a folder such as `prepare`, or an archive such as `prepare.tar.gz`
   * @param options - the command, the script in a folder or archive, and options of the asset
   */
  public static fromAsset(path: string, options: ProcessingCodeAssetOptions = {}): ProcessingCode {
    requireType('ProcessingCode.fromAsset', 'path', path, A_STRING);
    const { values: { command, entryFile, ...assetOptions }, misspelt } = codeOptions('ProcessingCode.fromAsset', options, CODE_ASSET_OPTIONS);
    return new ProcessingCode((scope, imageCommand, problems) => {
      const form = checkCode(path, entryFile, assetOptions.bundling !== undefined, problems);
      if (form === undefined) {
        return undefined;
      }
      const asset = assetOf(scope, path, assetOptions);
      const file = `${CODE_FOLDER}/${asset.s3ObjectKey.split('/').pop()}`;
      const packages = form === 'folder' ? (fs.existsSync(join(path, REQUIREMENTS)) ? 'some' : 'none') : form === 'archive' ? 'unknown' : 'none';
      return {
        entrypoint: form === 'script' ? [...command ?? imageCommand, file] : archiveEntrypoint(file, command ?? imageCommand, entryFile!, packages),
        input: codeInput(S3Location.fromAsset(asset)),
        misspelt,
        packages,
      };
    });
  }

  /**
   * Code that is already in S3. A change of the object does not run the job again: use `rerunTrigger`.
   *
   * An archive (`.zip`, `.tar`, `.tar.gz`, `.tgz`, `.tar.bz2` or `.tar.xz`) is unpacked in the container, and the script runs in it. The packages of its
   * `requirements.txt`, where it has one, are installed first, with pip.
   *
   * @param location - a script, an archive with `entryFile`, or a prefix with `entryFile`
   * @param options - the command that runs it
   */
  public static fromS3(location: S3Location, options: ProcessingCodeOptions = {}): ProcessingCode {
    requireType('ProcessingCode.fromS3', 'location', location, instanceOf(S3Location, "Use S3Location.fromBucket(bucket, 'code/prepare.py')."));
    const { values: { command, entryFile }, misspelt } = codeOptions('ProcessingCode.fromS3', options, CODE_OPTIONS);
    return new ProcessingCode((_scope, imageCommand, problems) => {
      const name = fileNameOf(location);
      const file = entryFile ?? (isScript(name) ? name : undefined);
      if (file === undefined) {
        problems.add({
          property: 'code.entryFile',
          allowed: `is required, for ${show(location.uri)} is ${isArchive(name) ? 'an archive' : 'no script'}`,
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
      if (isArchive(name)) {
        const entrypoint = archiveEntrypoint(`${CODE_FOLDER}/${name}`, command ?? imageCommand, file, 'unknown');
        return { entrypoint, input: codeInput(location), misspelt, packages: 'unknown' };
      }
      return { entrypoint: [...command ?? imageCommand, `${CODE_FOLDER}/${file}`], input: codeInput(location), misspelt, packages: 'none' };
    });
  }

  private constructor(
    /** @internal */
    public readonly _bind: Bind,
  ) {
  }
}

const CODE_OPTIONS: OptionNames<ProcessingCodeOptions> = { command: true, entryFile: true };
/** A cast, because the options of the CDK's assets differ between its versions. */
const CODE_ASSET_OPTIONS = {
  ...CODE_OPTIONS,
  assetHash: true,
  assetHashType: true,
  bundling: true,
  deployTime: true,
  displayName: true,
  exclude: true,
  followSymlinks: true,
  ignoreMode: true,
  readers: true,
  sourceKMSKey: true,
} as OptionNames<ProcessingCodeAssetOptions>;

function codeOptions<T extends ProcessingCodeOptions>(method: string, given: T, names: OptionNames<T>): Options<T> {
  const options = readOptions(method, given, names);
  requireTypeIfGiven(method, 'command', options.values.command, A_COMMAND);
  requireTypeIfGiven(method, 'entryFile', options.values.entryFile, A_STRING);
  return options;
}

const A_COMMAND: ValueType = {
  name: 'a list with the command and its arguments, which are texts',
  test: (value) => Array.isArray(value) && value.length > 0 && value.every((text) => typeof text === 'string' && text !== ''),
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

type Form = 'script' | 'folder' | 'archive';

/** Checks the code, and returns its form. Adds a problem and returns undefined when it cannot be used. */
function checkCode(code: string, entryFile: string | undefined, isBundled: boolean, problems: Problems): Form | undefined {
  if (!fs.existsSync(code)) {
    problems.add({
      property: 'code',
      value: show(code),
      allowed: `must be a file or a folder, and ${show(resolve(code))} does not exist`,
      remedy: 'Give its path from the folder in which the app runs, or an absolute one.',
    });
    return undefined;
  }
  const form = fs.statSync(code).isDirectory() ? 'folder' : isArchive(basename(code)) ? 'archive' : 'script';
  return checkEntryFile(code, form, entryFile, isBundled, problems) ? form : undefined;
}

function checkEntryFile(code: string, form: Form, entryFile: string | undefined, isBundled: boolean, problems: Problems): boolean {
  const add = (allowed: string, remedy: string) => {
    problems.add({ property: 'code.entryFile', value: entryFile === undefined ? undefined : show(entryFile), allowed, remedy });
    return false;
  };
  if (form === 'script') {
    return entryFile === undefined || add('is for a folder or an archive, and the code is neither', 'Leave it out.');
  }
  if (entryFile === undefined) {
    return add(`is required, for the code is ${form === 'folder' ? 'a folder' : 'an archive'}`, "Add the script that runs, such as 'main.py'.");
  }
  if (form === 'archive') {
    return isBelow(entryFile) || add(`must be the path of a file in ${show(code)}`, "Write it as 'main.py' or 'src/main.py'.");
  }
  // The output of bundling is not known yet.
  return isBundled || isFileIn(code, entryFile) || add(`must be a file in ${show(code)}`, 'Give its path in that folder.');
}

function isFileIn(folder: string, file: string): boolean {
  return isBelow(file) && (fs.statSync(join(folder, file), { throwIfNoEntry: false })?.isFile() ?? false);
}

/** Whether a path does not leave its folder. */
function isBelow(file: string): boolean {
  return !posix.isAbsolute(file) && !isAbsolute(file) && !/^(\.\.(\/|$)|\.\/?$)/.test(posix.normalize(file)) && !file.endsWith('/') && file.trim() !== '';
}

const INSTALL: { readonly [packages in Packages]: string[] } = {
  none: [],
  some: [`python3 -m pip install --requirement ${REQUIREMENTS}`],
  unknown: [`{ [ ! -f ${REQUIREMENTS} ] || python3 -m pip install -r ${REQUIREMENTS}; }`],
};

/** The entrypoint for an archive: unpacks it, installs its requirements, and runs the script. */
function archiveEntrypoint(archive: string, command: string[], entryFile: string, packages: Packages): string[] {
  const isZip = /\.zip$/i.test(archive);
  const steps = [
    `python3 -m ${isZip ? 'zipfile' : 'tarfile'} -e "$0" ${UNPACKED_FOLDER}`,
    `cd ${UNPACKED_FOLDER}`,
    ...INSTALL[packages],
    'exec "$@"',
  ];
  // The executors of Spark import the modules of the folder from the archive.
  const modules = isZip && /(^|\/)(sm)?spark-submit$/.test(command[0]) && !command.includes('--py-files') ? ['--py-files', archive] : [];
  // The shell unpacks its first argument and runs the others as a command: command, script, and the arguments of the job.
  return ['/bin/sh', '-c', steps.join(' && '), archive, ...command, ...modules, entryFile];
}

/** Whether a file is one that Python's zipfile or tarfile unpacks. The CDK calls an asset of the type .tar.gz .gz alone. */
function isArchive(fileName: string): boolean {
  return /.\.(zip|tar|tgz|tbz2?|txz|gz|bz2|xz)$/i.test(fileName);
}

/** The last part of the key of a location. */
function fileNameOf({ uri }: S3Location): string {
  return uri.split('/').pop()!;
}

function isScript(fileName: string): boolean {
  return !Token.isUnresolved(fileName) && !isArchive(fileName) && /\.[A-Za-z]\w*$/.test(fileName);
}
