import { z } from 'zod';
import { type FunctionNode, type NodeContext, rule, ts } from '#api';
import { classAround } from '../../_shared/classAround.ts';
import { addKnownTypes, addTypesToo } from './addTypes.ts';
import { functionsIn, handlerTypes, untypedParameters, withReturned } from './handlers.ts';

type Context = Pick<NodeContext<'untyped', unknown>, 'path' | 'header' | 'report'>;

const TYPED_SOURCE = /(?<!\.d)\.[cm]?tsx?$/;

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Request handlers in TypeScript whose parameters have no types.',
    promise: 'Parameters of request handlers have types',
    topics: ['untyped handler', 'implicit any', 'handler types', 'request types', 'typed request'],
    subject: ['express', 'fastify', 'http', 'req', 'request'],
    references: [
      { title: 'TypeScript: noImplicitAny', url: 'https://www.typescriptlang.org/tsconfig/#noImplicitAny' },
      { title: 'Express API reference', url: 'https://expressjs.com/en/5x/api.html' },
    ],
    messages: {
      untyped:
        'Nothing gives {names} of this handler a type, so the compiler takes any of them: misspelt members and methods that are not there show at run time. Add {types}.',
    },
  },
  options: z.strictObject({}),
  node: {
    on: {
      FunctionDeclaration: (node, ctx) => judge(withReturned(node), ctx),
      VariableDeclaration({ type, initializer }, ctx) {
        if (type === undefined && initializer !== undefined) judge(functionsIn(initializer), ctx);
      },
      ExportAssignment: ({ expression }, ctx) => judge(functionsIn(expression), ctx),
    },
  },
  file: {
    collect: { MethodDeclaration: mayBeUntyped, PropertyDeclaration: mayBeUntyped },
    each(member, ctx) {
      const owner = classAround(member, ctx);
      if (owner !== undefined && owner === member.parent && ts.isClassDeclaration(owner))
        judge(functionsOf(member), ctx);
    },
  },
  fixes: {
    untyped: [
      { title: 'Add {types}', safety: 'safe', edits: addKnownTypes },
      { title: 'Add {types}, which the body may not fit', safety: 'suggest', edits: addTypesToo },
    ],
  },
});

type Member = ts.MethodDeclaration | ts.PropertyDeclaration;

function functionsOf(member: Member): readonly FunctionNode[] {
  if (ts.isMethodDeclaration(member)) return withReturned(member);
  return member.type === undefined && member.initializer !== undefined ? functionsIn(member.initializer) : [];
}

/** Members that say something whatever class they are in. */
function mayBeUntyped(member: Member): Member | undefined {
  return functionsOf(member).some((fn) => untypedParameters(fn).length > 0) ? member : undefined;
}

function judge(functions: readonly FunctionNode[], ctx: Context): void {
  for (const fn of functions) {
    const untyped = untypedParameters(fn);
    const [first] = untyped;
    if (first === undefined || !TYPED_SOURCE.test(ctx.path)) continue;
    if (untyped.every(({ role }) => role !== 'request' && role !== 'response')) continue;
    const types = handlerTypes(fn, ctx.header);
    if (types === undefined) continue;
    ctx.report(first.parameter, 'untyped', {
      names: untyped.map(({ parameter }) => parameter.name.getText()).join(', '),
      types: [...new Set(untyped.flatMap(({ role }) => types.names[role] ?? []))].join(', '),
    });
  }
}
