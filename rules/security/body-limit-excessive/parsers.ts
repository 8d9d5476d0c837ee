import { type FileHeader, ts, unwrap } from '#api';
import { calledNames } from '../../_shared/calledNames.ts';
import { calledName, memberCall, option, propertyKey } from '../../_shared/calls.ts';

/** Options that limit a body, by the function that takes them; those of plugins stand in the first argument. */
const PARSERS: Readonly<Record<string, readonly string[]>> = {
  'express#json': ['limit'],
  'express#urlencoded': ['limit'],
  'express#text': ['limit'],
  'express#raw': ['limit'],
  'body-parser': ['limit'],
  'body-parser#json': ['limit'],
  'body-parser#urlencoded': ['limit'],
  'body-parser#text': ['limit'],
  'body-parser#raw': ['limit'],
  'koa-bodyparser': ['jsonLimit', 'formLimit', 'textLimit', 'xmlLimit'],
  '@koa/bodyparser#bodyParser': ['jsonLimit', 'formLimit', 'textLimit', 'xmlLimit'],
  'koa-body': ['jsonLimit', 'formLimit', 'textLimit'],
  'koa-body#koaBody': ['jsonLimit', 'formLimit', 'textLimit'],
  'hono/body-limit#bodyLimit': ['maxSize'],
};

/** Applications that limit all bodies themselves. */
const APPLICATIONS: ReadonlySet<string> = new Set([
  'fastify',
  'fastify#fastify',
  'fastify#Fastify',
  '@nestjs/platform-fastify#FastifyAdapter',
]);

const NAMES = calledNames([...Object.keys(PARSERS), ...APPLICATIONS]);

/** Whether a call of this name, which is no import's, may set a limit. */
export function mayBeParser(name: string): boolean {
  return name === 'useBodyParser' || NAMES.has(name);
}

/** A limit for all requests: the option that holds it. */
export interface Limit {
  readonly property: ts.ObjectLiteralElementLike;
  readonly value: ts.Node;
}

type Call = ts.CallExpression | ts.NewExpression;

/** Whether a call may set a limit; reads nothing but the call. */
export function mayLimit(call: Call, header: FileHeader): boolean {
  const { arguments: args } = call;
  if (args === undefined || args.length === 0) return false;
  const name = calledName(call);
  if (name === 'useBodyParser') return args.length > 1;
  if (
    name === undefined ||
    !args.some((argument) => ts.isObjectLiteralExpression(argument) || ts.isIdentifier(argument))
  )
    return false;
  const known = header.resolve(call.expression)?.replace(/#default$/, '');
  return known !== undefined && (known in PARSERS || APPLICATIONS.has(known));
}

/** Limits that a call sets for all requests of an application or router. */
export function limitsOf(call: Call, header: FileHeader, settle: (node: ts.Node) => ts.Node): readonly Limit[] {
  const args = call.arguments ?? [];
  const known = header.resolve(call.expression)?.replace(/#default$/, '') ?? '';
  const read = (options: ts.Node | undefined, names: readonly string[]): readonly Limit[] =>
    names.flatMap((name) => {
      const given = option(options && settle(options), name);
      return given.kind === 'given' ? [{ property: given.property, value: given.value }] : [];
    });
  if (calledName(call) === 'useBodyParser') return read(args[1], ['limit', 'bodyLimit']);
  if (APPLICATIONS.has(known)) return read(args[0], ['bodyLimit']);
  return isForAll(call) ? read(args[0], PARSERS[known] ?? []) : [];
}

/** `app.use(parser)`, without a path in front. */
function isForAll(call: Call): boolean {
  const { parent } = call;
  return ts.isCallExpression(parent) && parent.arguments[0] === call && memberCall(parent)?.name === 'use';
}

/** `serverActions: { bodySizeLimit: '50mb' }` in the settings of Next.js. */
export function actionLimit(property: ts.PropertyAssignment, { localPath }: FileHeader): Limit | undefined {
  if (!/(?:^|\/)next\.config\.[cm]?[jt]s$/.test(localPath) || propertyKey(property.name) !== 'bodySizeLimit')
    return undefined;
  return { property, value: unwrap(property.initializer) };
}
