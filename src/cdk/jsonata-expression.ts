import { IResolvable } from 'aws-cdk-lib';

/** Marks expressions, also for another copy of the library, which gets them as plain numbers and lists. */
const MARK = Symbol.for('cdk-sagemaker-jobs.JsonataExpression');

/** A number or a list that an expression of JSONata gives. */
export class JsonataExpression implements IResolvable {
  public static isOne(token: unknown): boolean {
    return typeof token === 'object' && token !== null && MARK in token;
  }

  public readonly creationStack: string[] = [];

  constructor(private readonly expression: string) {
    Object.defineProperty(this, MARK, { value: true });
  }

  public resolve(): string {
    return this.expression;
  }

  public toString(): string {
    return this.expression;
  }
}
