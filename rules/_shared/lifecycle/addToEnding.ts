import { type FixContext, type FixEdit, ts } from '#api';
import { indentAt, indentUnit, lineEnd } from '../layout.ts';
import { hasModifier } from '../modifiers.ts';
import { statementEnd } from '../statementEnd.ts';
import { endingMembers, endingOf, memberName } from './endings.ts';

/** Endings that are surely called when an object is done for, other than `pause`, `reset` and the like. */
const FINAL =
  /^(?:stop|dispose|close|destroy|shutdown|shutDown|teardown|tearDown|cleanup|cleanUp|componentWillUnmount|disconnectedCallback|ngOnDestroy|onModuleDestroy|onApplicationShutdown|disconnect|terminate|Symbol\.dispose|Symbol\.asyncDispose)$/;

/**
 * Edits that make objects of a class run a statement when they end: at the head of the method by which they end, which is
 * made when there is none.
 * @param statement without its semicolon
 */
export function addToEnding(
  cls: ts.ClassLikeDeclaration,
  statement: string,
  ctx: FixContext<unknown>,
): readonly FixEdit[] | undefined {
  const newLine = lineEnd(ctx.text);
  const unit = indentUnit(ctx.text);
  const semicolon = statementEnd(ctx.file);
  const ending = endingOf(cls, ctx.header);
  const methods = endingMembers(cls).filter(
    (member) => ts.isMethodDeclaration(member) && !hasModifier(member, ts.SyntaxKind.StaticKeyword),
  );
  const known =
    methods.find((member) => memberName(member.name) === ending.name) ??
    (ending.calledByFrame ? undefined : methods.find((member) => FINAL.test(memberName(member.name) ?? '')));
  if (known !== undefined) {
    const body = ts.isMethodDeclaration(known) ? known.body : undefined;
    if (body === undefined) return undefined;
    const indent = indentAt(ctx.text, known.getStart());
    const opens = body.getStart() + 1;
    const rest = body.statements.length === 0 ? `${newLine}${indent}` : '';
    return body.statements.length === 0 && body.getText().slice(1, -1).trim() !== ''
      ? undefined
      : [replaceBlank(body, `${newLine}${indent}${unit}${statement}${semicolon}${rest}`, opens, ctx)];
  }
  // A base class may have a method of this name that has to run as well.
  const extendsAny = cls.heritageClauses?.some(({ token }) => token === ts.SyntaxKind.ExtendsKeyword) === true;
  if (extendsAny && !ending.calledByFrame) return undefined;
  if (cls.members.some((member) => memberName(member.name) === ending.name)) return undefined;
  const last = cls.members.at(-1);
  if (last === undefined) return undefined;
  const indent = indentAt(ctx.text, last.getStart());
  const type = /\.[cm]?tsx?$/.test(ctx.path) ? ': void' : '';
  const lines = [
    '',
    '',
    `${indent}${ending.name}()${type} {`,
    ...(ending.callsSuper ? [`${indent}${unit}super.${ending.name}()${semicolon}`] : []),
    `${indent}${unit}${statement}${semicolon}`,
    `${indent}}`,
  ];
  return [ctx.insert(last.end, lines.join(newLine))];
}

/** Puts text behind the opening brace; the blank inside of `{}` goes. */
function replaceBlank(body: ts.Block, text: string, opens: number, ctx: FixContext<unknown>): FixEdit {
  return body.statements.length === 0
    ? ctx.replace({ start: opens, end: body.end - 1 }, text)
    : ctx.insert(opens, text);
}
