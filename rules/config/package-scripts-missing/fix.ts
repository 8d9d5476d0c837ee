import type { FixContext, TextEdit } from '#api';
import { entryAt } from '../../_shared/dataMembers.ts';
import { indentAt, indentUnit, lineEnd } from '../../_shared/layout.ts';

type Context = FixContext<unknown>;

/** Adds a script behind the last one; with an object of its own where there is none. */
export function addScript(ctx: Context, name: string, command: string): TextEdit[] | undefined {
  const { document } = ctx;
  if (document.language !== 'json') return undefined;
  const member = `"${name}": "${command}"`;
  const scripts = entryAt(document.roots[0], 'scripts')?.value;
  if (scripts === undefined) {
    const eol = lineEnd(ctx.text);
    const unit = indentUnit(ctx.text);
    return addBehindName(ctx, `"scripts": {${eol}${unit}${unit}${member}${eol}${unit}}`);
  }
  if (scripts.kind !== 'object') return undefined;
  const last = scripts.entries.at(-1);
  if (last === undefined) return [ctx.replace(scripts.span, `{ ${member} }`)];
  const isOneLine = !ctx.text.slice(scripts.span.start, last.span.start).includes('\n');
  const gap = isOneLine ? ' ' : `${lineEnd(ctx.text)}${indentAt(ctx.text, last.span.start)}`;
  return [ctx.insert(last.span.end, `,${gap}${member}`)];
}

/** Adds a member behind the name and version of the package. */
export function addBehindName(ctx: Context, member: string): TextEdit[] | undefined {
  const { document } = ctx;
  if (document.language !== 'json') return undefined;
  const [root] = document.roots;
  const place = entryAt(root, 'version') ?? entryAt(root, 'name');
  if (root?.kind !== 'object' || place === undefined) return undefined;
  const isOneLine = !ctx.text.slice(root.span.start, place.span.start).includes('\n');
  const gap = isOneLine ? ' ' : `${lineEnd(ctx.text)}${indentAt(ctx.text, place.span.start)}`;
  return [ctx.insert(place.span.end, `,${gap}${member}`)];
}
