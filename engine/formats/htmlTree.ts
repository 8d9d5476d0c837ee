import type { Span } from '../api/finding.ts';
import { MAX_DEPTH, type ProblemList } from './limits.ts';
import type { HtmlAttribute, HtmlElement } from './types.ts';

interface Building {
  readonly span: Span;
  outerSpan: Span;
  readonly name: string;
  readonly attributes: readonly HtmlAttribute[];
  readonly children: Building[];
  text: string;
}

const names = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const VOID = names(
  'area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr',
);

const CLOSES_P = names(
  'address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre search section summary table ul',
);

/** Elements whose end tag may be left out: what a start tag ends, and where the search for it stops. */
const ENDS: ReadonlyMap<string, { readonly open: ReadonlySet<string>; readonly within: ReadonlySet<string> }> = new Map(
  Object.entries({
    li: { open: names('li'), within: names('ul ol menu') },
    dt: { open: names('dt dd'), within: names('dl') },
    dd: { open: names('dt dd'), within: names('dl') },
    option: { open: names('option'), within: names('select datalist optgroup') },
    optgroup: { open: names('option optgroup'), within: names('select') },
    tr: { open: names('tr td th'), within: names('table thead tbody tfoot') },
    td: { open: names('td th'), within: names('tr') },
    th: { open: names('td th'), within: names('tr') },
    tbody: { open: names('thead tbody tfoot tr td th'), within: names('table') },
    thead: { open: names('thead tbody tfoot tr td th'), within: names('table') },
    tfoot: { open: names('thead tbody tfoot tr td th'), within: names('table') },
    rt: { open: names('rt rp'), within: names('ruby') },
    rp: { open: names('rt rp'), within: names('ruby') },
    body: { open: names('head'), within: names('html') },
  }),
);
const P_ENDS = { open: names('p'), within: names('button td th caption object template body html') };

/** In these, HTML's own content begins again. */
const INTEGRATION = names('foreignobject desc title annotation-xml mi mo mn ms mtext');

/** Nests the tags of a document by their names, with the end tags that HTML lets authors leave out. */
export class HtmlTree {
  readonly #problems: ProblemList;
  readonly #roots: Building[] = [];
  readonly #stack: Building[] = [];
  /** For each open element, whether its content is SVG or MathML. */
  readonly #foreign: boolean[] = [];
  /** How many elements of a name are open, so that the stack is searched only when there is something to find. */
  readonly #open = new Map<string, number>();
  #tooDeep = false;

  constructor(problems: ProblemList) {
    this.#problems = problems;
  }

  /** Whether the innermost open element is SVG or MathML. */
  get inForeign(): boolean {
    return this.#foreign.at(-1) ?? false;
  }

  /** Takes a start tag; answers whether it stands in SVG or MathML. */
  open(name: string, span: Span, attributes: readonly HtmlAttribute[], selfClosing: boolean): boolean {
    const foreign = this.inForeign;
    if (!foreign) {
      const ends = ENDS.get(name);
      if (ends !== undefined) this.#end(ends, span.start);
      if (CLOSES_P.has(name)) this.#end(P_ENDS, span.start);
    }
    const element: Building = { span, outerSpan: span, name, attributes, children: [], text: '' };
    (this.#stack.at(-1)?.children ?? this.#roots).push(element);
    // Components of template languages close themselves as XML does.
    const closed =
      VOID.has(name) || (selfClosing && (foreign || name === 'svg' || name === 'math' || name.includes('-')));
    if (closed) return foreign;
    if (this.#stack.length >= MAX_DEPTH) {
      if (!this.#tooDeep) {
        const message = `Nested more than ${MAX_DEPTH} levels deep; elements further in are listed side by side.`;
        this.#problems.add(span.start, span.end, message);
      }
      this.#tooDeep = true;
      return foreign;
    }
    this.#stack.push(element);
    this.#open.set(name, (this.#open.get(name) ?? 0) + 1);
    this.#foreign.push(name === 'svg' || name === 'math' || (foreign && !INTEGRATION.has(name)));
    return foreign;
  }

  close(name: string, span: Span): void {
    if (!this.#isOpen(name)) return;
    for (let index = this.#stack.length - 1; index >= 0; index--) {
      const element = this.#stack[index];
      if (element?.name !== name) continue;
      this.#cut(index, span.start);
      element.outerSpan = { start: element.span.start, end: span.end };
      return;
    }
  }

  #isOpen(name: string): boolean {
    return (this.#open.get(name) ?? 0) > 0;
  }

  characters(text: string): void {
    const top = this.#stack.at(-1);
    if (top !== undefined) top.text += text;
  }

  finish(end: number): readonly HtmlElement[] {
    this.#cut(0, end);
    return this.#roots;
  }

  #end(
    { open, within }: { readonly open: ReadonlySet<string>; readonly within: ReadonlySet<string> },
    at: number,
  ): void {
    if (![...open].some((name) => this.#isOpen(name))) return;
    let outermost = -1;
    for (let index = this.#stack.length - 1; index >= 0; index--) {
      const name = this.#stack[index]?.name ?? '';
      if (within.has(name)) break;
      if (open.has(name)) outermost = index;
    }
    if (outermost >= 0) this.#cut(outermost, at);
  }

  /** Ends the elements from a level of the stack on at an offset. */
  #cut(level: number, at: number): void {
    while (this.#stack.length > level) {
      const element = this.#stack.pop();
      this.#foreign.pop();
      if (element === undefined) return;
      this.#open.set(element.name, (this.#open.get(element.name) ?? 1) - 1);
      element.outerSpan = { start: element.span.start, end: Math.max(element.span.end, at) };
    }
  }
}
