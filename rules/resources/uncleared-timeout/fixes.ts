import { type Fix, ts, unwrap } from '#api';
import { enclosingFunction, isFunctionWithBody } from '../../_shared/enclosing.ts';
import { indentAt, lineEnd } from '../../_shared/layout.ts';
import { addToEnding } from '../../_shared/lifecycle/addToEnding.ts';
import { HANDLE_NAMES } from '../../_shared/lifecycle/clearInCleanup.ts';
import { statementEnd } from '../../_shared/statementEnd.ts';

/** Keeps the handle beside the race, and clears it when the race is over. */
export const clearAfterRace: Fix<unknown> = {
  title: 'Clear it when the race is over',
  safety: 'suggest',
  edits(ctx) {
    const call = ctx.node(ts.isCallExpression);
    const executor = call && enclosingFunction(call);
    const promise = executor?.parent;
    const race = promise && ts.findAncestor(promise, isRace);
    if (call === undefined || executor === undefined || race === undefined) return undefined;
    const around = enclosingFunction(race);
    const statement = ts.findAncestor(race, ts.isStatement);
    if (statement === undefined || !ts.isBlock(statement.parent) || statement.parent !== around?.body) return undefined;
    const name = HANDLE_NAMES.find((each) => !new RegExp(`\\b${each}\\b`).test(ctx.text));
    if (name === undefined || enclosingFunction(executor) !== around) return undefined;
    // A function that takes something is of another overload, whose handle has another type.
    const callback = call.arguments[0] && unwrap(call.arguments[0]);
    if (callback === undefined || !isFunctionWithBody(callback)) return undefined;
    const end = statementEnd(ctx.file);
    const type = /\.[cm]?tsx?$/.test(ctx.path) ? `: ReturnType<typeof ${call.expression.getText()}> | undefined` : '';
    const start = statement.getStart();
    const isBody = executor.body === call;
    return [
      ctx.insert(start, `let ${name}${type}${end}${lineEnd(ctx.text)}${indentAt(ctx.text, start)}`),
      ctx.insert(call.getStart(), isBody ? `{ ${name} = ` : `${name} = `),
      ...(isBody ? [ctx.insert(call.end, `${end} }`)] : []),
      ctx.insert(race.end, `.finally(() => clearTimeout(${name}))`),
    ];
  },
};

function isRace(node: ts.Node): node is ts.CallExpression {
  return (
    ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'race'
  );
}

/** Clears it in the method by which the object ends. */
export const clearAtEnd: Fix<unknown> = {
  title: 'Clear it where the object ends',
  safety: 'suggest',
  edits(ctx) {
    const call = ctx.node(ts.isCallExpression);
    const cls = call && ts.findAncestor(call, ts.isClassLike);
    return cls && addToEnding(cls, `clearTimeout(${String(ctx.data['name'] ?? '')})`, ctx);
  },
};
