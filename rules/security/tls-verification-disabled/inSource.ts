import { type FileHeader, ts, unwrap } from '#api';
import { constant, memberAccess, propertyKey } from '../../_shared/calls.ts';

/** The variable with which Node stops checking certificates in the whole process. */
export const SWITCH = 'NODE_TLS_REJECT_UNAUTHORIZED';

/** Options that check the other side's certificate unless they are false. */
export const CHECKS: ReadonlySet<string> = new Set(['rejectUnauthorized', 'strictSSL']);

/** `rejectUnauthorized: false`, and the switch in an object for the environment of a process. */
export function isSwitchedOff(property: ts.PropertyAssignment): boolean {
  const { name } = property;
  if (!ts.isIdentifier(name) && !ts.isStringLiteral(name)) return false;
  if (name.text === SWITCH) return turnsOff(property.initializer);
  if (!CHECKS.has(name.text) || unwrap(property.initializer).kind !== ts.SyntaxKind.FalseKeyword) return false;
  const object = property.parent;
  // A server that asks for certificates and judges them itself.
  return !object.properties.some((other) => {
    const key = other.name === undefined ? undefined : propertyKey(other.name);
    return key === 'requestCert' || key === 'checkServerIdentity' || (key === name.text && other.pos > property.pos);
  });
}

/** `process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'`, `agent.options.rejectUnauthorized = false` */
export function isTurnedOff(assignment: ts.BinaryExpression, header: FileHeader): boolean {
  if (assignment.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return false;
  const target = memberAccess(unwrap(assignment.left));
  if (target === undefined) return false;
  if (target.name === SWITCH)
    return header.resolve(target.receiver) === 'global#process.env' && turnsOff(assignment.right);
  return CHECKS.has(target.name) && unwrap(assignment.right).kind === ts.SyntaxKind.FalseKeyword;
}

function turnsOff(value: ts.Expression): boolean {
  const given = constant(value)?.value;
  return given === '0' || given === 0;
}
