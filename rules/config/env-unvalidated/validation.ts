import { type FileHeader, ts, unwrap } from '#api';
import { byHeader } from '../../_shared/byHeader.ts';
import { isWholeEnvironment, mentionsEnvironment } from '../../_shared/env/environment.ts';
import { hasModifier } from '../../_shared/modifiers.ts';

/** Libraries whose functions check an object against a schema. */
export const VALIDATORS: ReadonlySet<string> = new Set([
  'zod',
  'zod/v3',
  'zod/v4',
  'zod/mini',
  'envalid',
  'env-var',
  '@t3-oss/env-core',
  '@t3-oss/env-nextjs',
  '@t3-oss/env-nuxt',
  '@fastify/env',
  'fastify-env',
  'joi',
  '@hapi/joi',
  'yup',
  'valibot',
  'arktype',
  'superstruct',
  'convict',
  'runtypes',
  'io-ts',
  'ajv',
  'class-validator',
  'class-transformer',
  'env-schema',
  'znv',
  'ts-dotenv',
  '@sinclair/typebox',
  '@sinclair/typebox/value',
  'effect',
]);

/** Methods by which those libraries are asked for the checked value. */
const CHECKING_METHOD = /^(?:parse|safeParse|parseAsync|validate\w*|attempt|cast|decode\w*|check|create|assert|load)$/;

/** How a call validates the environment: what it is given, or the object it is called from. */
export type Validation = 'environment' | 'self';

/** `schema.parse(process.env)`, `cleanEnv(process.env, …)`, `createEnv({ runtimeEnv: process.env })`, env-var's `get`. */
export function validationBy(call: ts.CallExpression, header: FileHeader): Validation | undefined {
  const callee = unwrap(call.expression);
  // Nearly every call of a program is none of these.
  if (!isCheckingMethod(callee) && !ts.isCallExpression(callee) && !usesValidator(header)) return undefined;
  const reference = header.resolve(callee);
  if (reference === 'env-var#get' || reference === 'convict') return 'environment';
  if (reference === '@nestjs/config#ConfigModule.forRoot') {
    const [options] = call.arguments;
    const validates =
      options !== undefined && ts.isObjectLiteralExpression(options) && options.properties.some(isNestValidation);
    return validates ? 'environment' : undefined;
  }
  // A class of decorated variables that checks itself.
  if (reference?.startsWith('class-validator#validate') === true) return 'self';
  if (fromValidator(chainRoot(callee), header)) {
    return call.arguments.some((argument) => mentionsEnvironment(argument, header)) ? 'environment' : undefined;
  }
  // `check(process.env, Variables)`: a helper of the project, beside the class of decorated variables that it is given.
  const isHelper = ts.isIdentifier(callee) && call.arguments.length > 1 && header.modules.has('class-validator');
  if (isHelper && call.arguments.some((argument) => isWholeEnvironment(argument, header))) return 'environment';
  // A schema from elsewhere: only the environment as a whole says that this is about its shape. `JSON.parse(env.X)` and
  // `Analytics.load({ key: env.X })` are not.
  if (!isCheckingMethod(callee) || reference?.startsWith('global#') === true) return undefined;
  return call.arguments.some((argument) => isWholeEnvironment(argument, header)) ? 'environment' : undefined;
}

function isCheckingMethod(callee: ts.Node): boolean {
  return ts.isPropertyAccessExpression(callee) && CHECKING_METHOD.test(callee.name.text);
}

/** Whether the file imports something that validates. */
const usesValidator = byHeader(({ modules }) => {
  for (const module of modules) if (VALIDATORS.has(module) || module === '@nestjs/config') return true;
  return false;
});

/** `new Environment(process.env)` of a validating library. */
export function isValidatingNew(node: ts.NewExpression, header: FileHeader): boolean {
  return (
    node.arguments?.some((argument) => mentionsEnvironment(argument, header)) === true &&
    fromValidator(node.expression, header)
  );
}

/** The plugin that reads and checks the environment for a Fastify server. */
export function registersValidation(header: FileHeader): boolean {
  return header.modules.has('@fastify/env') || header.modules.has('fastify-env');
}

/** `z` of `z.string().min(1).parse`. */
function chainRoot(callee: ts.Node): ts.Node {
  let node = unwrap(callee);
  while (ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)) node = unwrap(node.expression);
  return node;
}

function isNestValidation(property: ts.ObjectLiteralElementLike): boolean {
  return property.name !== undefined && ts.isIdentifier(property.name) && /^validat/.test(property.name.text);
}

function fromValidator(callee: ts.Node, header: FileHeader): boolean {
  const module = header.resolve(callee)?.split('#')[0];
  return module !== undefined && VALIDATORS.has(module);
}

/** `export const env = schema.parse(process.env)` → `env`. */
export function exportedName(call: ts.Node): string | undefined {
  for (let node = call.parent; node !== undefined; node = node.parent) {
    if (ts.isVariableDeclaration(node)) {
      const statement = node.parent.parent;
      const isExported = ts.isVariableStatement(statement) && hasModifier(statement, ts.SyntaxKind.ExportKeyword);
      return isExported && ts.isIdentifier(node.name) ? node.name.text : undefined;
    }
    if (ts.isFunctionLike(node) || ts.isStatement(node)) return undefined;
  }
  return undefined;
}

/** `cleanEnv(process.env, …);` as a statement: stops the program or does nothing. `safeParse` and Joi's `validate` only answer. */
export function isMereCheck(call: ts.CallExpression | ts.NewExpression): boolean {
  const statement = ts.isAwaitExpression(call.parent) ? call.parent.parent : call.parent;
  const callee = unwrap(call.expression);
  const answers = ts.isPropertyAccessExpression(callee) && /^(?:safeParse|validate$|check$|is$)/.test(callee.name.text);
  return ts.isExpressionStatement(statement) && !answers;
}
