import { z } from 'zod';
import { type CollectContext, rule, ts, unwrap } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import { refuse } from './fix.ts';
import { isGuardName, isPolicyName } from './guardNames.ts';
import { mayStayOpen, type NoopGuard, nameOfGuard, noopGuard } from './guards.ts';

type Named = ts.FunctionDeclaration | ts.MethodDeclaration;
type Holder = ts.VariableDeclaration | ts.PropertyAssignment | ts.PropertyDeclaration;

const suspect = (fn: Named, { header }: CollectContext<unknown>): NoopGuard | undefined => {
  // A default export without a name goes by that of its file.
  const name = fn.name === undefined ? fileName(header.localPath) : ts.isIdentifier(fn.name) ? fn.name.text : '';
  return noopGuard(fn, name);
};

const held = ({ initializer, name }: Holder): NoopGuard | undefined =>
  initializer !== undefined && ts.isIdentifier(name) ? written(initializer, name.text) : undefined;

/** A function written in place, or one that a wrapper like `asyncHandler` makes safe to await. */
function written(initializer: ts.Expression, name: string): NoopGuard | undefined {
  const value = unwrap(initializer);
  if (isFunctionWithBody(value)) return noopGuard(value, name);
  if (!ts.isCallExpression(value)) return undefined;
  const [only, ...more] = value.arguments;
  return only !== undefined &&
    more.length === 0 &&
    isFunctionWithBody(only) &&
    /async|wrap|catch/i.test(calledName(value) ?? '')
    ? noopGuard(only, name)
    : undefined;
}

/** `exports.requireAuth = …`, and `module.exports = …` under the name of its file. */
const exported = (node: ts.BinaryExpression, { header }: CollectContext<unknown>): NoopGuard | undefined => {
  if (node.operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isPropertyAccessExpression(node.left))
    return undefined;
  const target = node.left.getText();
  const name = /^(?:module\.)?exports\.(\w+)$/.exec(target)?.[1];
  if (name !== undefined) return written(node.right, name);
  return target === 'module.exports' ? written(node.right, fileName(header.localPath)) : undefined;
};

/** `src/middleware/require-auth.js` → `require-auth`. */
const fileName = (path: string): string => /([^/]+?)(?:\.middleware|\.guard)?\.[cm]?[jt]sx?$/.exec(path)?.[1] ?? '';

const FIX = [{ title: 'Refuse by default', safety: 'suggest', edits: refuse }] as const;

export default rule({
  meta: {
    priority: 'P0',
    since: 'next',
    summary: 'Guards, validators and limiters that let everybody through on every path.',
    promise: 'Every guard decides before it lets a request through',
    topics: ['noop guard', 'no-op middleware', 'empty guard', 'auth middleware', 'guard', 'canActivate'],
    subject: ['guard', 'authenticate', 'authorize', 'auth', 'requireAuth', 'canActivate', 'limiter', 'validate'],
    references: [
      { title: 'CWE-862: Missing Authorization', url: 'https://cwe.mitre.org/data/definitions/862.html' },
      { title: 'CWE-306: Missing Authentication', url: 'https://cwe.mitre.org/data/definitions/306.html' },
      { title: 'Express: Using middleware', url: 'https://expressjs.com/en/guide/using-middleware.html' },
    ],
    messages: {
      handsOn:
        '{name} lets every request through, so all that is mounted behind it stands open. Decide, and refuse what is not decided.',
      grants:
        '{name} says yes whatever it is given, so all that relies on it stands open. Decide, and refuse what is not decided.',
      nothing: '{name} does nothing, so every request gets behind it. Decide, and refuse what is not decided.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      FunctionDeclaration: suspect,
      MethodDeclaration: suspect,
      VariableDeclaration: { named: (name) => isGuardName(name) || isPolicyName(name), listen: held },
      PropertyAssignment: { named: (name) => isGuardName(name) || isPolicyName(name), listen: held },
      PropertyDeclaration: { named: (name) => isGuardName(name) || isPolicyName(name), listen: held },
      BinaryExpression: { named: / =$/, listen: exported },
      ExportAssignment: ({ expression }, { header }): NoopGuard | undefined =>
        written(expression, fileName(header.localPath)),
    },
    check(ctx) {
      for (const guard of ctx.scope.all()) {
        if (mayStayOpen(guard, ctx)) continue;
        ctx.report(guard.open.place ?? guard.fn, guard.open.by, { name: nameOfGuard(guard) });
      }
    },
  },
  fixes: { handsOn: FIX, grants: FIX },
});
