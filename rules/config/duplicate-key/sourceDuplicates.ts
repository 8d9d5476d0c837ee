import { ts } from '#api';
import { propertyKey } from '../../_shared/calls.ts';

type Member = ts.PropertyAssignment | ts.ShorthandPropertyAssignment | ts.MethodDeclaration;

/** A member of an object literal that a later one of the same name replaces. */
export interface LostMember {
  readonly key: string;
  readonly lost: Member;
  /** The last member of this name, which holds. */
  readonly kept: Member;
}

/** Members that are lost, in source order. With a spread between the two somebody may have meant it. */
export function lostMembers({ properties }: ts.ObjectLiteralExpression): readonly LostMember[] {
  const found: LostMember[] = [];
  let lasts = new Map<string, Member>();
  for (let index = properties.length - 1; index >= 0; index--) {
    const member = properties[index];
    if (member === undefined || ts.isSpreadAssignment(member)) {
      lasts = new Map();
      continue;
    }
    // An accessor shares its name with its counterpart.
    if (ts.isAccessor(member)) continue;
    const key = propertyKey(member.name);
    const kept = key === undefined ? undefined : lasts.get(key);
    if (key !== undefined && kept === undefined) lasts.set(key, member);
    else if (key !== undefined && kept !== undefined) found.push({ key, lost: member, kept });
  }
  return found.reverse();
}
