import {
  type Anchor,
  type FileHeader,
  type FunctionNode,
  facet,
  firstRejection,
  isAsync,
  type Rejection,
  ts,
} from '#api';
import { majorOf } from '../../_shared/packageMajor.ts';
import { handlerFunctions } from '../../_shared/web/handlerFunctions.ts';
import { REGISTERS } from '../../_shared/web/routers.ts';
import { routeOf } from '../../_shared/web/routes.ts';
import { givesErrorsBack } from './errorValues.ts';
import { exportedFunctions } from './exports.ts';
import { type ImportedFunction, importedFunction } from './imported.ts';

/** What a file says about async handlers of Express 4. */
export interface Handlers {
  /** Registered and unguarded here: where the promise may reject. */
  readonly unguarded: readonly Anchor[];
  /** Async functions that may reject, for files that register them. */
  readonly exported: readonly { readonly at: Anchor; readonly key: string }[];
  /** Functions of other files that are registered as they are. */
  readonly registered: readonly ImportedFunction[];
}

type Fact = ts.CallExpression | Suspect;

interface Suspect {
  readonly fn: FunctionNode;
  readonly rejection: Rejection;
}

/** Packages that make Express 4 wait for its handlers. */
const WAITING = ['express-async-errors', 'express-promise-router', 'express-async-patch', '@awaitjs/express'] as const;

export const handlersFacet = facet<Fact, Handlers>({
  name: 'reliability/asyncHandlers',
  collect: {
    CallExpression: {
      named: REGISTERS,
      listen: (node, { header }): Fact | undefined => {
        const callee = node.expression;
        const mayRegister = ts.isPropertyAccessExpression(callee) && REGISTERS.has(callee.name.text);
        const last = mayRegister ? node.arguments.at(-1) : undefined;
        return last !== undefined && !ts.isLiteralExpression(last) && dropsPromises(header) ? node : undefined;
      },
    },
    ArrowFunction: (node, { header }) => suspect(node, header),
    FunctionExpression: (node, { header }) => suspect(node, header),
    FunctionDeclaration: (node, { header }) => suspect(node, header),
    MethodDeclaration: (node, { header }) => suspect(node, header),
  },
  fold(scope, ctx) {
    const suspects = new Map<FunctionNode, Rejection>();
    const calls: ts.CallExpression[] = [];
    for (const fact of scope.all()) {
      if ('fn' in fact) suspects.set(fact.fn, fact.rejection);
      else calls.push(fact);
    }
    const own = new Set<FunctionNode>();
    const registered = new Map<string, ImportedFunction>();
    for (const call of calls) {
      const route = routeOf(call, ctx);
      if (route?.framework !== 'express') continue;
      for (const handler of route.handlers) {
        for (const fn of handlerFunctions(handler, ctx, () => false)) own.add(fn);
        const elsewhere = importedFunction(handler, ctx);
        if (elsewhere !== undefined) registered.set(`${elsewhere.module}#${elsewhere.key}`, elsewhere);
      }
    }
    if (suspects.size === 0 && registered.size === 0) return undefined;
    const unguarded: Anchor[] = [];
    const exported: Handlers['exported'][number][] = [];
    const keys = suspects.size === 0 ? undefined : exportedFunctions(ctx);
    for (const [fn, rejection] of [...suspects].sort(([, left], [, right]) => left.pos - right.pos)) {
      const key = keys?.get(fn);
      if (own.has(fn)) unguarded.push(ctx.at(keywordOf(rejection)));
      else if (key !== undefined) exported.push({ at: ctx.at(keywordOf(rejection)), key });
    }
    if (unguarded.length + exported.length + registered.size === 0) return undefined;
    return { unguarded, exported, registered: [...registered.values()] };
  },
});

/** Says that the project's Express is one that knows nothing of promises. */
function dropsPromises({ dependency }: FileHeader): boolean {
  const major = majorOf(dependency('express') ?? '');
  return major > 0 && major < 5 && WAITING.every((name) => dependency(name) === undefined);
}

/** An async function that takes what handlers take and may reject. */
function suspect(fn: FunctionNode, header: FileHeader): Suspect | undefined {
  if (!isAsync(fn) || fn.parameters.length < 2 || fn.parameters.length > 4 || !dropsPromises(header)) return undefined;
  const rejection = firstRejection(fn);
  return rejection === undefined || givesErrorsBack(fn) ? undefined : { fn, rejection };
}

/** `await`, `throw` or `for`: what follows may be long. */
function keywordOf(node: Rejection): { readonly start: number; readonly end: number } {
  const start = node.getStart();
  return { start, end: start + (ts.isForOfStatement(node) ? 'for' : 'await').length };
}
