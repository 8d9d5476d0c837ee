/** Where a line goes that is to stand in front of an instruction: above the comment that is about it. */
export function aboveInstruction(text: string, start: number): number {
  const comment = /(?:^|\n)((?:[ \t]*#[^\n]*\n)+)[ \t]*$/.exec(text.slice(0, start))?.[1] ?? '';
  return comment === '' ? start : text.lastIndexOf('\n', start - 1) + 1 - comment.length;
}

/** Where a line goes that is to stand behind an instruction: blanks that end it stay there. */
export function belowInstruction(text: string, end: number): number {
  return end + (/^[ \t]*(?=\r?\n|$)/.exec(text.slice(end))?.[0].length ?? 0);
}
