import { type Anchor, type FileHeader, facet, ts } from '#api';

/** A method of a controller of Nest that is given a body which no pipe of its own looks at. */
interface OpenBody {
  /** The parameter. */
  readonly at: Anchor;
  /** `UsersController.create`. */
  readonly name: string;
}

type Fact = 'validates' | { readonly parameter: ts.ParameterDeclaration; readonly name: string };

/** What brings pipes, as names of `@nestjs/common` and `@nestjs/core`. */
const PIPES = /^(?:ValidationPipe|UsePipes|APP_PIPE|PipeTransform|StandardSchemaValidationPipe)$/;
/** Packages that check values by a schema. */
const SCHEMAS =
  /^(?:zod|joi|@hapi\/joi|yup|ajv|valibot|superstruct|typia|arktype|runtypes|io-ts|nestjs-zod|nestjs-joi|@nestia\/core|@sinclair\/typebox|@anatine\/.*|class-transformer-validator|express-validator|celebrate|validator|fastest-validator)$/;

/** What files of Nest tell of bodies and of what validates them. */
export const nestBodiesFacet = facet<Fact, { readonly bodies: readonly OpenBody[]; readonly validates: boolean }>({
  name: 'security/nestBodies',
  collect: {
    ImportDeclaration: (node, { header }) =>
      isOfNest(header) && bringsValidation(node, header) ? 'validates' : undefined,
    ClassDeclaration: (node, { header }) => (isOfNest(header) ? bodiesOf(node, header) : undefined),
  },
  fold(scope, ctx) {
    const facts = [...scope.all()];
    if (facts.length === 0) return undefined;
    const bodies = facts
      .flatMap((fact) => (fact === 'validates' ? [] : [fact]))
      .sort((a, b) => a.parameter.pos - b.parameter.pos)
      .map(({ parameter, name }) => ({ at: ctx.at(parameter.name), name }));
    return { bodies, validates: facts.includes('validates') };
  },
});

function isOfNest(header: FileHeader): boolean {
  return header.dependency('@nestjs/common') !== undefined && !header.isTest;
}

function bringsValidation({ moduleSpecifier, importClause }: ts.ImportDeclaration, { localPath }: FileHeader): boolean {
  if (!ts.isStringLiteral(moduleSpecifier)) return false;
  const module = moduleSpecifier.text;
  // Schemas of settings say nothing of bodies.
  if (SCHEMAS.test(module)) return !/config|env|settings/i.test(localPath);
  const bindings = importClause?.namedBindings;
  const names =
    bindings !== undefined && ts.isNamedImports(bindings)
      ? bindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text)
      : [];
  if (module === 'class-validator') return names.some((name) => /^validate(?:Sync|OrReject)?$/.test(name));
  return /^@nestjs\/(?:common|core)$/.test(module) && names.some((name) => PIPES.test(name));
}

function bodiesOf(node: ts.ClassDeclaration, header: FileHeader): readonly Fact[] {
  const isController = ts.getDecorators(node)?.some((one) => nameOf(one, header) === 'Controller') === true;
  if (!isController) return [];
  return node.members.flatMap((member) => {
    if (!ts.isMethodDeclaration(member)) return [];
    if (ts.getDecorators(member)?.some((one) => /^(?:Post|Put|Patch)$/.test(nameOf(one, header) ?? '')) !== true)
      return [];
    const parameter = member.parameters.find((one) => ts.getDecorators(one)?.some((own) => isWholeBody(own, header)));
    if (parameter === undefined) return [];
    return [{ parameter, name: `${node.name?.text ?? 'The controller'}.${member.name.getText()}` }];
  });
}

/** `@Body()` without a pipe. */
function isWholeBody(decorator: ts.Decorator, header: FileHeader): boolean {
  const { expression } = decorator;
  return ts.isCallExpression(expression) && expression.arguments.length === 0 && nameOf(decorator, header) === 'Body';
}

/** Name of a decorator of `@nestjs/common`. */
function nameOf({ expression }: ts.Decorator, header: FileHeader): string | undefined {
  const reference = header.resolve(ts.isCallExpression(expression) ? expression.expression : expression);
  return reference?.startsWith('@nestjs/common#') === true ? reference.slice('@nestjs/common#'.length) : undefined;
}
