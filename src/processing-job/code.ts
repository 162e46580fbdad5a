import * as fs from 'fs';
import * as path from 'path';
import { Asset, AssetOptions } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { BoundInput, ProcessingInput } from './input';
import { S3Location } from '../s3-location';
import { A_STRING } from '../validation/kinds';
import { Problems, requireKind, show } from '../validation/problems';

/** Where the code appears in the container. */
const CODE_FOLDER = '/opt/ml/processing/input/code';

/** The name of the input that carries the code. */
export const CODE_INPUT = 'code';

/** Options of the code of a processing job. */
export interface ProcessingCodeOptions {
  /**
   * The command that runs the script, without the script.
   *
   * @default ['python3']
   */
  readonly command?: string[];
}

/** Options of code that is uploaded by `cdk deploy`. */
export interface ProcessingCodeAssetOptions extends ProcessingCodeOptions, AssetOptions {
}

/** What a job needs to know of its code. */
export interface BoundCode {
  readonly entrypoint: string[];
  readonly input: BoundInput;
}

/** A script that a processing job runs, in an image that has its interpreter. */
export class ProcessingCode {
  /**
   * A script in the app's folder, uploaded by `cdk deploy`. When it changes, the next deployment runs the job again.
   *
   * @param file - the path of the script, such as `prepare.py`
   * @param options - the command that runs it, and the options of its asset
   */
  public static fromAsset(file: string, options: ProcessingCodeAssetOptions = {}): ProcessingCode {
    requireKind('ProcessingCode.fromAsset', 'path', file, A_STRING);
    return new ProcessingCode((scope, problems) => {
      const { command, ...assetOptions } = options ?? {};
      if (!fs.existsSync(file) || !fs.statSync(file).isFile()) {
        problems.add({
          property: 'code',
          value: show(file),
          allowed: `must be a file, and ${path.resolve(file)} is none`,
          remedy: 'Give its path from the folder in which the app runs, or an absolute one: path.join(__dirname, …).',
        });
        return undefined;
      }
      const asset = new Asset(scope, 'Code', { path: file, ...assetOptions });
      return {
        entrypoint: [...command ?? ['python3'], `${CODE_FOLDER}/${path.basename(asset.s3ObjectKey)}`],
        input: ProcessingInput.fromS3(S3Location.fromAsset(asset), { localPath: CODE_FOLDER })._bind(CODE_INPUT),
      };
    });
  }

  private constructor(
    /** @internal */
    public readonly _bind: (scope: Construct, problems: Problems) => BoundCode | undefined,
  ) {
  }
}
