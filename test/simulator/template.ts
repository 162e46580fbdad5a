/** A resource of a template, as far as CloudFormation's order and values depend on it. */
export interface TemplateResource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Record<string, unknown>;
  /** The resources that come first: named by DependsOn, or referred to. */
  readonly dependsOn: ReadonlySet<string>;
}

export type Template = ReadonlyMap<string, TemplateResource>;

/** What resources are of interest: their types. Others are there from the beginning, under their logical ids. */
const SIMULATED = /^(Custom::SageMaker|Test::|AWS::IAM::Role|AWS::EC2::SecurityGroup)/;

export interface CloudFormationTemplate {
  readonly Resources: Readonly<Record<string, {
    readonly Type: string;
    readonly Properties?: Record<string, unknown>;
    readonly DependsOn?: string | string[];
  }>>;
}

/** The template that a stack was synthesised to, without the provider and what does not matter to jobs. */
export function simulated({ Resources }: CloudFormationTemplate): Template {
  const ids = Object.keys(Resources).filter((id) => SIMULATED.test(Resources[id].Type) && !id.startsWith('SageMakerJobProvider'));
  return new Map(ids.map((logicalId) => {
    const { DependsOn = [], Properties = {}, Type } = Resources[logicalId];
    const references = new Set<string>();
    collectReferences(Properties, references);
    const dependsOn = new Set([...references, ...[DependsOn].flat()].filter((id) => ids.includes(id)));
    return [logicalId, { logicalId, type: Type, properties: Properties, dependsOn }];
  }));
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
