import { ts, unwrap } from '#api';
import { calledName, option } from '../../_shared/calls.ts';
import type { ClientKind } from '../../_shared/data/model.ts';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** Options of `SET` by which an entry ends, keeps the end it had, or is a lock rather than an entry. */
const ENDS = [
  'EX',
  'PX',
  'EXAT',
  'PXAT',
  'KEEPTTL',
  'NX',
  'ex',
  'px',
  'exat',
  'pxat',
  'keepTtl',
  'nx',
  'expiry',
  'expiration',
  'ttl',
];

/** Calls that give keys an end: `expire(key, 60)`, `setex(…)` in another branch. */
const EXPIRING = /^p?expire(?:at)?$|^p?set_?ex$/i;

/** Whether an entry gets an end where it is set, or in the same function; also where that cannot be told. */
export function expires(node: ts.CallExpression, kind: ClientKind, source: SourceView): boolean {
  const [, , ...more] = node.arguments;
  const [third] = more;
  if (kind === 'keyv') return third !== undefined || hasDefaultTtl(node, source);
  if (more.some((argument) => !ts.isObjectLiteralExpression(unwrap(argument)))) return true;
  if (third !== undefined && ENDS.some((name) => option(third, name).kind !== 'absent')) return true;
  const around = enclosingFunction(node)?.body;
  return around !== undefined && hasExpiring(around, node);
}

/** A client of Keyv that is made with options has them for all entries; one from another file may have. */
function hasDefaultTtl(node: ts.CallExpression, source: SourceView): boolean {
  const callee = unwrap(node.expression);
  const receiver = ts.isPropertyAccessExpression(callee) ? unwrap(callee.expression) : undefined;
  const declared = receiver !== undefined && ts.isIdentifier(receiver) ? source.lookup(receiver) : undefined;
  const made = declared !== undefined && ts.isVariableDeclaration(declared) ? declared.initializer : undefined;
  if (made === undefined || !ts.isNewExpression(unwrap(made))) return true;
  return /\bttl\b|\.\.\./.test(made.getText());
}

function hasExpiring(root: ts.Node, own: ts.CallExpression): boolean {
  const visit = (node: ts.Node): boolean => {
    if (ts.isCallExpression(node) && node !== own) {
      const name = calledName(node) ?? '';
      if (EXPIRING.test(name)) return true;
      // The other branch of `ttl ? set(key, value, { EX: ttl }) : set(key, value)`.
      if (name === 'set' && node.arguments.length > 2) return true;
    }
    return ts.forEachChild(node, (child) => visit(child) || undefined) === true;
  };
  return visit(root);
}
