import { readFileSync } from 'fs';
import * as path from 'path';
import { gunzipSync } from 'zlib';

export interface Docs {
  readonly summary?: string;
  readonly remarks?: string;
  readonly default?: string;
  readonly example?: string;
  readonly see?: string;
}

export interface Documented {
  readonly name: string;
  readonly docs?: Docs;
}

export interface Property extends Documented {
  readonly optional?: boolean;
  readonly type: { readonly fqn?: string; readonly primitive?: string };
}

export interface Method extends Documented {
  readonly overrides?: string;
  readonly parameters?: Documented[];
}

/** A public type in the jsii assembly, from which the packages of all languages are made. */
export interface Type extends Documented {
  readonly fqn: string;
  readonly kind: 'class' | 'enum' | 'interface';
  readonly base?: string;
  readonly datatype?: boolean;
  readonly initializer?: { readonly docs?: Docs; readonly parameters?: Documented[] };
  readonly interfaces?: string[];
  readonly members?: Documented[];
  readonly methods?: Method[];
  readonly properties?: Property[];
}

const file = path.join(__dirname, '..', '..', '.jsii');

/** The public types of the library, by name. Run `npx projen compile` first, which writes the assembly. */
export const TYPES: { readonly [fqn: string]: Type } = JSON.parse(readFileSync(file, 'utf8')).types;

/** The public types of aws-cdk-lib, by name. */
export function cdkTypes(): { readonly [fqn: string]: Type | undefined } {
  const assembly = path.join(path.dirname(require.resolve('aws-cdk-lib/package.json')), '.jsii.gz');
  return JSON.parse(gunzipSync(readFileSync(assembly)).toString()).types;
}

/** The type with this name. */
export function typeNamed(name: string): Type {
  return TYPES[`cdk-sagemaker-jobs.${name}`];
}

/** A struct and those that it extends. */
export function structsOf(name: string): Type[] {
  const type = typeNamed(name);
  return [type, ...(type.interfaces ?? []).map((fqn) => fqn.split('.')).filter(([assembly]) => assembly === 'cdk-sagemaker-jobs').flatMap((fqn) => structsOf(fqn.pop()!))];
}
