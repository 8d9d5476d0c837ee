import { type Listeners, ts, unwrap } from '#api';
import { requiredModule } from '../../loadedModule.ts';
import { hasModifier } from '../../modifiers.ts';
import { isRouterName } from '../routers.ts';
import { type CollectContext, type Collected, factsOfFunction } from './collectFunctions.ts';
import { mayServe } from './makers.ts';
import {
  answersEnvironment,
  hintOfCall,
  isPathPlace,
  isRequest,
  isRequestPart,
  keepsToItsSite,
  saidBy,
} from './nodeHints.ts';
import { isCarried, isMade, isOperation } from './operationCalls.ts';
import { isExportsTarget, thisMember } from './targets.ts';
import { AUTH_MEMBERS, isConcernPackage, TOO_MANY_NAME } from './vocabulary.ts';
import type { WebFact } from './webFact.ts';

/** A condition on where the program runs. */
const ASKS_STAGE = /prod(?!uct)|production|\bis_?dev|develop|NODE_ENV/i;

/** Reads the visited node and the header. */
export const collectors: Listeners<CollectContext, Collected> = {
  CallExpression(node, { header }) {
    if (!mayServe(header)) return undefined;
    let facts: WebFact[] | undefined;
    const add = (fact: WebFact): void => {
      facts ??= [];
      facts.push(fact);
    };
    if (isMade(node, header)) add({ kind: 'made', node });
    if (isOperation(node, header)) add({ kind: 'operation', node });
    const hint = hintOfCall(node) ?? (answersEnvironment(node, header) ? 'environment' : undefined);
    if (hint !== undefined) add({ kind: 'hint', node, hint });
    const required = requiredModule(node);
    if (required !== undefined && isConcernPackage(required)) add({ kind: 'package' });
    if (isApplied(node)) add({ kind: 'guards', node });
    return facts;
  },
  NewExpression(node, { header }) {
    if (!mayServe(header)) return undefined;
    if (isMade(node, header)) return { kind: 'made', node };
    const { expression } = node;
    const name = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
    if (ts.isIdentifier(name) && TOO_MANY_NAME.test(name.text)) return { kind: 'hint', node, hint: 'limit' };
    return node.arguments?.some(isCarried) === true ? { kind: 'operation', node } : undefined;
  },
  ArrowFunction: factsOfFunction,
  FunctionExpression: factsOfFunction,
  FunctionDeclaration: factsOfFunction,
  MethodDeclaration: factsOfFunction,
  BinaryExpression: {
    named: / =$/,
    listen: (node, { header }) => {
      if (node.operatorToken.kind !== ts.SyntaxKind.EqualsToken || !mayServe(header)) return undefined;
      if (isExportsTarget(node.left)) return { kind: 'exported', node };
      const { left } = node;
      const name = ts.isIdentifier(left) ? left.text : thisMember(left);
      if (name === undefined) return undefined;
      const right = unwrap(node.right);
      const isMaker = (ts.isCallExpression(right) || ts.isNewExpression(right)) && isMade(right, header);
      return isMaker || isRouterName(name) ? { kind: 'assigned', node } : undefined;
    },
  },
  ExportAssignment: (node, { header }): WebFact | undefined =>
    mayServe(header) ? { kind: 'exported', node } : undefined,
  ExportDeclaration: (node, { header }): WebFact | undefined =>
    mayServe(header) ? { kind: 'exported', node } : undefined,
  VariableStatement(node, { header }) {
    const isExported = hasModifier(node, ts.SyntaxKind.ExportKeyword);
    return isExported && mayServe(header) ? { kind: 'exported', node } : undefined;
  },
  ImportDeclaration(node, { header }) {
    const { moduleSpecifier } = node;
    const isConcern = ts.isStringLiteral(moduleSpecifier) && isConcernPackage(moduleSpecifier.text);
    return isConcern && mayServe(header) ? { kind: 'package' } : undefined;
  },
  NumericLiteral(node, { header }) {
    const hint = node.text === '429' ? 'limit' : node.text === '401' || node.text === '403' ? 'refusal' : undefined;
    return hint !== undefined && mayServe(header) ? { kind: 'hint', node, hint } : undefined;
  },
  IfStatement: (node, { header }): WebFact | undefined =>
    mayServe(header) && ASKS_STAGE.test(node.expression.getText())
      ? { kind: 'hint', node, hint: 'refusal' }
      : undefined,
  PropertyAccessExpression: {
    named: (name) => name === 'origin' || name === 'body' || TOO_MANY_NAME.test(name) || AUTH_MEMBERS.has(name),
    listen: (node, { header }) => {
      if (node.name.text === 'origin' && isRequestPart(node.expression)) {
        return mayServe(header) ? { kind: 'hint', node, hint: 'csrf' } : undefined;
      }
      if (TOO_MANY_NAME.test(node.name.text))
        return mayServe(header) ? { kind: 'hint', node, hint: 'limit' } : undefined;
      if (node.name.text === 'body') {
        return isRequest(node.expression) && mayServe(header) ? { kind: 'hint', node, hint: 'body' } : undefined;
      }
      if (!AUTH_MEMBERS.has(node.name.text) || !isRequestPart(node.expression)) return undefined;
      return mayServe(header) ? { kind: 'hint', node, hint: 'auth' } : undefined;
    },
  },
  BindingElement(node, { header }) {
    const name = node.propertyName ?? node.name;
    if (!ts.isIdentifier(name) || !AUTH_MEMBERS.has(name.text)) return undefined;
    return mayServe(header) ? { kind: 'hint', node, hint: 'auth' } : undefined;
  },
  StringLiteral(node, { header }) {
    const { text } = node;
    if (text.length > 60 || text.length < 3) return undefined;
    const says = saidBy(text);
    if (says === undefined || !mayServe(header)) return undefined;
    if (says !== 'health') return { kind: 'hint', node, hint: says };
    return text.startsWith('/') || isPathPlace(node) ? { kind: 'health', path: text } : undefined;
  },
  ObjectLiteralExpression(node, { header }) {
    if (isGlobalGuard(node)) return mayServe(header) ? { kind: 'provider', node } : undefined;
    return keepsToItsSite(node) && mayServe(header) ? { kind: 'hint', node, hint: 'csrf' } : undefined;
  },
  ClassDeclaration(node, { header }) {
    if (!mayServe(header)) return undefined;
    const [parent] = node.heritageClauses ?? [];
    if (parent !== undefined && /Adapter\b/.test(parent.getText())) return { kind: 'socket', node };
    return ts.getDecorators(node) === undefined ? undefined : { kind: 'controller', node };
  },
};

/** `{ provide: APP_GUARD, useClass: JwtGuard }` in a module of Nest. */
function isGlobalGuard({ properties }: ts.ObjectLiteralExpression): boolean {
  if (properties.length < 2 || properties.length > 4) return false;
  return properties.some(
    (property) =>
      ts.isPropertyAssignment(property) &&
      ts.isIdentifier(property.initializer) &&
      property.initializer.text === 'APP_GUARD',
  );
}

/** `consumer.apply(AuthMiddleware)` in a module of Nest. */
function isApplied({ expression }: ts.CallExpression): boolean {
  if (!ts.isPropertyAccessExpression(expression) || expression.name.text !== 'apply') return false;
  const of = unwrap(expression.expression);
  return ts.isIdentifier(of) && /consumer/i.test(of.text);
}
