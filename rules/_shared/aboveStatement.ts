import { ts } from '#api';
import { startsLine } from './layout.ts';

/** Comments that speak of the file or to a tool, and stay where they are: above what is added. */
const FOR_FILE =
  /^\/\/\/\s*<|@ts-(?:no)?check|@license|@preserve|@file|@fileoverview|@overview|@module|@packageDocumentation|@jsx|@jest-environment|@vitest-environment|\bcopyright\b|\bSPDX-|\beslint(?:-disable|-enable|-env)?\s|\bbiome-ignore-all\b|\b(?:istanbul|c8|v8) ignore file/i;

/**
 * Where new lines above a statement or member begin: comments that stand right above it are about it and stay with it. Those
 * parted from it by an empty line, and those that speak of the whole file, are not.
 */
export function aboveStatement(text: string, node: ts.Node): number {
  let at = node.getStart();
  if (!startsLine(text, at)) return at;
  for (const { pos, end } of (ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []).toReversed()) {
    const gap = text.slice(end, at);
    const isAbout = (gap.match(/\n/g)?.length ?? 0) <= 1 && startsLine(text, pos);
    if (!isAbout || FOR_FILE.test(text.slice(pos, end))) break;
    at = pos;
  }
  return at;
}
