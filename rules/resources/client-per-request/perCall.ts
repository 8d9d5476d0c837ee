import { type FunctionNode, ts } from '#api';
import { memberAccess } from '../../_shared/calls.ts';
import { dataCall } from '../../_shared/data/dataCalls.ts';
import { enclosingFunction, isFunctionWithBody } from '../../_shared/enclosing.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { handlerOf } from '../../_shared/web/handlerRoles.ts';
import { type Making, outermost } from './makers.ts';

/** How often a client is made: with each request, or with each call of a function that others call. */
export type Often = 'request' | 'call';

/** Functions that run once, or that look whether a connection is possible. */
const ONCE =
  /^(?:main|bootstrap|start|run|init|setup|configure|connect|open|create|make|build|seed|migrate|boot|launch|load|register|ensure|get|provide|use|health|ready|liveness|readiness|ping|check|test|probe|up|down|with)(?![a-z])/i;

/** Uses that take a connection for themselves, so that everybody needs their own. */
const DEDICATED = /^(?:p|s)?subscribe$|^(?:blpop|brpop|blPop|brPop|xread|xRead|monitor)$/;

/** How often a client is made that nothing keeps; `undefined` where it is kept, handed on, or cannot be told. */
export function howOften(making: Making, source: SourceView): Often | undefined {
  const fn = enclosingFunction(making);
  if (fn === undefined || dependsOn(making, source)) return undefined;
  const name = localName(making);
  const isUsedInPlace = ts.isPropertyAccessExpression(outermost(making).parent);
  // `MongoClient.connect(url, callback)`
  const isConnect = ts.isExpressionStatement(outermost(making).parent);
  if (name === undefined && !isUsedInPlace && !isConnect) return undefined;
  const uses = name === undefined ? [] : usesOf(name, fn, source);
  if (uses.some((use) => isDedicated(use) || isHandedOn(use))) return undefined;
  if (uses.some((use) => isKeptByHandler(use, fn, source))) return undefined;
  const handler = handlerAround(making, source);
  if (handler !== undefined) return isGuarded(handler) || ONCE.test(nameOf(handler)) ? undefined : 'request';
  if (name === undefined || uses.some(isClosed) || !isCalledByOthers(fn, source)) return undefined;
  return uses.some((use) => touchesData(use, source)) ? 'call' : undefined;
}

/** Another database for each caller: the arguments take something from inside the function. */
function dependsOn(making: Making, source: SourceView): boolean {
  let found = false;
  const visit = (node: ts.Node): void => {
    // A callback for the connection may use what it likes.
    if (found || isFunctionWithBody(node)) return;
    if (ts.isIdentifier(node)) {
      const declaration = source.lookup(node);
      found = declaration !== undefined && enclosingFunction(declaration) !== undefined;
      return;
    }
    if (node.kind === ts.SyntaxKind.ThisKeyword) found = true;
    // The bindings of a worker exist during a request alone.
    if (ts.isPropertyAccessExpression(node) && node.name.text === 'env' && node.expression.getText() !== 'process') {
      found = true;
    }
    ts.forEachChild(node, visit);
  };
  making.arguments?.forEach(visit);
  return found;
}

/** The constant that holds the client. */
function localName(making: Making): ts.Identifier | undefined {
  const { parent } = outermost(making);
  return ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? parent.name : undefined;
}

/** Where a function names a variable of its own, but for its declaration. */
export function usesOf(name: ts.Identifier, fn: FunctionNode, source: SourceView): readonly ts.Identifier[] {
  const declaration = name.parent;
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === name.text && node !== name && source.lookup(node) === declaration) {
      found.push(node);
    }
    ts.forEachChild(node, visit);
  };
  if (fn.body !== undefined) visit(fn.body);
  return found;
}

function isDedicated(use: ts.Identifier): boolean {
  const member = memberAccess(use.parent);
  return member?.receiver === use && DEDICATED.test(member.name);
}

/** Kept by somebody else: returned, stored, passed on. */
function isHandedOn(use: ts.Identifier): boolean {
  return memberAccess(use.parent)?.receiver !== use;
}

/** Whether a use of a client is the call that closes it. */
export function isClosed(use: ts.Identifier): boolean {
  const name = memberAccess(use.parent)?.name ?? '';
  return /^(?:\$disconnect|end|close|quit|disconnect|destroy)$/.test(name);
}

function touchesData(use: ts.Identifier, source: SourceView): boolean {
  let at: ts.Node = use;
  for (let depth = 0; depth < 6; depth++) {
    at = at.parent;
    if (ts.isCallExpression(at)) {
      const access = dataCall(at, source)?.access;
      if (access === 'read' || access === 'write' || access === 'raw') return true;
    } else if (memberAccess(at) === undefined) return false;
  }
  return false;
}

/** Used by a handler that the function registers: it runs once, and its handlers share the client. */
function isKeptByHandler(use: ts.Identifier, fn: FunctionNode, source: SourceView): boolean {
  for (let inner = enclosingFunction(use); inner !== undefined && inner !== fn; inner = enclosingFunction(inner)) {
    if (handlerOf(inner, source) !== undefined) return true;
  }
  return false;
}

/** The request handler that a node runs in, also in functions inside it. */
function handlerAround(node: ts.Node, source: SourceView): FunctionNode | undefined {
  for (let fn = enclosingFunction(node); fn !== undefined; fn = enclosingFunction(fn)) {
    const { request, response, context } = handlerOf(fn, source)?.parameters ?? {};
    if (request !== undefined || response !== undefined || context !== undefined) return fn;
  }
  return undefined;
}

/** Looks first whether there is a connection already. */
function isGuarded(fn: FunctionNode): boolean {
  return /\breadyState\b|\bisConnected\b|\bisInitialized\b|\bisOpen\b|\bisReady\b/.test(fn.getText());
}

/** Exported, or a method, named for what it answers, and not called at the top level of its own file. */
function isCalledByOthers(fn: FunctionNode, source: SourceView): boolean {
  const name = nameOf(fn);
  if (name === '' || ONCE.test(name)) return false;
  if (ts.isMethodDeclaration(fn)) return true;
  const owner = ts.isFunctionDeclaration(fn) ? fn : fn.parent;
  const isExported = (ts.getCombinedModifierFlags(owner as ts.Declaration) & ts.ModifierFlags.Export) !== 0;
  if (!isExported) return false;
  const file = fn.getSourceFile();
  source.relyOn(file);
  return !file.statements.some((statement) => calls(statement, name));
}

function calls(statement: ts.Statement, name: string): boolean {
  let found = false;
  const visit = (node: ts.Node): void => {
    if (found || isFunctionWithBody(node)) return;
    found = ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === name;
    if (!found) ts.forEachChild(node, visit);
  };
  visit(statement);
  return found;
}

function nameOf(fn: FunctionNode): string {
  const owner = ts.isVariableDeclaration(fn.parent) || ts.isPropertyDeclaration(fn.parent) ? fn.parent : fn;
  return owner.name !== undefined && ts.isIdentifier(owner.name) ? owner.name.text : '';
}
