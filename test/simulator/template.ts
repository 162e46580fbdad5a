/** A resource of a template, as far as CloudFormation's order and values depend on it. */
export interface TemplateResource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Record<string, unknown>;
  /** The resources that come first: named by DependsOn, or referred to. */
  readonly dependsOn: ReadonlySet<string>;
  /** Whether it stays when it leaves the stack. */
  readonly isRetained: boolean;
  /** Of a nested stack. */
  readonly template?: Template;
}

export type Template = ReadonlyMap<string, TemplateResource>;

/** What resources are of interest: their types. Others are there from the beginning, under their logical ids. */
const SIMULATED = /^(Custom::SageMaker|Test::|AWS::IAM::Role$|AWS::EC2::SecurityGroup|AWS::CloudFormation::Stack$)/;
export const NESTED_STACK = 'AWS::CloudFormation::Stack';
/** Those of the provider: its function, what that may do, and the state machine. */
export const POLICY = /^AWS::IAM::(Managed)?Policy$/;
export const FUNCTION = 'AWS::Lambda::Function';
export const STATE_MACHINE = 'AWS::StepFunctions::StateMachine';

export const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::AccountId': '111122223333',
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-west-1',
  'AWS::URLSuffix': 'amazonaws.com',
};

export interface CloudFormationTemplate {
  readonly Resources: Readonly<Record<string, {
    readonly Type: string;
    readonly Properties?: Record<string, unknown>;
    readonly DependsOn?: string | string[];
    readonly DeletionPolicy?: string;
    /** Of a nested stack, in place of its URL. */
    readonly Template?: CloudFormationTemplate;
  }>>;
}

/** The template that a stack was synthesised to, without what does not matter to jobs and their provider. */
export function simulated({ Resources }: CloudFormationTemplate): Template {
  const isSimulated = (id: string) => id.startsWith('SageMakerJobProvider')
    ? POLICY.test(Resources[id].Type) || [FUNCTION, STATE_MACHINE].includes(Resources[id].Type)
    : SIMULATED.test(Resources[id].Type);
  /** What has to exist before, directly or by what is not simulated. */
  const dependenciesOf = (id: string): string[] => {
    const { DependsOn = [], Properties } = Resources[id];
    const references = new Set([DependsOn].flat());
    collectReferences(Properties, references);
    return [...references].filter((other) => other in Resources).flatMap((other) => isSimulated(other) ? [other] : dependenciesOf(other));
  };
  return new Map(Object.keys(Resources).filter(isSimulated).map((logicalId) => {
    const { DeletionPolicy, Template: nested, Type } = Resources[logicalId];
    return [logicalId, {
      logicalId,
      type: Type,
      properties: propertiesOf(Resources[logicalId]),
      dependsOn: new Set(dependenciesOf(logicalId)),
      isRetained: DeletionPolicy === 'Retain',
      template: nested && simulated(nested),
    }];
  }));
}

/** The properties that matter. */
function propertiesOf({ Properties = {}, Template: nested, Type }: CloudFormationTemplate['Resources'][string]): Record<string, unknown> {
  switch (Type) {
    case FUNCTION:
      return { Environment: Properties.Environment, Role: Properties.Role };
    case STATE_MACHINE:
      return { RoleArn: Properties.RoleArn };
    case NESTED_STACK:
      if (Properties.Parameters) throw new Error('The simulator gives nested stacks no parameters');
      return { TemplateURL: JSON.stringify(nested) }; // another template has another URL
    default:
      return Properties;
  }
}

/** What a reference stands for. */
export interface Values {
  ref(logicalId: string): string;
  attribute(logicalId: string, name: string): string;
}

/** The properties as CloudFormation delivers them to a custom resource: references resolved, every scalar a string. */
export function resolved(value: unknown, values: Values): unknown {
  if (Array.isArray(value)) return value.map((item) => resolved(item, values));
  if (typeof value !== 'object' || value === null) return String(value);
  const [[key, argument] = ['', undefined]] = Object.entries(value);
  switch (key) {
    case 'Ref':
      return values.ref(argument as string);
    case 'Fn::GetAtt':
      return values.attribute(...argument as [string, string]);
    case 'Fn::Join': {
      const [delimiter, parts] = argument as [string, unknown[]];
      return parts.map((part) => resolved(part, values)).join(delimiter);
    }
    case 'Fn::Sub':
      return String(argument).replace(/\$\{([^}]+)\}/g, (_, id: string) => values.ref(id));
    default:
      if (key.startsWith('Fn::')) throw new Error(`The simulator does not know ${key}`);
      return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, resolved(member, values)]));
  }
}

function collectReferences(value: unknown, found: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    if (key === 'Ref') found.add(member as string);
    else if (key === 'Fn::GetAtt') found.add((member as string[])[0]);
    else collectReferences(member, found);
  }
}
