import { ts } from '../ts.ts';
import { Graft } from './graft.ts';

/** Nodes and node lists, as far as their place in the text goes. */
interface Place {
  pos: number;
  end: number;
}

/** Everything in a statement that has a place (cache: places). A statement that an edit touches is a new node. */
const placesOf = new WeakMap<ts.Node, readonly Place[]>();

/** Shorter lists are left to the parser. */
const WORTH_IT = 4;

/**
 * `ts.updateSourceFile`, with less work for what stands behind the change, and with members of object literals kept alive.
 * The compiler walks all of what stands behind to move it along; here, list elements entirely behind the change are moved by
 * going through remembered flat lists, and hidden from the compiler while it walks. The tree is the same.
 *
 * As with `ts.updateSourceFile`, the old tree becomes part of the new one and must not be used any more. Children made by
 * `node.getChildren()` are not moved: nothing in the engine or in a rule may use them.
 */
export function reparse(old: ts.SourceFile, text: string, range: ts.TextChangeRange): ts.SourceFile {
  const delta = range.newLength - range.span.length;
  const changeEnd = range.span.start + range.span.length;
  const graft = new Graft(range.span.start, changeEnd);
  moveTail(old, changeEnd, delta, graft);
  const file = ts.updateSourceFile(old, text, range);
  graft.into(file);
  return file;
}

function moveTail(file: ts.SourceFile, changeEnd: number, delta: number, graft: Graft): void {
  const visitNode = (node: ts.Node): void => {
    if (node.pos > changeEnd || node.end < changeEnd) return;
    graft.remember(node);
    ts.forEachChild(node, visitNode, visitList);
  };
  const visitList = (list: ts.NodeArray<ts.Node>): void => {
    if (list.pos > changeEnd || list.end < changeEnd) return;
    if (list.length < WORTH_IT) {
      for (const node of list) visitNode(node);
      return;
    }
    const tail = firstBehind(list, changeEnd);
    const head = list.slice(0, tail);
    if (delta !== 0) {
      for (let index = tail; index < list.length; index++) move(list[index] as ts.Node, delta);
      // The compiler iterates over the list to move and looks up by index to reuse. The list itself never outlives the
      // update: nodes around a change are made anew.
      Object.defineProperty(list, Symbol.iterator, { value: () => head[Symbol.iterator]() });
    }
    for (const node of head) visitNode(node);
  };
  ts.forEachChild(file, visitNode, visitList);
}

/** Index of the first element that starts behind an offset. */
function firstBehind(list: ts.NodeArray<ts.Node>, offset: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] as ts.Node).pos > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

function move(node: ts.Node, delta: number): void {
  for (const place of places(node)) {
    place.pos += delta;
    place.end += delta;
  }
}

function places(node: ts.Node): readonly Place[] {
  const known = placesOf.get(node);
  if (known !== undefined) return known;
  const found: Place[] = [];
  const visitNode = (child: ts.Node): void => {
    found.push(child as unknown as Place);
    ts.forEachChild(child, visitNode, visitList);
    for (const doc of (child as { readonly jsDoc?: readonly ts.Node[] }).jsDoc ?? []) visitNode(doc);
  };
  const visitList = (list: ts.NodeArray<ts.Node>): void => {
    found.push(list as unknown as Place);
    for (const child of list) visitNode(child);
  };
  visitNode(node);
  placesOf.set(node, found);
  return found;
}
