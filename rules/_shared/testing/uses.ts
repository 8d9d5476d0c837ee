import { type FileHeader, ts } from '#api';
import { functionOf } from '../functionOf.ts';
import { namesOf } from '../namesOf.ts';
import type { Lookup } from '../sourceView.ts';
import { calleeName } from './hooks.ts';

/** What holds a value: a variable, or a member of `this` as it is written. */
export type Binding = ts.Declaration | string;

/** What becomes of a resource that has to be closed. */
export interface Uses {
  /** Calls that close it. */
  readonly closes: readonly ts.CallExpression[];
  /** Members of it that are called or read; empty text where it is called itself. */
  readonly calls: ReadonlySet<string>;
  /** Kept where something out of sight may close it: nothing can be said. */
  readonly escapes: boolean;
  /** Given to a function or class that may close it. */
  readonly handedOn: boolean;
  /** Returned from the function that makes it. */
  readonly returned: boolean;
}

/** What tells uses of one kind of resource apart. */
export interface Traits {
  /** Members that close it. */
  readonly closing: RegExp;
  /** Functions that only look at it or talk to it, by name. */
  readonly onlyLooks: RegExp;
  /** What a constructor does with one it is given: its product closes it as well, or leaves it alone. */
  attaches?(reference: string | undefined): 'closes' | 'leaves' | undefined;
}

interface Found {
  readonly closes: ts.CallExpression[];
  readonly calls: Set<string>;
  escapes: boolean;
  handedOn: boolean;
  returned: boolean;
}

/** Follows a variable or `this.x` through its file. */
export function usesOf(
  target: Binding,
  source: { readonly file: ts.SourceFile; readonly header: FileHeader; readonly lookup: Lookup },
  traits: Traits,
  depth = 0,
): Uses {
  const { file, header, lookup } = source;
  const found: Found = { closes: [], calls: new Set(), escapes: false, handedOn: false, returned: false };

  const judge = (node: ts.Node): void => {
    let inner = node;
    let { parent } = node;
    while (isWrapper(parent)) {
      inner = parent;
      parent = parent.parent;
    }
    if (typeof target !== 'string' && (parent === target || inner === (target as ts.NamedDeclaration).name)) return;
    if (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) {
      const name = ts.isPropertyAccessExpression(parent) ? parent.name.text : parent.argumentExpression.getText();
      if (!traits.closing.test(name) && !/asyncDispose|dispose/.test(name)) found.calls.add(name);
      else if (ts.isCallExpression(parent.parent) && parent.parent.expression === parent) {
        found.closes.push(parent.parent);
      } else found.escapes = true;
      return;
    }
    if (ts.isBinaryExpression(parent)) {
      const assigned = parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
      // `other = server` makes an alias, `server = …` is a start.
      if (assigned && parent.right === inner) found.escapes = true;
      return;
    }
    if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === inner)) {
      found.returned = true;
      return;
    }
    if (ts.isTaggedTemplateExpression(parent)) {
      found.calls.add('');
      return;
    }
    if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
      if (parent.expression === inner) found.calls.add('');
      else argument(parent, inner);
      return;
    }
    if (ts.isShorthandPropertyAssignment(parent) || (ts.isPropertyAssignment(parent) && parent.initializer === inner)) {
      property(parent.parent);
      return;
    }
    if (ts.isVariableDeclaration(parent) || ts.isArrayLiteralExpression(parent) || ts.isSpreadElement(parent))
      found.escapes = true;
    else if (ts.isExportSpecifier(parent) || ts.isExportAssignment(parent)) found.escapes = true;
  };

  /** `{ server }`: an option of a constructor that attaches, or out of sight. */
  const property = (object: ts.Node): void => {
    const owner = object.parent;
    if (ts.isReturnStatement(owner) || ts.isParenthesizedExpression(owner)) found.returned = true;
    else if (ts.isNewExpression(owner)) {
      if (!attach(owner)) found.handedOn = true;
    } else if (ts.isCallExpression(owner)) found.handedOn = true;
    else found.escapes = true;
  };

  const attach = (made: ts.CallExpression | ts.NewExpression): boolean => {
    const attaches = traits.attaches?.(header.resolve(made.expression));
    if (attaches === undefined) return false;
    const holder = attaches === 'leaves' ? undefined : bindingOf(made, lookup);
    if (holder === undefined || depth > 3) return true;
    const other = usesOf(holder, source, traits, depth + 1);
    found.closes.push(...other.closes);
    found.escapes ||= other.escapes;
    found.handedOn ||= other.handedOn;
    found.returned ||= other.returned;
    return true;
  };

  const argument = (call: ts.CallExpression | ts.NewExpression, inner: ts.Node): void => {
    if (attach(call)) return;
    const name = calleeName(call);
    if (name === undefined) {
      // `promisify(server.close)` and the like are seen as member uses; anything else is out of sight.
      found.handedOn = true;
      return;
    }
    const declaration = ts.isIdentifier(call.expression) ? lookup(call.expression) : undefined;
    const fn = functionOf(declaration);
    const index = call.arguments?.indexOf(inner as ts.Expression) ?? -1;
    const parameter = fn?.parameters[index];
    if (fn !== undefined && parameter !== undefined && ts.isIdentifier(parameter.name) && depth < 3) {
      const inside = usesOf(parameter, source, traits, depth + 1);
      for (const one of inside.calls) found.calls.add(one);
      if (inside.closes.length > 0) found.escapes = true;
      found.escapes ||= inside.escapes;
      found.handedOn ||= inside.handedOn;
      return;
    }
    if (!traits.onlyLooks.test(name)) found.handedOn = true;
  };

  for (const place of placesOf(target, file, lookup)) judge(place);
  return found;
}

/** Where a file names a variable or `this.x`, in source order. */
function* placesOf(target: Binding, file: ts.SourceFile, lookup: Lookup): Generator<ts.Node> {
  if (typeof target === 'string') {
    for (const { parent } of namesOf(target.slice(target.lastIndexOf('.') + 1), file)) {
      if (ts.isPropertyAccessExpression(parent) && parent.getText() === target) yield parent;
    }
    return;
  }
  const { name } = target as ts.NamedDeclaration;
  if (name === undefined || !ts.isIdentifier(name)) return;
  for (const node of namesOf(name.text, file)) if (ts.isIdentifier(node) && lookup(node) === target) yield node;
}

function isWrapper(node: ts.Node): boolean {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isAwaitExpression(node)
  );
}

/** The variable that holds the value of an expression: declared with it or assigned it. */
export function bindingOf(expression: ts.Node, lookup: Lookup): Binding | undefined {
  let inner = expression;
  let { parent } = expression;
  while (isWrapper(parent)) {
    inner = parent;
    parent = parent.parent;
  }
  if (ts.isVariableDeclaration(parent) && parent.initializer === inner) return parent;
  if (
    ts.isBinaryExpression(parent) &&
    parent.right === inner &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  ) {
    return holderBinding(parent.left, lookup);
  }
  return undefined;
}

/** The variable or `this.x` an expression names. */
export function holderBinding(node: ts.Node, lookup: Lookup): Binding | undefined {
  if (ts.isIdentifier(node)) return lookup(node);
  if (!ts.isPropertyAccessExpression(node)) return undefined;
  return node.expression.kind === ts.SyntaxKind.ThisKeyword ? node.getText() : undefined;
}
