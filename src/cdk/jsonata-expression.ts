import { IResolvable } from 'aws-cdk-lib';

/** A number or a list that an expression of JSONata gives. */
export class JsonataExpression implements IResolvable {
  public readonly creationStack: string[] = [];

  constructor(private readonly expression: string) {
  }

  public resolve(): string {
    return this.expression;
  }

  public toString(): string {
    return this.expression;
  }
}
