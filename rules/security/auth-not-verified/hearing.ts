import type { FunctionNode, ts } from '#api';
import type { FileView } from '../../_shared/sourceView.ts';

/** A file, and the places in it that may read what a client shows or says, by their names. */
export interface Hearing extends FileView {
  readonly reads: readonly ts.Node[];
}

/** Those of the places that are in a node. */
export function readsIn({ pos, end }: ts.Node, { reads }: Hearing): readonly ts.Node[] {
  return reads.filter((read) => read.pos >= pos && read.end <= end);
}

/** Whether a function may read any of it at all: most do not, and then nobody has to read them. */
export function mayHear(fn: FunctionNode, hearing: Hearing): boolean {
  return readsIn(fn, hearing).length > 0;
}
