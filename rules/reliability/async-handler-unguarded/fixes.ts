import type { z } from 'zod';
import { type FileHeader, type Finding, type Fix, type FixContext, type FixEdit, type FunctionNode, ts } from '#api';
import { enclosingFunction, isFunctionValue } from '../../_shared/enclosing.ts';
import { indentAt, indentUnit, lineEnd } from '../../_shared/layout.ts';
import { bindImport, importEdits } from '../../_shared/namedImport.ts';

type AnyFix = Fix<z.output<z.ZodObject>>;

/** Names of wrappers that hand errors of async handlers to Express. */
const WRAPPER =
  /^(?:express)?(?:async|catch|wrap)(?:Async|Handler|Errors?|Wrap(?:per)?|Middleware|Route|Handle|Request)+$/i;

/** Uses the wrapper that the file knows already. */
export const wrapHandler: AnyFix = {
  title: "Wrap it with the project's helper",
  safety: 'suggest',
  edits(ctx, finding) {
    const fn = handlerAt(ctx, finding);
    const wrapper = wrapperOf(ctx.header);
    if (fn === undefined || wrapper === undefined || !isFunctionValue(fn)) return undefined;
    return [ctx.insert(fn.getStart(ctx.file), `${wrapper}(`), ctx.insert(fn.end, ')')];
  },
};

/** Puts the body into `try`, and hands what is thrown to `next`. */
export const catchAndPass: AnyFix = {
  title: 'Catch the error and pass it on',
  safety: 'suggest',
  edits(ctx, finding) {
    const fn = handlerAt(ctx, finding);
    const next = fn && nextOf(fn, ctx);
    if (fn?.body === undefined || next === undefined) return undefined;
    const body = tryBody(fn.body, indentAt(ctx.text, fn.getStart(ctx.file)), next.name, ctx);
    return body === undefined ? undefined : [...next.edits, ctx.replace(fn.body, body)];
  },
};

/** The handler around the keyword that was found. */
function handlerAt({ file }: FixContext<unknown>, { start }: Finding): FunctionNode | undefined {
  const inside = (node: ts.Node): ts.Node =>
    ts.forEachChild(node, (child) => (child.pos <= start && start < child.end ? inside(child) : undefined)) ?? node;
  return enclosingFunction(inside(file));
}

function wrapperOf(header: FileHeader): string | undefined {
  return [...header.topLevel].find(
    (name) => WRAPPER.test(name) || header.imports.get(name)?.module === 'express-async-handler',
  );
}

/** The name of the parameter that takes errors, and what brings it in where it is missing. */
function nextOf(
  fn: FunctionNode,
  ctx: FixContext<unknown>,
): { readonly name: string; readonly edits: readonly FixEdit[] } | undefined {
  const { parameters } = fn;
  const known = parameters[parameters.length === 4 ? 3 : 2];
  if (known !== undefined) return ts.isIdentifier(known.name) ? { name: known.name.text, edits: [] } : undefined;
  const last = parameters.at(-1);
  if (last === undefined || /\bnext\b/.test(fn.getText(ctx.file))) return undefined;
  if (last.type === undefined) return { name: 'next', edits: [ctx.insert(last.end, ', next')] };
  const type = bindImport(ctx, { module: 'express', name: 'NextFunction', isType: true });
  return type && { name: 'next', edits: [...importEdits(ctx, [type]), ctx.insert(last.end, `, next: ${type.text}`)] };
}

function tryBody(body: ts.ConciseBody, indent: string, next: string, ctx: FixContext<unknown>): string | undefined {
  const text = body.getText(ctx.file);
  // The lines of a text in back quotes would move.
  if (/`[^`]*\n[^`]*`/.test(text)) return undefined;
  const unit = indentUnit(ctx.text);
  const end = /;\s*(?:\r?\n|$)/.test(ctx.text) ? ';' : '';
  const inside = ts.isBlock(body) ? text.slice(1, -1) : `${text}${end}`;
  const trimmed = inside.replace(/^[ \t]*\r?\n/, '').trimEnd();
  const lines = trimmed.split(/\r?\n/).map((line) => (line === '' ? line : unit + line));
  const isOneLine = !/\n/.test(inside.trim()) && !/^\s*\n/.test(inside);
  const moved = isOneLine ? [indent + unit + unit + inside.trim()] : lines;
  const eol = lineEnd(ctx.text);
  return [
    '{',
    `${indent}${unit}try {`,
    ...moved,
    `${indent}${unit}} catch (error) {`,
    `${indent}${unit}${unit}${next}(error)${end}`,
    `${indent}${unit}}`,
    `${indent}}`,
  ].join(eol);
}
