import { facet, ts, unwrap } from '#api';
import { directRead } from '../../_shared/env/directRead.ts';
import { HEALTH_PATH } from '../../_shared/web/project/vocabulary.ts';

/** Where a program listens; empty where it cannot be told. */
export interface ListeningPort {
  /** The variable of the environment that says it first. */
  readonly variable?: string;
  readonly value?: number;
}

/** What a file shows of how requests are answered for which there is no route. */
export interface AnswerFacts {
  /** Every call that listens. */
  readonly ports: readonly ListeningPort[];
  /** Answers 404. */
  readonly saysMissing?: true;
  /** Sends pages or files. */
  readonly sendsPages?: true;
  /** What may lead the path of a health check anywhere: a pattern, a template, a rewritten URL, routes made in a loop. */
  readonly hasPattern?: true;
}

type Fact =
  | { readonly kind: 'listen'; readonly node: ts.CallExpression }
  | { readonly kind: 'missing' | 'pages' | 'pattern' };

const PAGES = /^(?:sendFile|sendfile|render|createReadStream|sendStatic)$/;
/** What an application is called where its routes are registered under names from a list: `app[method](path, handler)`. */
const APPLICATION = /(?:^|\.)_?(?:app|router|server|fastify|instance|express|api)\w*$/i;
const SAYS_MISSING = /\b404\b|not_?found/i;
/** Functions that are given to applications and change what is asked: Fastify, Hono. */
const REWRITES = /^(?:rewriteUrl|getPath)$/;

/** Ports, answers to unknown paths, pages. */
export const answerFacet = facet<Fact, AnswerFacts>({
  name: 'health/answers',
  skipsTests: true,
  collect: {
    CallExpression: {
      named: (name) => /^(?:listen|serve|register|setNotFoundHandler)$/.test(name) || PAGES.test(name),
      listen: (node): Fact | undefined => {
        const { expression } = node;
        if (ts.isElementAccessExpression(expression))
          return registersByName(expression, node) ? { kind: 'pattern' } : undefined;
        const isMember = ts.isPropertyAccessExpression(expression);
        const name = isMember ? expression.name.text : ts.isIdentifier(expression) ? expression.text : '';
        if (PAGES.test(name)) return isMember ? { kind: 'pages' } : undefined;
        // Puts modules of Nest under other paths.
        if (name === 'register') return /^RouterModule\./.test(expression.getText()) ? { kind: 'pattern' } : undefined;
        // Of Fastify: answers all that is left.
        if (name === 'setNotFoundHandler')
          return SAYS_MISSING.test(handlerText(node)) ? undefined : { kind: 'pattern' };
        // What is given nothing calls a method or function of the project, which does it.
        if (node.arguments.length === 0) return undefined;
        return name === 'serve' || (name === 'listen' && isMember) ? { kind: 'listen', node } : undefined;
      },
    },
    BinaryExpression: {
      named: /^url =$/,
      listen: ({ left, operatorToken: { kind } }) =>
        kind === ts.SyntaxKind.EqualsToken && ts.isPropertyAccessExpression(left) && left.name.text === 'url'
          ? { kind: 'pattern' }
          : undefined,
    },
    PropertyAssignment: { named: REWRITES, listen: ({ name }) => rewriting(name) },
    MethodDeclaration: { named: REWRITES, listen: ({ name }) => rewriting(name) },
    NumericLiteral: (node) => (node.text === '404' ? { kind: 'missing' } : undefined),
    PropertyAccessExpression: {
      named: /^NOT_FOUND$/,
      listen: ({ name }): Fact | undefined => (name.text === 'NOT_FOUND' ? { kind: 'missing' } : undefined),
    },
    RegularExpressionLiteral: (node) => pattern(node.text),
    NoSubstitutionTemplateLiteral: (node) => pattern(node.text),
    TemplateExpression: ({ templateSpans }) => pattern(templateSpans.at(-1)?.literal.text ?? ''),
  },
  fold(scope, { header }) {
    const facts = [...scope.all()];
    const has = (kind: Fact['kind']): boolean => facts.some((fact) => fact.kind === kind);
    const calls = facts.flatMap((fact) => (fact.kind === 'listen' ? [fact.node] : []));
    const ports = calls.map((node) => portOf(node, (expression) => directRead(expression, header)));
    if (ports.length === 0 && facts.every(({ kind }) => kind === 'listen')) return undefined;
    return {
      ports,
      ...(has('missing') && { saysMissing: true as const }),
      ...(has('pages') && { sendsPages: true as const }),
      ...(has('pattern') && { hasPattern: true as const }),
    };
  },
});

function rewriting(name: ts.PropertyName): Fact | undefined {
  return ts.isIdentifier(name) && REWRITES.test(name.text) ? { kind: 'pattern' } : undefined;
}

function registersByName(
  { expression, argumentExpression }: ts.ElementAccessExpression,
  call: ts.CallExpression,
): boolean {
  const isConstant = ts.isStringLiteralLike(argumentExpression) || ts.isNumericLiteral(argumentExpression);
  return !isConstant && call.arguments.length > 1 && APPLICATION.test(expression.getText());
}

function handlerText({ arguments: given }: ts.CallExpression): string {
  return given.at(-1)?.getText() ?? '';
}

function pattern(text: string): Fact | undefined {
  if (text.length < 4 || text.length > 80 || !text.includes('/')) return undefined;
  return HEALTH_PATH.test(text.replace(/[\\^$]/g, '')) ? { kind: 'pattern' } : undefined;
}

type ReadVariable = (node: ts.Node) => string | undefined;

function portOf({ arguments: [first] }: ts.CallExpression, read: ReadVariable): ListeningPort {
  const given = first && unwrap(first);
  if (given === undefined) return {};
  if (!ts.isObjectLiteralExpression(given)) return portIn(given, read);
  for (const property of given.properties) {
    if (ts.isShorthandPropertyAssignment(property) && property.name.text === 'port') return portIn(property.name, read);
    const isPort = ts.isPropertyAssignment(property) && property.name.getText() === 'port';
    if (isPort) return portIn(property.initializer, read);
  }
  return {};
}

/** Constants of constants end here. */
const MAX_STEPS = 5;

function portIn(expression: ts.Node, read: ReadVariable, steps = 0): ListeningPort {
  const node = unwrap(expression);
  if (steps > MAX_STEPS) return {};
  if (ts.isNumericLiteral(node) || ts.isStringLiteral(node)) {
    const value = Number(node.text);
    return Number.isInteger(value) && value > 0 && value < 65536 ? { value } : {};
  }
  if (ts.isBinaryExpression(node) && /^(?:\|\||\?\?)$/.test(node.operatorToken.getText())) {
    const first = portIn(node.left, read, steps + 1);
    const second = portIn(node.right, read, steps + 1);
    if (first.variable === undefined || first.value !== undefined || second.variable !== undefined) return {};
    return { ...first, ...second };
  }
  if (ts.isPrefixUnaryExpression(node)) return portIn(node.operand, read, steps + 1);
  if (ts.isCallExpression(node) && /^(?:Number\.)?parseInt$|^Number$/.test(node.expression.getText())) {
    const [of] = node.arguments;
    return of === undefined ? {} : portIn(of, read, steps + 1);
  }
  const variable = read(node);
  if (variable !== undefined) return { variable };
  const initializer = ts.isIdentifier(node) ? initialValue(node) : undefined;
  return initializer === undefined ? {} : portIn(initializer, read, steps + 1);
}

/** What a constant of the same file holds. */
function initialValue(name: ts.Identifier): ts.Expression | undefined {
  for (let around: ts.Node = name.parent; around !== undefined; around = around.parent) {
    if (!ts.isBlock(around) && !ts.isSourceFile(around)) continue;
    for (const statement of around.statements) {
      if (!ts.isVariableStatement(statement)) continue;
      const { flags, declarations } = statement.declarationList;
      const own = declarations.find((one) => ts.isIdentifier(one.name) && one.name.text === name.text);
      if (own !== undefined) return (flags & ts.NodeFlags.Const) === 0 ? undefined : own.initializer;
    }
  }
  return undefined;
}
