/** A shape of the service model, as botocore describes it: `min` and `max` are lengths, sizes or values. */
export interface Shape {
  readonly type: 'structure' | 'list' | 'map' | 'string' | 'integer' | 'long' | 'float' | 'double' | 'boolean';
  /** structure: member name to shape name */
  readonly members?: { readonly [name: string]: string };
  readonly required?: readonly string[];
  /** list: shape name of the members */
  readonly member?: string;
  /** map: shape names of keys and values */
  readonly key?: string;
  readonly value?: string;
  readonly min?: number;
  readonly max?: number;
  /** The pattern of the whole value. */
  readonly pattern?: string;
  readonly enum?: readonly string[];
}
