import { facet, ts } from '#api';
import { directRead } from '../../_shared/env/directRead.ts';
import { requiredModule } from '../../_shared/loadedModule.ts';
import { HEALTH_PATH } from '../../_shared/web/project/vocabulary.ts';
import { type ListeningPort, otherPortIn, portOf } from './listeningPorts.ts';
import { importedModules } from './nestModules.ts';

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
  /** Numbers that may be ports on which something else listens. */
  readonly otherPorts?: readonly number[];
  /** Starts other programs, or threads. */
  readonly spawns?: true;
  /** Modules of Nest that its modules import, as of {@link importedModules}. */
  readonly modules?: readonly string[];
}

type Fact =
  | { readonly kind: 'listen'; readonly node: ts.CallExpression }
  | { readonly kind: 'number'; readonly node: ts.NumericLiteral }
  | { readonly kind: 'modules'; readonly node: ts.PropertyAssignment }
  | { readonly kind: 'missing' | 'pages' | 'pattern' | 'spawns' };

const PAGES = /^(?:sendFile|sendfile|render|createReadStream|sendStatic)$/;
/** What an application is called where its routes are registered under names from a list: `app[method](path, handler)`. */
const APPLICATION = /(?:^|\.)_?(?:app|router|server|fastify|instance|express|api)\w*$/i;
const SAYS_MISSING = /\b404\b|not_?found/i;
/** Functions that are given to applications and change what is asked, or stand before them: Fastify, Hono. */
const REWRITES = /^(?:rewriteUrl|getPath|serverFactory)$/;
const SPAWNS = /^(?:node:)?(?:child_process|worker_threads)$|^(?:execa|python-shell|piscina|zx|cross-spawn)$/;
/** What a filter of Nest does that answers unknown paths otherwise than by an error. */
const ANSWERS_UNKNOWN = /\.(?:sendFile|render|redirect|sendStatus\(\s*2|(?:status|code)\(\s*2)/;

/** Ports, answers to unknown paths, pages. */
export const answerFacet = facet<Fact, AnswerFacts>({
  name: 'health/answers',
  skipsTests: true,
  collect: {
    CallExpression: {
      named: (name) => /^(?:listen|serve|register|require|setNotFoundHandler|notFound)$/.test(name) || PAGES.test(name),
      listen: (node): Fact | undefined => {
        const { expression } = node;
        if (ts.isElementAccessExpression(expression))
          return registersByName(expression, node) ? { kind: 'pattern' } : undefined;
        const isMember = ts.isPropertyAccessExpression(expression);
        const name = isMember ? expression.name.text : ts.isIdentifier(expression) ? expression.text : '';
        if (PAGES.test(name)) return isMember ? { kind: 'pages' } : undefined;
        // Puts modules of Nest under other paths.
        if (name === 'register') return /^RouterModule\./.test(expression.getText()) ? { kind: 'pattern' } : undefined;
        if (name === 'require') return SPAWNS.test(requiredModule(node) ?? '') ? { kind: 'spawns' } : undefined;
        // Of Fastify and Hono: answers all that is left.
        if (
          name === 'setNotFoundHandler' ||
          (name === 'notFound' && isMember && APPLICATION.test(expression.expression.getText()))
        )
          return SAYS_MISSING.test(handlerText(node)) ? undefined : { kind: 'pattern' };
        // What is given nothing calls a method or function of the project, which does it.
        if (node.arguments.length === 0) return undefined;
        if (name === 'notFound') return undefined;
        return name === 'serve' || (name === 'listen' && isMember) ? { kind: 'listen', node } : undefined;
      },
    },
    BinaryExpression: {
      named: /^(?:url|handle|fetch) =$/,
      listen: ({ left, operatorToken: { kind } }) => {
        if (kind !== ts.SyntaxKind.EqualsToken || !ts.isPropertyAccessExpression(left)) return undefined;
        const { name, expression } = left;
        const isWrapped = /^(?:handle|fetch)$/.test(name.text) && APPLICATION.test(expression.getText());
        return isWrapped || name.text === 'url' ? { kind: 'pattern' } : undefined;
      },
    },
    PropertyAssignment: {
      named: (name) => name === 'imports' || REWRITES.test(name),
      listen: (node) =>
        ts.isIdentifier(node.name) && node.name.text === 'imports' ? { kind: 'modules', node } : rewriting(node.name),
    },
    ClassDeclaration: (node) => {
      const isFilter = ts.getDecorators(node)?.some(({ expression }) => /^Catch\b/.test(expression.getText()));
      return isFilter === true && ANSWERS_UNKNOWN.test(node.getText()) ? { kind: 'pattern' } : undefined;
    },
    ImportDeclaration: ({ moduleSpecifier }) =>
      ts.isStringLiteral(moduleSpecifier) && SPAWNS.test(moduleSpecifier.text) ? { kind: 'spawns' } : undefined,
    MethodDeclaration: { named: REWRITES, listen: ({ name }) => rewriting(name) },
    NumericLiteral: (node): Fact | undefined => {
      if (node.text === '404') return { kind: 'missing' };
      return /^[1-6]?\d{4}$/.test(node.text) ? { kind: 'number', node } : undefined;
    },
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
    const numbers = facts.flatMap((fact) => (fact.kind === 'number' ? (otherPortIn(fact.node) ?? []) : []));
    const otherPorts = [...new Set(numbers)].sort((a, b) => a - b);
    const isNest = header.modules.has('@nestjs/common');
    const modules = facts.flatMap((fact) =>
      fact.kind === 'modules' && isNest ? importedModules(fact.node.initializer, header) : [],
    );
    const isPlain = facts.every(({ kind }) => /^(?:listen|number|modules)$/.test(kind));
    if (ports.length + otherPorts.length + modules.length === 0 && isPlain) return undefined;
    return {
      ports,
      ...(otherPorts.length > 0 && { otherPorts }),
      ...(modules.length > 0 && { modules: [...new Set(modules)].sort() }),
      ...(has('spawns') && { spawns: true as const }),
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
