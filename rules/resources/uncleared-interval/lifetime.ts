import { type FileHeader, ts } from '#api';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import { enclosingEffect } from '../../_shared/lifecycle/effects.ts';
import { FOLDERS, inFolders } from '../../_shared/places.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** Folders of programs that somebody starts and ends by hand. */
const BY_HAND = inFolders(
  FOLDERS.scripts,
  FOLDERS.benchmarks,
  FOLDERS.tools,
  FOLDERS.demos,
  FOLDERS.playgrounds,
  FOLDERS.browserTests,
);

/** Modules that say that a file runs in Node. */
const NODE =
  /^(?:fs|path|http|https|http2|net|os|child_process|cluster|worker_threads|stream|dns|tls|events|util|crypto|timers|process|express|fastify|koa|hono|@nestjs\/.*|ws|socket\.io|pg|redis|ioredis|mongoose|bullmq)(?:\/.*)?$/;

/** Whether a file imports what only Node has. */
export function runsInNode(header: FileHeader): boolean {
  for (const module of header.modules) if (NODE.test(module)) return true;
  return false;
}

/**
 * Whether an interval may run until its program ends: nothing that comes and goes (an object, an effect, a request) starts it,
 * and the program ends by its own word, or is a page that ends with its window.
 * @param exits whether the file calls `process.exit`
 */
export function lastsAsLongAsItsProgram(call: ts.CallExpression, exits: boolean, source: SourceView): boolean {
  if (BY_HAND.test(source.header.localPath)) return true;
  const inNode = runsInNode(source.header);
  return isStartedAnew(call, inNode, source.header) ? false : exits || !inNode || isWorker(source.header);
}

/** A worker's thread is ended by the program that started it. */
function isWorker({ imports }: FileHeader): boolean {
  for (const { name, module } of imports.values()) {
    if (name === 'parentPort' && /^(?:node:)?worker_threads$/.test(module)) return true;
  }
  return false;
}

/** Functions that run their callback once, when a program has started. */
const ONCE = /^(?:listen|then|finally|once|ready|main|bootstrap|connect|whenReady)$/;

/** In an effect, a class, a component, or in a function inside of another that a server may call again. */
function isStartedAnew(call: ts.CallExpression, inNode: boolean, header: FileHeader): boolean {
  if (enclosingEffect(call, header) !== undefined) return true;
  for (let up: ts.Node = call; up !== undefined; up = up.parent) if (ts.isClassLike(up)) return true;
  let fn = enclosingFunction(call);
  while (fn !== undefined && runsOnce(fn)) fn = enclosingFunction(fn);
  return inNode && fn !== undefined && enclosingFunction(fn) !== undefined;
}

function runsOnce(fn: ts.Node): boolean {
  const { parent } = fn;
  if (ts.isParenthesizedExpression(parent)) return true;
  if (!ts.isCallExpression(parent)) return false;
  const callee = parent.expression;
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : ts.isIdentifier(callee) ? callee.text : '';
  return callee === fn || ONCE.test(name);
}
