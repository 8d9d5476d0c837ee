import { type Fix, ts } from '#api';
import { enclosingFunction } from '../enclosing.ts';
import { indentAt, lineEnd } from '../layout.ts';
import { statementEnd } from '../statementEnd.ts';
import { effectAround, returnedCleanups } from './effects.ts';

/** Names for a handle, the first that is free is taken. */
export const HANDLE_NAMES = ['timer', 'interval', 'intervalTimer'];

/** Returns a clean-up from the effect around a timer, and keeps the handle for it. */
export function clearInCleanup(clear: 'clearInterval' | 'clearTimeout'): Fix<unknown> {
  return {
    title: 'Clear it when the effect is over',
    safety: 'suggest',
    edits(ctx) {
      const call = ctx.node(ts.isCallExpression);
      const fn = call && enclosingFunction(call);
      const effect = fn && effectAround(fn, ctx.header);
      if (call === undefined || effect?.cleanup !== 'returned' || !ts.isBlock(effect.callback.body)) return undefined;
      const { body } = effect.callback;
      const isAsync = effect.callback.modifiers !== undefined;
      const { parent } = call;
      const isVariable = ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name);
      const statement = isVariable ? parent.parent.parent : parent;
      const last = body.statements.at(-1);
      if (isAsync || statement.parent !== body || last === undefined || mayReturn(effect.callback)) return undefined;
      const taken = ctx.file.text;
      const name = isVariable
        ? parent.name.getText()
        : HANDLE_NAMES.find((each) => !new RegExp(`\\b${each}\\b`).test(taken));
      if (name === undefined || !(isVariable || ts.isExpressionStatement(parent))) return undefined;
      const indent = indentAt(ctx.text, last.getStart());
      const end = statementEnd(ctx.file);
      return [
        ...(isVariable ? [] : [ctx.insert(call.getStart(), `const ${name} = `)]),
        ctx.insert(last.end, `${lineEnd(ctx.text)}${indent}return () => ${clear}(${name})${end}`),
      ];
    },
  };
}

function mayReturn(callback: ts.ArrowFunction | ts.FunctionExpression): boolean {
  return returnedCleanups(callback).length > 0;
}
