/** The checks that a member of the service model has to pass, for requests and models that a test makes up, too. */
import { RequestMembers } from '../src/job/request-members';
import { Shape } from '../src/service-model/shape';
import { SHAPES } from '../src/service-model/shapes';

export type Shapes = { readonly [name: string]: Shape };

/** Every member of a shape that has no members of its own. `[]` is any element of a list. */
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

/** Members that no declaration names in the words of the user. */
export function undeclared(members: RequestMembers<any, any>, shapes: Shapes = SHAPES): string[] {
  return membersOf(members.shape, shapes).filter((path) => (members.at(path) ?? members.at(path.replace(/\[\]$/, ''))) === undefined);
}

/** Declarations of what is no member: the compiler does not see all of them. */
export function unknownToTheModel(members: RequestMembers<any, any>, shapes: Shapes = SHAPES): string[] {
  const known = membersOf(members.shape, shapes);
  return members.entries.map(([path]) => path).filter((path) => !known.some((member) => `${member.replace(/\[\]/g, '.[]')}.`.startsWith(`${path.replace(/\[\]/g, '.[]')}.`)));
}

/** Members that none of these requests has. */
export function unreached(requests: readonly object[], shapeName: string, shapes: Shapes = SHAPES): string[] {
  const reached = new Set(requests.flatMap((request) => membersIn(request, shapeName, shapes)));
  return membersOf(shapeName, shapes).filter((path) => !reached.has(path));
}
