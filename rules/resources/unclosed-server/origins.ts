import { type FileHeader, ts, unwrap } from '#api';
import { isNullish } from '../../_shared/calls.ts';
import { functionOf } from '../../_shared/functionOf.ts';
import { isFallback } from '../../_shared/operators.ts';
import type { Lookup } from '../../_shared/sourceView.ts';
import { isNestTest, MAKERS, TYPES } from './makers.ts';

/**
 * What something with a `listen` is: one of Node's servers, an application whose `listen` returns one, or an application
 * that is closed itself and answers with promises.
 */
export type Origin = 'server' | 'app' | 'promise';

/** What another module hands out: an export, or what an exported function returns. */
export interface Reference {
  readonly module: string;
  /** Exported name; empty for the default export. A function that has to be called ends in `()`. */
  readonly name: string;
}

/** How the names of a file are followed. */
export interface Names {
  readonly header: FileHeader;
  readonly lookup: Lookup;
}

/** Names, functions and members are followed this many times; more is a cycle or nobody's code. */
const MAX_STEPS = 8;

/** Whether a variable holds one of Node's own servers, by what it was made with or its declared type. */
export function isNodeServer(identifier: ts.Identifier, names: Names): boolean {
  return originOf(identifier, names) === 'server';
}

/** What the value of an expression was made by; `undefined` when that does not show. */
export function originOf(expression: ts.Node, names: Names, steps = 0): Origin | Reference | undefined {
  if (steps > MAX_STEPS) return undefined;
  const node = unwrap(expression);
  if (ts.isAwaitExpression(node)) return originOf(node.expression, names, steps);
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) return madeBy(node, names, steps);
  if (ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword) {
    return memberOrigin(node, names, steps);
  }
  const imported = importOf(node, names.header);
  if (imported !== undefined) return imported;
  if (!ts.isIdentifier(node)) return undefined;
  const declaration = names.lookup(node);
  return declaration !== undefined && ts.isVariableDeclaration(declaration)
    ? variableOrigin(declaration, names, steps + 1)
    : undefined;
}

/** What all `return` statements of a function agree on. */
export function returnOrigin(fn: ts.FunctionLikeDeclaration, names: Names, steps = 0): Origin | Reference | undefined {
  const { body } = fn;
  if (body === undefined) return undefined;
  if (!ts.isBlock(body)) return originOf(body, names, steps + 1);
  const returned: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) return;
    if (ts.isReturnStatement(node)) returned.push(node.expression ?? node);
    else ts.forEachChild(node, visit);
  };
  ts.forEachChild(body, visit);
  return agreed(returned.map((value) => originOf(value, names, steps + 1)));
}

function madeBy(
  call: ts.CallExpression | ts.NewExpression,
  names: Names,
  steps: number,
): Origin | Reference | undefined {
  const reference = makerBehind(call.expression, names);
  const made = reference === undefined ? undefined : MAKERS.get(reference);
  if (reference?.split('#')[0] === 'fastify' && bringsServer(call.arguments?.[0], names)) return undefined;
  if (made !== undefined) return made;
  if (isNestTest(call, names.header)) return 'promise';
  const callee = unwrap(call.expression);
  // `createServer().on(…)`, `express().use(…)` hand on what they were called on.
  if (
    ts.isPropertyAccessExpression(callee) &&
    /^(?:on|once|use|set|setTimeout|disable|enable)$/.test(callee.name.text)
  ) {
    return originOf(callee.expression, names, steps + 1);
  }
  if (!ts.isCallExpression(call)) return undefined;
  const imported = importOf(callee, names.header);
  if (imported !== undefined) return { module: imported.module, name: `${imported.name}()` };
  const fn = ts.isIdentifier(callee) ? functionOf(names.lookup(callee)) : undefined;
  return fn === undefined ? undefined : returnOrigin(fn, names, steps + 1);
}

/**
 * What a callee refers to. `const make = options.createServer ?? createServer` is taken for what stands in for the option:
 * who passes another function passes one that does the same.
 */
function makerBehind(callee: ts.Node, { header, lookup }: Names): string | undefined {
  const reference = header.resolve(callee);
  const node = unwrap(callee);
  if (reference !== undefined || !ts.isIdentifier(node)) return reference;
  const declaration = lookup(node);
  const isVariable = declaration !== undefined && ts.isVariableDeclaration(declaration);
  const value = isVariable && declaration.initializer !== undefined ? unwrap(declaration.initializer) : undefined;
  return value !== undefined && ts.isBinaryExpression(value) && isFallback(value.operatorToken.kind)
    ? header.resolve(value.right)
    : undefined;
}

/** What an imported name, or a member of an imported module, refers to. */
function importOf(node: ts.Node, header: FileHeader): Reference | undefined {
  if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return undefined;
  const [module = '', name = ''] = header.resolve(node)?.split('#') ?? [];
  return module === '' || module === 'global' ? undefined : { module, name: name === 'default' ? '' : name };
}

/** `fastify({ serverFactory })`: the server was made, and is closed, by somebody else. Options out of sight may have one. */
function bringsServer(options: ts.Expression | undefined, { lookup }: Names): boolean {
  if (options === undefined) return false;
  let node = unwrap(options);
  const declaration = ts.isIdentifier(node) ? lookup(node) : undefined;
  if (declaration !== undefined && ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined) {
    node = unwrap(declaration.initializer);
  }
  return (
    !ts.isObjectLiteralExpression(node) ||
    node.properties.some((property) => ts.isSpreadAssignment(property) || property.name?.getText() === 'serverFactory')
  );
}

function variableOrigin(
  declaration: ts.VariableDeclaration,
  names: Names,
  steps: number,
): Origin | Reference | undefined {
  if (declaration.initializer !== undefined) return originOf(declaration.initializer, names, steps);
  const declared = typeOrigin(declaration.type, names.header);
  if (declared !== undefined || !ts.isIdentifier(declaration.name)) return declared;
  const { text } = declaration.name;
  const values = assignedIn(
    scopeOf(declaration),
    (target) => ts.isIdentifier(target) && target.text === text && names.lookup(target) === declaration,
  );
  return agreed(values.map((value) => originOf(value, names, steps + 1)));
}

/** `this.server`: its type, its initial value, or what the class assigns to it. */
function memberOrigin(
  member: ts.PropertyAccessExpression,
  names: Names,
  steps: number,
): Origin | Reference | undefined {
  let owner: ts.Node = member;
  while (!ts.isClassLike(owner)) {
    if (ts.isSourceFile(owner)) return undefined;
    owner = owner.parent;
  }
  const text = member.getText();
  const property = owner.members.find(
    (candidate): candidate is ts.PropertyDeclaration =>
      ts.isPropertyDeclaration(candidate) && candidate.name.getText() === member.name.text,
  );
  const declared = typeOrigin(property?.type, names.header);
  if (declared !== undefined) return declared;
  const values = assignedIn(owner, (target) => ts.isPropertyAccessExpression(target) && target.getText() === text);
  const initial = property?.initializer === undefined ? [] : [property.initializer];
  return agreed([...initial, ...values].map((value) => originOf(value, names, steps + 1)));
}

function typeOrigin(type: ts.TypeNode | undefined, header: FileHeader): Origin | undefined {
  if (type === undefined || !ts.isTypeReferenceNode(type)) return undefined;
  const reference = qualified(type.typeName, header);
  return reference === undefined ? undefined : TYPES.get(reference);
}

function qualified(name: ts.EntityName, header: FileHeader): string | undefined {
  if (ts.isIdentifier(name)) return header.resolve(name);
  const base = qualified(name.left, header);
  return base === undefined ? undefined : `${base}${base.includes('#') ? '.' : '#'}${name.right.text}`;
}

/** Right sides of all plain assignments to a target. */
function assignedIn(scope: ts.Node, isTarget: (node: ts.Node) => boolean): readonly ts.Expression[] {
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    const isAssignment = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
    // `undefined` and `null` only empty the variable.
    if (isAssignment && isTarget(node.left) && !isNullish(node.right)) found.push(node.right);
    ts.forEachChild(node, visit);
  };
  visit(scope);
  return found;
}

/** The one origin that all values have. */
function agreed(origins: readonly (Origin | Reference | undefined)[]): Origin | Reference | undefined {
  const [first, ...others] = origins;
  const key = JSON.stringify(first);
  return others.every((other) => JSON.stringify(other) === key) ? first : undefined;
}

function scopeOf(declaration: ts.Node): ts.Node {
  let node = declaration.parent;
  while (!ts.isBlock(node) && !ts.isSourceFile(node)) node = node.parent;
  return node;
}
