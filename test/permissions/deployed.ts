/**
 * Resolves the templates of an app as CloudFormation would, so that policies have the ARNs and names that IAM would see.
 */
import { App, Stack } from 'aws-cdk-lib';

export const ACCOUNT = '111111111111';
export const OTHER_ACCOUNT = '222222222222';
export const REGION = 'eu-west-1';

const PSEUDO_PARAMETERS: { readonly [name: string]: string } = {
  'AWS::AccountId': ACCOUNT,
  'AWS::Partition': 'aws',
  'AWS::Region': REGION,
  'AWS::StackId': `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/Test/1a2b3c`,
  'AWS::StackName': 'Test',
  'AWS::URLSuffix': 'amazonaws.com',
};

export interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string[];
  readonly Resource: string[];
  readonly Principal?: unknown;
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: string | string[] } };
}

interface Resource {
  readonly Type: string;
  readonly Properties?: any;
}

/** The templates of an app, deployed to one account and Region. Stacks with their own environment keep it. */
export class Deployed {
  private readonly stacks: DeployedStack[];

  /**
   * @param parameters - the values of parameters, by logical id
   * @param foreignPolicies - policies of resources that are not in this app, by the ARN of the resource
   */
  constructor(
    app: App,
    parameters: { readonly [logicalId: string]: unknown } = {},
    private readonly foreignPolicies: { readonly [arn: string]: readonly Statement[] } = {},
  ) {
    const templates = app.synth().stacks.map((stack) => ({ name: stack.stackName, template: stack.template }));
    const exported: { [name: string]: unknown } = {};
    this.stacks = templates.map(({ name, template }) => new DeployedStack(name, template, parameters, exported));
    this.stacks.forEach((stack) => Object.assign(exported, stack.exports));
  }

  /** Resolves a value of a construct, such as the ARN of a role. */
  public resolve(scope: Stack, value: unknown): any {
    return this.stackOf(scope).resolve(scope.resolve(value));
  }

  /** The statements of all identity policies of a role. */
  public identityStatements(roleArn: string): readonly Statement[] {
    return this.foreignPolicies[roleArn] ?? this.stacks.flatMap((stack) => stack.identityStatements(roleArn));
  }

  /** The policy of a bucket, key or repository, if the templates have one. */
  public resourceStatements(arn: string): readonly Statement[] | undefined {
    return this.foreignPolicies[arn] ?? this.stacks.map((stack) => stack.resourceStatements(arn)).find((found) => found !== undefined);
  }

  private stackOf(scope: Stack): DeployedStack {
    return this.stacks.find(({ name }) => name === scope.stackName)!;
  }
}

class DeployedStack {
  private readonly resources: { [logicalId: string]: Resource };

  constructor(
    public readonly name: string,
    private readonly template: any,
    private readonly parameters: { readonly [logicalId: string]: unknown },
    private readonly exported: { readonly [name: string]: unknown },
  ) {
    this.resources = template.Resources ?? {};
  }

  public get exports(): { [name: string]: unknown } {
    return Object.fromEntries(Object.values<any>(this.template.Outputs ?? {}).filter(({ Export }) => Export)
      .map(({ Export, Value }) => [this.resolve(Export.Name), this.resolve(Value)]));
  }

  public identityStatements(roleArn: string): Statement[] {
    const name = roleArn.split('/').pop();
    return this.ofType('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy')
      .filter(({ Properties }) => this.resolve(Properties.Roles ?? []).includes(name))
      .map(({ Properties }) => Properties.PolicyDocument)
      .concat(this.ofType('AWS::IAM::Role').filter(({ Properties }) => this.resolve({ 'Fn::GetAtt': [this.idOf(Properties), 'Arn'] }) === roleArn)
        .flatMap(({ Properties }) => (Properties.Policies ?? []).map(({ PolicyDocument }: any) => PolicyDocument)))
      .flatMap((document) => this.statementsOf(document));
  }

  public resourceStatements(arn: string): Statement[] | undefined {
    for (const [id, { Type, Properties }] of Object.entries(this.resources)) {
      const isKey = Type === 'AWS::KMS::Key' && this.attribute(id, 'Arn') === arn;
      const isBucketPolicy = Type === 'AWS::S3::BucketPolicy' && `arn:aws:s3:::${this.resolve(Properties.Bucket)}` === arn;
      if (isKey || isBucketPolicy) {
        return this.statementsOf(isKey ? Properties.KeyPolicy : Properties.PolicyDocument);
      }
    }
    return undefined;
  }

  public resolve(value: any): any {
    if (Array.isArray(value)) {
      return value.map((element) => this.resolve(element));
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    const [[key, content]] = Object.entries<any>(value);
    switch (key) {
      case 'Ref':
        return this.reference(content);
      case 'Fn::GetAtt':
        return this.attribute(content[0], content[1]);
      case 'Fn::Join':
        return this.resolve(content[1]).join(content[0]);
      case 'Fn::Split':
        return this.resolve(content[1]).split(content[0]);
      case 'Fn::Select':
        return this.resolve(content[1])[Number(content[0])];
      case 'Fn::Sub':
        return [content].flat()[0].replace(/\$\{([^}]+)\}/g, (_match: string, name: string) => this.reference(name));
      case 'Fn::FindInMap':
        return this.template.Mappings[content[0]][this.resolve(content[1])][this.resolve(content[2])];
      case 'Fn::ImportValue':
        return this.exported[this.resolve(content)] ?? fail(`nothing is exported as ${JSON.stringify(content)}`);
      default:
        return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, this.resolve(member)]));
    }
  }

  private ofType(...types: string[]): Resource[] {
    return Object.values(this.resources).filter(({ Type }) => types.includes(Type));
  }

  private idOf(properties: unknown): string {
    return Object.keys(this.resources).find((id) => this.resources[id].Properties === properties)!;
  }

  private statementsOf(document: any): Statement[] {
    return this.resolve(document).Statement.map((statement: any) => ({
      ...statement, Action: [statement.Action].flat(), Resource: [statement.Resource].flat(),
    }));
  }

  private reference(id: string): unknown {
    return PSEUDO_PARAMETERS[id] ?? this.parameters[id] ?? (id in this.resources ? this.nameOf(id) : fail(`what is ${id}?`));
  }

  private nameOf(id: string): string {
    const { Properties = {}, Type } = this.resources[id];
    const given = Properties.BucketName ?? Properties.RoleName ?? Properties.RepositoryName ?? Properties.FeatureGroupName ?? Properties.JobName;
    const name = id.replace(/[0-9A-F]{8}$/, '');
    return this.resolve(given) ?? (Type === 'AWS::S3::Bucket' ? name.toLowerCase() : name);
  }

  private attribute(id: string, attribute: string): string {
    const { Properties = {}, Type } = this.resources[id];
    const name = this.nameOf(id);
    switch (`${Type}.${attribute}`) {
      case 'AWS::EC2::SecurityGroup.GroupId':
        return `sg-${name}`;
      case 'AWS::ECR::Repository.Arn':
        return `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/${name}`;
      case 'AWS::IAM::Role.Arn':
        return `arn:aws:iam::${ACCOUNT}:role${this.resolve(Properties.Path) ?? '/'}${name}`;
      case 'AWS::KMS::Key.Arn':
        return `arn:aws:kms:${REGION}:${ACCOUNT}:key/${name}`;
      case 'AWS::Lambda::Function.Arn':
        return `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`;
      case 'AWS::Logs::LogGroup.Arn':
        return `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${name}:*`;
      case 'AWS::S3::Bucket.Arn':
        return `arn:aws:s3:::${name}`;
      case 'AWS::StepFunctions::StateMachine.Arn':
        return `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:${name}`;
      default:
        return Type.startsWith('Custom::') ? `${name}.${attribute}` : fail(`what is ${attribute} of ${id}, a ${Type}?`);
    }
  }
}

function fail(message: string): never {
  throw new Error(message);
}
