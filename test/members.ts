/** Checks that each member of the service model must pass. They also work for requests and models that a test makes up. */
import { RequestMembers } from '../src/job/request-members';
import { Shape } from '../src/service-model/shape';
import { SHAPES } from '../src/service-model/shapes';

export type Shapes = { readonly [name: string]: Shape };

/** All leaf members of a shape. `[]` stands for any element of a list. */
export function membersOf(shapeName: string, shapes: Shapes = SHAPES, path: string = ''): string[] {
  const { type, members, member } = shapes[shapeName];
  if (type === 'structure') {
    return Object.entries(members!).flatMap(([name, shape]) => membersOf(shape, shapes, path === '' ? name : `${path}.${name}`));
  }
  return type === 'list' ? membersOf(member!, shapes, `${path}[]`) : [path];
}

/** The members that a request has. */
function membersIn(value: unknown, shapeName: string, shapes: Shapes, path: string = ''): string[] {
  const { type, members, member } = shapes[shapeName];
  if (type === 'structure') {
    return Object.entries(value as object).flatMap(([name, part]) => membersIn(part, members![name], shapes, path === '' ? name : `${path}.${name}`));
  }
  return type === 'list' ? (value as unknown[]).flatMap((part) => membersIn(part, member!, shapes, `${path}[]`)) : [path];
}

/** Members without a declaration. */
export function undeclared(members: RequestMembers<any, any>, shapes: Shapes = SHAPES): string[] {
  return membersOf(members.shape, shapes).filter((path) => (members.at(path) ?? members.at(path.replace(/\[\]$/, ''))) === undefined);
}

/** Declarations of unknown members, of which the compiler finds only some. */
export function unknownToTheModel(members: RequestMembers<any, any>, shapes: Shapes = SHAPES): string[] {
  const known = membersOf(members.shape, shapes);
  return members.entries.map(([path]) => path).filter((path) => !known.some((member) => `${member.replace(/\[\]/g, '.[]')}.`.startsWith(`${path.replace(/\[\]/g, '.[]')}.`)));
}

/** Members that none of these requests has. */
export function unreached(requests: readonly object[], shapeName: string, shapes: Shapes = SHAPES): string[] {
  const reached = new Set(requests.flatMap((request) => membersIn(request, shapeName, shapes)));
  return membersOf(shapeName, shapes).filter((path) => !reached.has(path));
}
