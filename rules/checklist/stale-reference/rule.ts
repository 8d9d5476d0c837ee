import { z } from 'zod';
import { type ChecklistContext, type ChecklistItem, type FileReference, rule } from '#api';
import { lastPart } from '../../_shared/filePath.ts';
import { pointToFile } from './fix.ts';

type Context = ChecklistContext<'missing' | 'moved' | 'pastEnd', unknown>;

/** A path in some folder, to a file with an ending; no glob, no URL, no placeholder. */
const PATH = /^(?:\.{1,2}\/)*[\w@()[\]+.-]+(?:\/[\w@()[\]+.-]+)+\.\w{1,8}$/;
/** Files so called are in every folder: the only one of that name need not be the one meant. */
const COMMON = /^(?:index|main|app|types?|utils?|helpers?|constants?|config|route|page|layout|readme)\.\w+$/i;
/** That a file is gone, or not there yet, is what these items are about. */
const COMES_OR_GOES =
  /\b(?:remov|delet|drop|renam|mov(?:e|ed|ing)\b|migrat|replac|split|merg|extract|consolidat|convert|creat|add(?:ed|ing|s)?\b|new\b|introduc|writ|generat|scaffold|implement|set ?up|build)/i;

function check(reference: FileReference, item: ChecklistItem | undefined, ctx: Context): void {
  const { path, lines, span } = reference;
  if (!PATH.test(path)) return;
  const file = ctx.file(reference);
  if (file !== undefined) {
    const last = Math.max(0, ...lines.map(({ to }) => to));
    if (file.lines !== undefined && last > file.lines)
      ctx.report(span, 'pastEnd', { path, line: last, lines: file.lines });
    return;
  }
  const name = lastPart(path);
  const named = ctx.named(name);
  // Several would fit, so one of them is meant.
  if (named.some((other) => other.endsWith(`/${path.replace(/^(?:\.{1,2}\/)+/, '')}`))) return;
  // Whoever gives lines in an open item has seen the file; what is done may have removed it.
  const isSeen = lines.length > 0 && item?.status !== 'done';
  if (item !== undefined && !isSeen && COMES_OR_GOES.test(`${item.title} ${item.detail}`)) return;
  const [only] = named;
  if (only !== undefined && named.length === 1 && !COMMON.test(name)) {
    ctx.report(span, 'moved', { path, to: relative(only, ctx) });
    return;
  }
  // A plan may name files before they are there. Whoever gives lines has seen them.
  if (lines.length > 0) ctx.report(span, 'missing', { path });
}

/** The path of a file below the workspace. */
function relative(path: string, { judged }: Context): string {
  const root = judged.path.slice(0, judged.path.length - judged.name.length);
  return path.startsWith(root) ? path.slice(root.length) : path;
}

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Places that a checklist names and that are not there any more.',
    appliesTo: 'everywhere',
    topics: [],
    messages: {
      missing: 'There is no file {path}. Say where that code is now, or take the reference out.',
      moved: 'There is no file {path}; the only one of that name is {to}. Point there.',
      pastEnd: '{path} has {lines} lines, so line {line} is behind its end. Say where that code is now.',
    },
  },
  options: z.strictObject({}),
  checklist: {
    check(ctx) {
      const { items, locations } = ctx.judged.document;
      for (const item of items) {
        if (item.status === 'dropped') continue;
        for (const reference of item.references) check(reference, item, ctx);
      }
      for (const { reference } of locations) check(reference, undefined, ctx);
    },
  },
  fixes: {
    moved: [{ title: 'Point to {to}', safety: 'safe', edits: pointToFile }],
  },
});
