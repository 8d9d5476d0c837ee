import type { Span } from '../api/finding.ts';
import type { DockerArgumentPart, DockerInstruction } from './types.ts';

/**
 * Where `argument.slice(from, to)` of an instruction is written in the document, continued lines and the comments
 * between them included.
 */
export function spanInArgument(instruction: Pick<DockerInstruction, 'argumentParts'>, from: number, to: number): Span {
  const start = sourceOffset(instruction.argumentParts, from);
  // The end belongs to the last character, not to the line that follows it.
  return { start, end: to > from ? sourceOffset(instruction.argumentParts, to - 1) + 1 : start };
}

function sourceOffset(parts: readonly DockerArgumentPart[], index: number): number {
  let low = 0;
  let high = parts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((parts[middle]?.at ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  const part = parts[low];
  return part === undefined ? 0 : part.offset + index - part.at;
}
