import { ts, unwrap } from '#api';
import { propertyKey } from '../../_shared/calls.ts';

/** Objects are looked into this deep: `{ data: { $set: { role } } }`. */
const MAX_DEPTH = 4;

const RIGHTS =
  /^(?:(?:user|account|admin|system)?_?roles?(?:_?ids?)?|is_?(?:super_?)?(?:admin|user)|superuser|permissions?|privileges?|access_?level|(?:is_?)?(?:banned|blocked|suspended|revoked)(?:_?at)?)$/i;
/** What says which records, and which of their members come back. */
const CRITERIA = /^(?:where|select|include|attributes|returning|filter|populate|omit)$/;

/** Whether a column or member says what somebody may do. */
export function givesRights(name: string): boolean {
  return RIGHTS.test(name) && name !== 'isUser';
}

/** Whether an object that is written sets a member that says what somebody may do. */
export function changesAccess(given: ts.Node, depth = 0): boolean {
  const literal = unwrap(given);
  if (depth > MAX_DEPTH || !ts.isObjectLiteralExpression(literal)) return false;
  return literal.properties.some((property) => {
    const key = property.name && propertyKey(property.name);
    if (key === undefined || CRITERIA.test(key)) return false;
    if (givesRights(key)) return true;
    return ts.isPropertyAssignment(property) && changesAccess(property.initializer, depth + 1);
  });
}
