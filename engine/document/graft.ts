import { ts } from '../ts.ts';

/** Fewer members are not worth the while. */
const WORTH_IT = 4;

/** What a token may be told apart by stands in the one behind it: members right before an edit are left to the compiler. */
const LOOKAHEAD = 2;

type Member = ts.ObjectLiteralElementLike;

/** Members of an object literal that an edit leaves alone, in the order of the source. */
interface Untouched {
  readonly before: readonly Member[];
  readonly behind: readonly Member[];
}

/** Object literals that an edit falls into. */
export class Graft {
  private readonly literals = new Map<number, Untouched>();
  private readonly start: number;
  private readonly end: number;

  /** For an edit of the text from `start` to `end`. */
  constructor(start: number, end: number) {
    this.start = start;
    this.end = end;
  }

  /** Takes a node of the old tree that the edit falls into, before anything is moved. */
  remember(node: ts.Node): void {
    if (!ts.isObjectLiteralExpression(node) || node.properties.length < WORTH_IT) return;
    const { properties } = node;
    const first = properties.findIndex(({ end }) => end >= this.start);
    const before = properties.slice(0, Math.max(0, (first < 0 ? properties.length : first) - LOOKAHEAD));
    const behind = properties.filter(({ pos }) => pos > this.end);
    // It begins before the edit, and so it does afterwards.
    this.literals.set(node.pos, { before, behind });
  }

  /**
   * Gives object literals of the new tree back the members that the edit left alone. The compiler keeps statements and
   * members of classes, but makes members of object literals anew, and with them goes everything that is known about them.
   */
  into(file: ts.SourceFile): void {
    if (this.literals.size === 0) return;
    const { parseDiagnostics } = file as unknown as { readonly parseDiagnostics: readonly ts.Diagnostic[] };
    const faults = parseDiagnostics.map(({ start = 0 }) => start);
    const visit = (node: ts.Node): void => {
      if (node.pos > this.start || node.end < this.start) return;
      const untouched = ts.isObjectLiteralExpression(node) ? this.literals.get(node.pos) : undefined;
      if (untouched !== undefined) giveBack(node as ts.ObjectLiteralExpression, untouched, faults);
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
}

function giveBack(literal: ts.ObjectLiteralExpression, { before, behind }: Untouched, faults: readonly number[]): void {
  const members = literal.properties as unknown as Member[];
  const replace = (place: number, kept: Member): boolean => {
    const made = members[place];
    if (made === undefined || !isSame(kept, made, faults)) return false;
    members[place] = kept;
    (kept as { parent: ts.Node }).parent = literal;
    adopt(kept);
    return true;
  };
  for (let at = 0; at < before.length; at++) if (!replace(at, before[at] as Member)) break;
  const shift = members.length - behind.length;
  for (let at = behind.length - 1; at >= 0; at--) if (!replace(at + shift, behind[at] as Member)) break;
}

/** Whether a member of the old tree, moved along by now, is what the compiler would make of the new text. */
function isSame(kept: Member, made: Member, faults: readonly number[]): boolean {
  return (
    kept.kind === made.kind &&
    kept.pos === made.pos &&
    kept.end === made.end &&
    ((kept.flags ^ made.flags) & ts.NodeFlags.ContextFlags) === 0 &&
    !faults.some((fault) => fault >= made.pos && fault <= made.end)
  );
}

/** The compiler has put what it could reuse of an old member into the new one, as a whole each: it belongs back. */
function adopt(node: ts.Node): void {
  ts.forEachChild(node, (child) => {
    if (child.parent === node) adopt(child);
    else (child as { parent: ts.Node }).parent = node;
  });
}
