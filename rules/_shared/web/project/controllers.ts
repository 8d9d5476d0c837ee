import { type SourceFacetContext, ts, unwrap } from '#api';
import type { Controller, Decoration, Value } from './facts.ts';
import type { ValueReader } from './readValues.ts';
import type { WebFact } from './webFact.ts';

/** Longer lists are data. */
const MAX_NAMES = 20;

const ROOT: Value = { is: 'text', text: '' };

const VERB = /^@nestjs\/common#(Get|Post|Put|Patch|Delete|All|Options|Head)$/;

/** Controllers of Nest with their routes; classes with other decorators are none. */
export function readControllers(
  facts: readonly WebFact[],
  ctx: SourceFacetContext,
  reader: ValueReader,
): readonly Controller[] {
  return facts.flatMap((fact) => (fact.kind === 'controller' ? controllerOf(fact.node, ctx, reader) : []));
}

function controllerOf(node: ts.ClassDeclaration, ctx: SourceFacetContext, reader: ValueReader): readonly Controller[] {
  const decorators = ts.getDecorators(node) ?? [];
  const own = decorators.find((decorator) => decorationOf(decorator, ctx).reference === '@nestjs/common#Controller');
  if (own === undefined || node.name === undefined) return [];
  const at = ctx.at(node.name);
  const routes = node.members.flatMap((member) => {
    if (!ts.isMethodDeclaration(member)) return [];
    const found = ts.getDecorators(member) ?? [];
    return found.flatMap((decorator) => {
      const method = VERB.exec(decorationOf(decorator, ctx).reference)?.[1]?.toLowerCase();
      if (method === undefined) return [];
      const others = found.filter((other) => other !== decorator).map((other) => decorationOf(other, ctx));
      return [{ method, path: pathOf(decorator, reader).path, at: ctx.at(member.name), decorators: others }];
    });
  });
  const others = decorators.filter((decorator) => decorator !== own).map((other) => decorationOf(other, ctx));
  const isDerived = node.heritageClauses?.some(({ token }) => token === ts.SyntaxKind.ExtendsKeyword) === true;
  return [
    {
      name: node.name.text,
      ...pathOf(own, reader),
      at,
      ...(isDerived && { extends: true as const }),
      decorators: others,
      routes,
    },
  ];
}

function decorationOf({ expression }: ts.Decorator, { header }: SourceFacetContext): Decoration {
  const callee = ts.isCallExpression(expression) ? expression.expression : expression;
  const given = ts.isCallExpression(expression) ? expression.arguments : [];
  return { reference: header.resolve(callee) ?? callee.getText(), given: given.flatMap(namesIn) };
}

/** Names by which code speaks of guards: `JwtGuard`, `new JwtGuard()`, `AuthGuard('jwt')`, `Access.Public`. */
function namesIn(given: ts.Node): readonly string[] {
  const node = unwrap(given);
  if (ts.isIdentifier(node) || ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isPropertyAccessExpression(node)) return [...namesIn(node.expression), node.name.text];
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) return namesIn(node.expression);
  return ts.isArrayLiteralExpression(node) ? node.elements.slice(0, MAX_NAMES).flatMap(namesIn) : [];
}

/**
 * Names of what modules run for every request: `{ provide: APP_GUARD, useClass: JwtGuard }` and
 * `consumer.apply(AuthMiddleware)`.
 */
export function readGuards(facts: readonly WebFact[]): readonly string[] {
  const names = facts.flatMap((fact) => {
    if (fact.kind === 'guards') return fact.node.arguments.flatMap(namesIn);
    if (fact.kind !== 'provider') return [];
    return fact.node.properties.flatMap((property) => {
      if (
        !ts.isPropertyAssignment(property) ||
        !/^use(?:Class|Existing|Value|Factory)$/.test(property.name.getText())
      ) {
        return [];
      }
      const value = unwrap(property.initializer);
      return ts.isArrowFunction(value) ? namesIn(value.body) : namesIn(value);
    });
  });
  return [...new Set(names)].sort();
}

/** Names of the middleware that modules run: `consumer.apply(AuthMiddleware)`. */
export function readApplied(facts: readonly WebFact[]): readonly string[] {
  const names = facts.flatMap((fact) => (fact.kind === 'guards' ? fact.node.arguments.flatMap(namesIn) : []));
  return [...new Set(names)].sort();
}

/** `@Controller('users')`, `@Controller({ path: 'users', version: '1' })`. */
function pathOf({ expression }: ts.Decorator, reader: ValueReader): Pick<Controller, 'path' | 'version'> {
  const [first] = ts.isCallExpression(expression) ? expression.arguments : [];
  if (first === undefined) return { path: ROOT };
  const value = reader.value(first);
  if (value.is !== 'object') return { path: value };
  const { path = ROOT, version } = value.members;
  return { path, ...(version !== undefined && { version }) };
}
