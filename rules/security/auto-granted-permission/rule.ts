import { z } from 'zod';
import { type FunctionNode, rule, ts } from '#api';
import { asksForPermission } from '../../_shared/auth/permissionQuestions.ts';
import { isStandIn } from '../../_shared/auth/standIns.ts';
import { isFunctionValue } from '../../_shared/enclosing.ts';
import { functionName } from '../../_shared/functionName.ts';
import { grantedToPages } from './electron.ts';
import { refuse } from './fix.ts';
import { grantsOf } from './grants.ts';

type Suspect = FunctionNode | ts.CallExpression;

const suspect = (fn: ts.FunctionDeclaration | ts.MethodDeclaration): Suspect | undefined =>
  fn.body !== undefined && asksForPermission(functionName(fn)) ? fn : undefined;

const held = ({
  initializer,
  name,
}: ts.VariableDeclaration | ts.PropertyAssignment | ts.PropertyDeclaration): Suspect | undefined => {
  const isFunction = initializer !== undefined && isFunctionValue(initializer);
  return isFunction && ts.isIdentifier(name) && asksForPermission(name.text) ? initializer : undefined;
};

/** What classes that extend an abstract one may leave as it is. */
function isInAbstract({ parent }: FunctionNode): boolean {
  return (
    ts.isClassDeclaration(parent) &&
    (ts.getModifiers(parent) ?? []).some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword)
  );
}

export default rule({
  meta: {
    priority: 'P0',
    since: 'next',
    summary: 'Questions for a permission that are answered yes without asking.',
    promise: 'Every permission is decided before it is granted',
    topics: [
      'auto-granted permission',
      'auto-grant',
      'permission check',
      'permission request',
      'access check',
      'setPermissionRequestHandler',
    ],
    subject: ['permission', 'permissions', 'access', 'authorization', 'consent'],
    references: [
      { title: 'CWE-862: Missing Authorization', url: 'https://cwe.mitre.org/data/definitions/862.html' },
      { title: 'CWE-636: Not Failing Securely', url: 'https://cwe.mitre.org/data/definitions/636.html' },
      {
        title: 'Electron: Handle session permission requests',
        url: 'https://www.electronjs.org/docs/latest/tutorial/security',
      },
    ],
    messages: {
      always:
        '{name} says yes whoever asks for whatever, so all that relies on it stands open. Decide, and refuse what is not decided.',
      onFailure: 'When {name} cannot find out, it says yes: who makes the question fail gets in. Refuse there.',
      pages:
        'Every page gets every permission that it asks for, camera, microphone and location among them. Grant those that your own pages need, and refuse the rest.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      FunctionDeclaration: suspect,
      MethodDeclaration: suspect,
      VariableDeclaration: { named: asksForPermission, listen: held },
      PropertyAssignment: { named: asksForPermission, listen: held },
      PropertyDeclaration: { named: asksForPermission, listen: held },
      CallExpression: {
        named: /^set(?:Permission(?:Request|Check)|DevicePermission)Handler$/,
        listen: (node): Suspect => node,
      },
    },
    each(node, ctx) {
      if (ts.isCallExpression(node)) {
        const granted = grantedToPages(node, ctx);
        if (granted !== undefined) ctx.report(granted, 'pages');
        return;
      }
      const grants = isStandIn(node, ctx.header.localPath) || isInAbstract(node) ? undefined : grantsOf(node);
      const [first, ...others] = grants?.values ?? [];
      if (grants === undefined || first === undefined) return;
      const related = others.map((at) => ({ at, label: 'It says yes here as well.' }));
      ctx.report(first, grants.kind, { name: functionName(node) }, { related });
    },
  },
  fixes: { always: [refuse], onFailure: [refuse], pages: [refuse] },
});
