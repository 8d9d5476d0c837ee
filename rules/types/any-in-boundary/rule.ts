import { z } from 'zod';
import { type FunctionNode, type NodeContext, rule, ts, unwrap } from '#api';
import { memberCall } from '../../_shared/calls.ts';
import { classAround } from '../../_shared/classAround.ts';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import { FOLDERS, inFolders } from '../../_shared/places.ts';
import { nestDecorator } from '../../_shared/web/nestDecorators.ts';
import { roleByName } from '../../_shared/web/parameterNames.ts';
import { anyInParameters, isAny, isExported, isPublic } from './anyTypes.ts';
import { isFromOutside } from './outside.ts';
import { isCalledByFramework } from './takesAnything.ts';

type Context = NodeContext<'signature' | 'handler' | 'payload' | 'cast', unknown>;

/** Declarations for what somebody else wrote without types, and what tests are given in place of the real thing. */
const BESIDE = new RegExp(
  String.raw`\.d\.[cm]?ts$|[.-](?:mock|stub)\.[cm]?[jt]sx?$|${inFolders(FOLDERS.standIns).source}`,
  'i',
);

export default rule({
  meta: {
    priority: 'P3',
    since: 'next',
    summary: 'Values of type any where code meets other code or the outside.',
    promise: 'No any where modules meet',
    topics: ['any in signatures', 'no any', 'explicit any', 'as any', 'untyped payload'],
    subject: ['any', 'export', 'function'],
    references: [
      { title: 'TypeScript: any', url: 'https://www.typescriptlang.org/docs/handbook/2/everyday-types.html#any' },
      { title: 'typescript-eslint: no-explicit-any', url: 'https://typescript-eslint.io/rules/no-explicit-any/' },
    ],
    messages: {
      signature:
        'Whoever calls this gets any and hands it on, so the compiler checks nothing from here. Name the type, or take unknown and narrow it.',
      handler:
        'What clients send comes in here, and with any the compiler checks nothing the handler does with it. Give {name} the type of the framework.',
      payload:
        'The payload comes from the other end of the socket, and with any the compiler checks nothing that is done with it. Take unknown, validate it, and go on with what it is then.',
      cast: 'The cast switches the compiler off for all that follows. Name the type that is meant, or narrow from unknown.',
    },
  },
  options: z.strictObject({
    everyCast: z
      .boolean()
      .default(false)
      .describe('Report every `as any`, also of values that the module made itself.'),
  }),
  node: {
    on: {
      FunctionDeclaration(node, ctx) {
        if (BESIDE.test(ctx.header.localPath)) return;
        if (isExported(node)) judgeSignature(node, ctx);
        else judgeHandler(node, ctx);
      },
      VariableStatement(node, ctx) {
        if (BESIDE.test(ctx.header.localPath)) return;
        const judge = isExported(node) ? judgeSignature : judgeHandler;
        for (const { initializer, type } of node.declarationList.declarations) {
          const fn = initializer === undefined || type !== undefined ? undefined : unwrap(initializer);
          if (fn !== undefined && isFunctionWithBody(fn)) judge(fn, ctx);
        }
      },
      CallExpression(node, ctx) {
        const [event, listener] = node.arguments;
        if (event === undefined || listener === undefined || !ts.isStringLiteralLike(event)) return;
        judgePayload(node, listener, ctx);
      },
      AsExpression(node, ctx) {
        if (node.type.kind !== ts.SyntaxKind.AnyKeyword) return;
        if (ctx.options.everyCast || isFromOutside(node.expression)) ctx.report(node.type, 'cast');
      },
    },
  },
  file: {
    collect: { MethodDeclaration: (node) => (isPublic(node) && hasAny(node) ? node : undefined) },
    each(method, ctx) {
      if (BESIDE.test(ctx.header.localPath)) return;
      const owner = classAround(method, ctx);
      // What a class takes over from another type has the signatures of that type.
      if (owner === undefined || owner !== method.parent || owner.heritageClauses !== undefined) return;
      if (!ts.isClassDeclaration(owner) || !isExported(owner)) return;
      if (!isCalledByFramework(method, ctx.header)) judgeSignature(method, ctx);
      else if (!judgeDecorated(method, ctx)) judgeParameters(method, ctx);
    },
  },
});

/** `(req: any, res: any)`: reported at the request. */
function judgeHandler(fn: FunctionNode, ctx: Pick<Context, 'report'>): boolean {
  const index = fn.parameters.findIndex(
    ({ type, name }, at) => isAny(type) && ts.isIdentifier(name) && isRequestOrResponse(fn, at),
  );
  const parameter = fn.parameters[index];
  if (parameter?.type === undefined) return false;
  ctx.report(parameter.type, 'handler', { name: parameter.name.getText() });
  return true;
}

function isRequestOrResponse(fn: FunctionNode, index: number): boolean {
  const role = roleByName(fn, index);
  return role === 'request' || role === 'response';
}

/** One finding for each function, where its first `any` is. */
function judgeSignature(fn: FunctionNode, ctx: Pick<Context, 'report'>): void {
  if (judgeHandler(fn, ctx) || judgeParameters(fn, ctx)) return;
  if (fn.type !== undefined && isAny(fn.type)) ctx.report(fn.type, 'signature');
}

function judgeParameters(fn: FunctionNode, ctx: Pick<Context, 'report'>): boolean {
  const [first] = anyInParameters(fn);
  if (first !== undefined) ctx.report(first, 'signature');
  return first !== undefined;
}

/** `@Req() request: any` of a method that Nest calls. */
function judgeDecorated(method: ts.MethodDeclaration, ctx: Pick<Context, 'report' | 'header'>): boolean {
  const parameter = method.parameters.find(
    (one) => isAny(one.type) && nestDecorator(one, ctx.header)?.role === 'request',
  );
  if (parameter?.type === undefined) return false;
  ctx.report(parameter.type, 'handler', { name: parameter.name.getText() });
  return true;
}

/** Whether {@link judgeSignature} has something to say, whatever the function belongs to. */
function hasAny(fn: FunctionNode): boolean {
  return fn.parameters.some(({ type }) => isAny(type)) || isAny(fn.type);
}

/** `socket.on('message', (data: any) => …)`. */
function judgePayload(call: ts.CallExpression, listener: ts.Expression, ctx: Context): void {
  const member = memberCall(call);
  if (member === undefined || !/^(?:on|once)$/.test(member.name)) return;
  const receiver = unwrap(member.receiver);
  const name = ts.isIdentifier(receiver)
    ? receiver.text
    : ts.isPropertyAccessExpression(receiver)
      ? receiver.name.text
      : '';
  if (!/^(?:io|ws|wss)$|socket|client$|connection$/i.test(name)) return;
  const fn = unwrap(listener);
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return;
  const type = fn.parameters[0]?.type;
  if (type !== undefined && isAny(type)) ctx.report(type, 'payload');
}
