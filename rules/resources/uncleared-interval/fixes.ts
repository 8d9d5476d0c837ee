import { type Fix, type FixContext, type FixEdit, ts } from '#api';
import { aboveStatement } from '../../_shared/aboveStatement.ts';
import { indentAt, indentUnit, lineEnd } from '../../_shared/layout.ts';
import { addToEnding } from '../../_shared/lifecycle/addToEnding.ts';
import { HANDLE_NAMES } from '../../_shared/lifecycle/clearInCleanup.ts';
import { enclosingEffect } from '../../_shared/lifecycle/effects.ts';
import { memberName } from '../../_shared/lifecycle/endings.ts';
import { ownerOfThis } from '../../_shared/lifecycle/keeping.ts';
import { hasModifier } from '../../_shared/modifiers.ts';
import { statementEnd } from '../../_shared/statementEnd.ts';
import { runsInNode } from './lifetime.ts';

/** Clears it in the method by which the object ends, and keeps the handle in a field for that. */
export const clearAtEnd: Fix<unknown> = {
  title: 'Clear it where the object ends',
  safety: 'suggest',
  edits(ctx) {
    const call = ctx.node(ts.isCallExpression);
    const cls = call && ownerOfThis(call);
    if (call === undefined || cls === undefined || !ts.isClassLike(cls) || isInStatic(call, cls)) return undefined;
    if (enclosingEffect(call, ctx.header) !== undefined) return undefined;
    const held = String(ctx.data['name'] ?? '');
    if (held !== '') {
      return held.startsWith('this.') ? addToEnding(cls, `clearInterval(${held})`, ctx) : undefined;
    }
    const members = cls.members.map((member) => memberName(member.name));
    const name = HANDLE_NAMES.find((each) => !members.includes(each));
    if (name === undefined || !ts.isExpressionStatement(call.parent)) return undefined;
    const ending = addToEnding(cls, `clearInterval(this.${name})`, ctx);
    return ending && [...declareField(cls, name, ctx), ctx.insert(call.getStart(), `this.${name} = `), ...ending];
  },
};

function isInStatic(call: ts.Node, cls: ts.ClassLikeDeclaration): boolean {
  let member = call;
  while (member.parent !== cls) member = member.parent;
  const isStatic = hasModifier(member, ts.SyntaxKind.StaticKeyword);
  return isStatic === true || ts.isClassStaticBlockDeclaration(member);
}

/** TypeScript wants to know fields; JavaScript makes them when they are assigned. */
function declareField(cls: ts.ClassLikeDeclaration, name: string, ctx: FixContext<unknown>): readonly FixEdit[] {
  const [first] = cls.members;
  if (first === undefined || !/\.[cm]?tsx?$/.test(ctx.path)) return [];
  const indent = indentAt(ctx.text, first.getStart()) || indentUnit(ctx.text);
  const end = statementEnd(ctx.file);
  const field = `private ${name}: ReturnType<typeof setInterval> | undefined${end}`;
  return [ctx.insert(aboveStatement(ctx.text, first), `${field}${lineEnd(ctx.text)}${lineEnd(ctx.text)}${indent}`)];
}

/** Node's timers can be told not to keep the process alive. */
export const letProcessEnd: Fix<unknown> = {
  title: 'Let the process end in spite of it',
  safety: 'suggest',
  edits(ctx) {
    const call = ctx.node(ts.isCallExpression);
    if (call === undefined || !runsInNode(ctx.header)) return undefined;
    return [ctx.insert(call.end, '.unref()')];
  },
};
