import { type SourceFacetContext, ts, unwrap } from '#api';
import type { WebFact } from './collect.ts';
import type { Controller } from './facts.ts';

const VERB = /^@nestjs\/common#(Get|Post|Put|Patch|Delete|All|Options|Head)$/;

/** Controllers of Nest with their routes; classes with other decorators are none. */
export function readControllers(facts: readonly WebFact[], ctx: SourceFacetContext): readonly Controller[] {
  return facts.flatMap((fact) => (fact.kind === 'controller' ? controllerOf(fact.node, ctx) : []));
}

function controllerOf(node: ts.ClassDeclaration, ctx: SourceFacetContext): readonly Controller[] {
  const decorators = ts.getDecorators(node) ?? [];
  const own = decorators.find(
    (decorator) => referenceOf(decorator, ctx).replace(/\(.*/, '') === '@nestjs/common#Controller',
  );
  if (own === undefined || node.name === undefined) return [];
  const at = ctx.at(node.name);
  const routes = node.members.flatMap((member) => {
    if (!ts.isMethodDeclaration(member)) return [];
    const found = ts.getDecorators(member) ?? [];
    return found.flatMap((decorator) => {
      const method = VERB.exec(referenceOf(decorator, ctx).replace(/\(.*/, ''))?.[1]?.toLowerCase();
      if (method === undefined) return [];
      const others = found.filter((other) => other !== decorator).map((other) => referenceOf(other, ctx));
      return [{ method, path: pathOf(decorator), at: ctx.at(member.name), decorators: others }];
    });
  });
  const others = decorators.filter((decorator) => decorator !== own).map((other) => referenceOf(other, ctx));
  return [{ name: node.name.text, path: pathOf(own), at, decorators: others, routes }];
}

/** `@nestjs/common#UseGuards(JwtGuard)` is read as both: the decorator's reference, then the names it is given. */
function referenceOf({ expression }: ts.Decorator, { header }: SourceFacetContext): string {
  const callee = ts.isCallExpression(expression) ? expression.expression : expression;
  const given = ts.isCallExpression(expression) ? expression.arguments : [];
  const reference = header.resolve(callee) ?? callee.getText();
  const names = given.flatMap((argument) => {
    const node = unwrap(argument);
    return ts.isIdentifier(node) ? [node.text] : ts.isCallExpression(node) ? [node.expression.getText()] : [];
  });
  return names.length === 0 ? reference : `${reference}(${names.join()})`;
}

/** `@Controller('users')`, `@Controller({ path: 'users' })`; `*` where it cannot be told. */
function pathOf({ expression }: ts.Decorator): string {
  const [first] = ts.isCallExpression(expression) ? expression.arguments : [];
  if (first === undefined) return '';
  if (ts.isStringLiteralLike(first)) return first.text;
  if (!ts.isObjectLiteralExpression(first)) return '*';
  const path = first.properties.find((property) => property.name?.getText() === 'path');
  if (path === undefined) return '';
  return ts.isPropertyAssignment(path) && ts.isStringLiteralLike(path.initializer) ? path.initializer.text : '*';
}
