import { ts, unwrap } from '#api';
import { memberCall } from '../../_shared/calls.ts';
import { initialValue } from '../../_shared/initialValue.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** A function of another file of the project, by the name under which that file offers it. */
export interface ImportedFunction {
  /** The specifier as written, e.g. `../controllers/users.js`. */
  readonly module: string;
  /** As in `exportedFunctions`. */
  readonly key: string;
}

/**
 * The function of another file that an expression names: an import, a member of one, or one of an instance of an imported
 * class. What goes through a call belongs to whoever is called.
 */
export function importedFunction(expression: ts.Node, source: SourceView): ImportedFunction | undefined {
  const node = unwrap(expression);
  // `users.create.bind(users)`
  const bound = ts.isCallExpression(node) ? memberCall(node) : undefined;
  if (bound !== undefined) return bound.name === 'bind' ? importedFunction(bound.receiver, source) : undefined;
  if (ts.isPropertyAccessExpression(node)) {
    const made = instanceOf(node.expression, source);
    if (made !== undefined) return { module: made.module, key: join(made.key, node.name.text) };
  }
  return reference(node, source);
}

function reference(node: ts.Node, { header }: SourceView): ImportedFunction | undefined {
  const [module, key = ''] = header.resolve(node)?.split('#') ?? [];
  return module === undefined || module === 'global' ? undefined : { module, key };
}

/** The class behind `const users = new Users()` and `this.users`, when it is imported. */
function instanceOf(expression: ts.Node, source: SourceView): ImportedFunction | undefined {
  const node = unwrap(expression);
  let value: ts.Node | undefined;
  if (ts.isIdentifier(node)) value = initialValue(node, source);
  else if (ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword) {
    const owner = ts.findAncestor(node, ts.isClassLike);
    const field = owner?.members.find(
      (member) => member.name !== undefined && member.name.getText() === node.name.text,
    );
    value = field !== undefined && ts.isPropertyDeclaration(field) ? field.initializer : undefined;
  }
  const made = value && unwrap(value);
  return made !== undefined && ts.isNewExpression(made) ? reference(made.expression, source) : undefined;
}

function join(key: string, member: string): string {
  return key === '' ? member : `${key}.${member}`;
}
