import { type Finding, type FixContext, type TextEdit, ts } from '#api';
import { isSource } from '../../_shared/filePath.ts';
import { startsLine } from '../../_shared/layout.ts';
import { entryCut, lineAround } from '../../_shared/lineCuts.ts';
import { placeOfMember } from '../../_shared/memberPlace.ts';
import { cutsFor } from '../../_shared/removeEntries.ts';
import { emptiedEntry } from './emptiedEntry.ts';

/** Takes the setting out, so that certificates are checked as they are unless somebody says otherwise. */
export function checkAgain(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined {
  if (isSource(ctx.path)) return inSource(ctx, finding);
  const { language } = ctx.document;
  if (language === 'dotenv') return [ctx.replace(lineAround(ctx.text, finding), '')];
  if (language === 'json') {
    const place = placeOfMember(ctx, finding);
    if (place !== undefined) return cutMember(ctx, place);
  }
  if (language === 'yaml' && !/^[\w-]+=/.test(ctx.text.slice(finding.start, finding.end))) {
    // Without its value the entry of a manifest would have none.
    if (ctx.text.startsWith('value', finding.start)) return undefined;
    const roots = ctx.document.language === 'yaml' ? ctx.document.roots : [];
    const cut = entryCut(ctx.text, emptiedEntry(ctx.text, roots, finding));
    return cut && [ctx.replace(cut, '')];
  }
  return fromCommand(ctx, finding);
}

function inSource(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined {
  const place = placeOfMember(ctx, finding);
  if (place !== undefined) return cutMember(ctx, place);
  const assignment = ctx.node(ts.isBinaryExpression);
  if (assignment === undefined || !ts.isExpressionStatement(assignment.parent)) return undefined;
  const statement = assignment.parent;
  const isListed = ts.isBlock(statement.parent) || ts.isSourceFile(statement.parent);
  if (!isListed || !startsLine(ctx.text, statement.getStart())) return undefined;
  // A branch that does nothing else is for somebody who asked for it.
  if (
    ts.isBlock(statement.parent) &&
    ts.isIfStatement(statement.parent.parent) &&
    statement.parent.statements.length === 1
  )
    return undefined;
  const line = lineAround(ctx.text, { start: statement.getStart(), end: statement.end });
  // A comment behind it on the same line stays.
  const behind = ctx.text.slice(statement.end, line.end).trim();
  if (behind !== '') return [ctx.replace({ start: statement.getStart(), end: statement.end }, '')];
  // A line that stood by itself takes one of the empty lines around it along.
  const below =
    /(?:^|\n)[ \t]*\r?\n$/.test(ctx.text.slice(0, line.start)) && /^[ \t]*\r?\n/.exec(ctx.text.slice(line.end));
  return [ctx.replace(below ? { start: line.start, end: line.end + below[0].length } : line, '')];
}

function cutMember(ctx: FixContext<unknown>, place: NonNullable<ReturnType<typeof placeOfMember>>): TextEdit[] {
  return cutsFor(ctx.text, { ...place, removed: new Set([place.index]) }).map((cut) => ctx.replace(cut, ''));
}

/** The end of a line that goes on, as Dockerfiles write it. */
const CONTINUED = /^[ \t]*[\\`]\r?\n[ \t]*/;

/**
 * `NODE_TLS_REJECT_UNAUTHORIZED=0 node main.js`: the assignment in front of a command, or of another one; with its line where
 * it stands on one of its own.
 */
function fromCommand(ctx: FixContext<unknown>, { start, end }: Finding): TextEdit[] | undefined {
  const next = CONTINUED.exec(ctx.text.slice(end))?.[0];
  if (next !== undefined && ctx.text.startsWith('NODE_', start)) {
    // In a text of YAML the first line says how far in it stands.
    const isLine = !isSource(ctx.path) && ctx.document.language === 'dockerfile' && startsLine(ctx.text, start);
    return [ctx.replace(isLine ? lineAround(ctx.text, { start, end }) : { start, end: end + next.length }, '')];
  }
  const blank = /^[ \t]+(?=[^\s"'])/.exec(ctx.text.slice(end))?.[0];
  return blank === undefined || !ctx.text.startsWith('NODE_', start)
    ? undefined
    : [ctx.replace({ start, end: end + blank.length }, '')];
}
