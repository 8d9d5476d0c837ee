import type { z } from 'zod';
import { type Fix, ts } from '#api';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import { indentAt, indentUnit, lineEnd } from '../../_shared/layout.ts';

/** Parameters by which a function tells that it failed. */
const TAKES_ERRORS = /^(?:next|reject|cb|callback|done)$/;

/** Asks for the error first: hands it to whoever waits, or logs it where nobody does. */
export const passOn: Fix<z.output<z.ZodObject>> = {
  title: 'Look at the error first',
  safety: 'suggest',
  edits(ctx) {
    const error = ctx.node(ts.isIdentifier);
    const callback = error && enclosingFunction(error);
    if (error === undefined || callback?.body === undefined) return undefined;
    const { body } = callback;
    const open = body.getStart(ctx.file);
    const indent = indentAt(ctx.text, open);
    const unit = indentUnit(ctx.text);
    const eol = lineEnd(ctx.text);
    const end = /;\s*(?:\r?\n|$)/.test(ctx.text) ? ';' : '';
    const taker = takerAround(callback);
    const answer =
      taker === undefined
        ? [`console.error(${error.text})${end}`, `return${end}`]
        : [`${taker}(${error.text})${end}`, `return${end}`];
    const lines = [`if (${error.text}) {`, ...answer.map((line) => unit + line), '}'].map(
      (line) => `${eol}${indent}${unit}${line}`,
    );
    if (!ts.isBlock(body)) {
      // `() => ({ … })` gives back an object that nobody takes.
      if (ts.isParenthesizedExpression(body) || body.getText(ctx.file).includes('\n')) return undefined;
      return [
        ctx.replace(body, `{${lines.join('')}${eol}${indent}${unit}${body.getText(ctx.file)}${end}${eol}${indent}}`),
      ];
    }
    const [first] = body.statements;
    if (first === undefined)
      return [ctx.replace({ start: open + 1, end: body.end - 1 }, `${lines.join('')}${eol}${indent}`)];
    // What stands on the line of the brace gets one of its own.
    const sameLine = !ctx.text.slice(open, first.getStart(ctx.file)).includes('\n');
    if (!sameLine) return [ctx.insert(open + 1, lines.join(''))];
    const inside = ctx.text.slice(open + 1, body.end - 1).trim();
    if (inside.includes('\n')) return undefined;
    return [
      ctx.replace(
        { start: open + 1, end: body.end - 1 },
        `${lines.join('')}${eol}${indent}${unit}${inside}${eol}${indent}`,
      ),
    ];
  },
};

function takerAround(callback: ts.Node): string | undefined {
  for (let fn = enclosingFunction(callback); fn !== undefined; fn = enclosingFunction(fn)) {
    for (const { name } of fn.parameters) {
      if (ts.isIdentifier(name) && TAKES_ERRORS.test(name.text)) return name.text;
    }
  }
  return undefined;
}
