import * as fs from 'fs';
import { isAbsolute, join, resolve } from 'path';
import { Stack, Token } from 'aws-cdk-lib';
import { Asset, AssetOptions } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { ProcessingInput } from './input';
import { BoundInput } from './input-options';
import { getOrMake, keptFor } from '../cdk/kept-for';
import { S3Location } from '../job/s3-location';
import { A_STRING, instanceOf } from '../validation/kinds';
import { Problems, requireKind, show } from '../validation/problems';

/** The name of the input that carries the code. */
export const CODE_INPUT = 'code';

/** Where the code appears in the container. */
export const CODE_FOLDER = '/opt/ml/processing/input/code';

/** Where the code of a folder is unpacked, for an input cannot be written to. */
const UNPACKED_FOLDER = '/opt/ml/processing/code';

const REQUIREMENTS = 'requirements.txt';

/**
 * Options of the code of a processing job.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-your-own-processing-container.html
 */
export interface ProcessingCodeOptions {
  /**
   * The command that runs the script, without the script.
   *
   * @default - that of the image: `['python3']`, or `['smspark-submit']` with Spark
   */
  readonly command?: string[];

  /**
   * The script that runs, as a path in the folder, such as `main.py`.
   *
   * @default - the code itself, where it is one script
   */
  readonly entryFile?: string;
}

/**
 * Options of code that is uploaded by `cdk deploy`.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_s3_assets.AssetOptions.html
 */
export interface ProcessingCodeAssetOptions extends ProcessingCodeOptions, AssetOptions {
}

/** What a job needs to know of its code. */
export interface BoundCode {
  readonly entrypoint: string[];
  readonly input: BoundInput;
  /** Whether packages are installed when the job starts, from the network. */
  readonly installsPackages: boolean;
}

type Bind = (scope: Construct, imageCommand: string[], problems: Problems) => BoundCode | undefined;

/**
 * Code that a processing job runs, in an image that has its interpreter.
 *
 * It reaches the container as an input named `code`, which counts among the inputs, and the job's entrypoint runs it. The
 * entrypoint has at most 100 strings of at most 256 characters.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-your-own-processing-container.html
 */
export class ProcessingCode {
  /**
   * A script or a folder of the app, uploaded by `cdk deploy`. When it changes, the next deployment runs the job again.
   *
   * A folder is unpacked in the container, and the script runs in it. The packages of its `requirements.txt` are installed
   * first, with pip: they come from the network, unless the image has them.
   *
   * @param path - a script such as `prepare.py`, or a folder such as `prepare`
   * @param options - the command that runs it, and the options of its asset
   */
  public static fromAsset(path: string, options: ProcessingCodeAssetOptions = {}): ProcessingCode {
    requireKind('ProcessingCode.fromAsset', 'path', path, A_STRING);
    const { command, entryFile, ...assetOptions } = options ?? {};
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
          ? folderEntrypoint(file, command ?? imageCommand, entryFile!, installsPackages)
          : [...command ?? imageCommand, file],
        input: codeInput(S3Location.fromAsset(asset)),
        installsPackages,
      };
    });
  }

  /**
   * Code that is in S3 already. A change there does not run the job again: see `rerunTrigger`.
   *
   * @param location - a script, or a prefix with `entryFile`
   * @param options - the command that runs it
   */
  public static fromS3(location: S3Location, options: ProcessingCodeOptions = {}): ProcessingCode {
    requireKind('ProcessingCode.fromS3', 'location', location, instanceOf(S3Location, "Use S3Location.fromBucket(bucket, 'code/prepare.py')."));
    const { command, entryFile } = options ?? {};
    return new ProcessingCode((_scope, imageCommand, problems) => {
      const file = entryFile ?? scriptOf(location.uri);
      if (file === undefined) {
        problems.add({ property: 'code.entryFile', allowed: `is required, for ${show(location.uri)} is no script`, remedy: "Add it, such as 'main.py'." });
        return undefined;
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

/** By their absolute paths. */
const assetsOf = keptFor((_: Stack) => new Map<string, Asset>());

/** The jobs of a stack that run the same code share its asset, unless it has options: hundreds of assets take long to make. */
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

/** Whether the code is a folder. Undefined, and a problem, when it cannot be used. */
function checkCode(code: string, entryFile: string | undefined, isBundled: boolean, problems: Problems): boolean | undefined {
  if (!fs.existsSync(code)) {
    problems.add({
      property: 'code',
      value: show(code),
      allowed: `must be a file or a folder, and ${resolve(code)} does not exist`,
      remedy: 'Give its path from the folder in which the app runs, or an absolute one: path.join(__dirname, …).',
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
  // What bundling makes of a folder is known later.
  if (isFolder && !isBundled && !isFileIn(code, entryFile!)) {
    problems.add({ property: 'code.entryFile', value: show(entryFile), allowed: `must be a file in ${show(code)}`, remedy: 'Give its path in that folder.' });
    return undefined;
  }
  return isFolder;
}

function isFileIn(folder: string, file: string): boolean {
  const isBelow = !isAbsolute(file) && resolve(folder, file).startsWith(join(resolve(folder), '/'));
  return isBelow && (fs.statSync(join(folder, file), { throwIfNoEntry: false })?.isFile() ?? false);
}

/** A folder arrives as one zip file: unpack it, install what it requires, and run the script with the job's arguments. */
function folderEntrypoint(archive: string, command: string[], entryFile: string, installsPackages: boolean): string[] {
  const steps = [
    `python3 -m zipfile -e ${archive} ${UNPACKED_FOLDER}`,
    `cd ${UNPACKED_FOLDER}`,
    ...installsPackages ? [`python3 -m pip install --requirement ${REQUIREMENTS}`] : [],
    'exec "$@"',
  ];
  // The shell gives its arguments on: the command, the script, and the arguments of the job.
  return ['/bin/sh', '-c', steps.join(' && '), 'sh', ...command, entryFile];
}

/** The name of the object, where the location is one script. */
function scriptOf(uri: string): string | undefined {
  const name = uri.split('/').pop()!;
  return Token.isUnresolved(name) || !/\.\w+$/.test(name) ? undefined : name;
}
