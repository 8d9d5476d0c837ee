import { type Anchor, facet, ts, unwrap } from '#api';
import type { SourceView } from '../../_shared/sourceView.ts';
import { isContentSecurityPolicy, placeOf } from './escapes.ts';
import { changedFrame, exclusive, frameKey, functionAround } from './frames.ts';
import { type Sink, sandboxName, sinkOf } from './sinks.ts';
import { hostOfValue, mayBeData, sourceBeside } from './sources.ts';
import { importsOf, tokensOf } from './tokens.ts';

/** One thing that a frame is given: a token, or a list under an imported name. */
export type Given = { readonly isLast: boolean } & (
  | { readonly token: string }
  | { readonly module: string; readonly name: string }
);

/** Where a frame gets tokens of which some stand in other files. */
export interface OpenFrame {
  readonly at: Anchor;
  /** All that one run of the function gives it up to here; `isLast` is what it is given here. */
  readonly given: readonly Given[];
  /** The host of what it shows, when that is another one. */
  readonly host?: string;
}

/** Tokens that stand under a constant at the top of a file. */
export interface TokenList {
  readonly at: Anchor;
  readonly tokens: readonly string[];
}

/** What a file says about frames that another one finishes. */
export interface FileLists {
  readonly frames: readonly OpenFrame[];
  /** By name, `SANDBOX.preview` for a member of an object; the default export is the empty name. */
  readonly lists: Readonly<Record<string, TokenList>>;
}

type Fact =
  | Exclude<Sink, { kind: 'markup' }>
  | { readonly kind: 'list'; readonly name: string; readonly value: ts.Node };
type ChangeSink = Extract<Sink, { kind: 'change' }>;
type SourceSink = Extract<Sink, { kind: 'source' }>;

const collectSink = (node: ts.Node): Fact | undefined => {
  const sink = sinkOf(node);
  return sink?.kind === 'markup' ? undefined : sink;
};

/** Lists of sandbox tokens, and frames that get theirs from other files. */
export const listsFacet = facet<Fact, FileLists>({
  name: 'security/sandboxLists',
  skipsTests: true,
  collect: {
    CallExpression: { named: /^(?:setAttribute|attr|prop|add|remove|replace)$/, listen: collectSink },
    BinaryExpression: { named: /^(?:sandbox|value|src) \+?=$/, listen: collectSink },
    JsxAttribute: collectSink,
    PropertyAssignment: { named: sandboxName, listen: collectSink },
    VariableStatement({ declarationList }): readonly Fact[] | undefined {
      if ((declarationList.flags & ts.NodeFlags.Const) === 0) return undefined;
      let found: readonly Fact[] | undefined;
      for (const { name, initializer } of declarationList.declarations) {
        if (initializer === undefined || !ts.isIdentifier(name)) continue;
        const lists = listsIn(name.text, initializer);
        if (lists.length > 0) found = found === undefined ? lists : [...found, ...lists];
      }
      return found;
    },
    ExportAssignment: ({ expression }): readonly Fact[] => listsIn('', expression),
  },
  fold(scope, ctx) {
    const facts = [...scope.all()].sort((a, b) => placeOfFact(a).pos - placeOfFact(b).pos);
    const lists: Record<string, TokenList> = {};
    for (const fact of facts) {
      if (fact.kind !== 'list' || functionAround(fact.value) !== undefined) continue;
      const tokens = tokensOf(fact.value, ctx.lookup).map(({ value }) => value);
      if (tokens.length > 0) lists[fact.name] = { at: ctx.at(fact.value), tokens };
    }
    const frames = openFrames(
      facts.flatMap((fact) => (fact.kind === 'list' ? [] : [fact])),
      ctx,
    ).map(({ at, ...frame }) => ({ ...frame, at: ctx.at(at) }));
    return frames.length === 0 && Object.keys(lists).length === 0 ? undefined : { frames, lists };
  },
});

function placeOfFact(fact: Fact): ts.Node {
  return fact.kind === 'list' ? fact.value : placeOf(fact);
}

const NO_FACTS: readonly Fact[] = [];

/** A list or text that begins with a token, or an object that holds such. */
function listsIn(name: string, value: ts.Node): readonly Fact[] {
  const node = unwrap(value);
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.flatMap((property) =>
      ts.isPropertyAssignment(property) && isList(unwrap(property.initializer))
        ? [{ kind: 'list', name: `${name}.${property.name.getText()}`, value: property.initializer }]
        : [],
    );
  }
  return isList(node) ? [{ kind: 'list', name, value }] : NO_FACTS;
}

function isList(node: ts.Node): boolean {
  if (ts.isArrayLiteralExpression(node)) return node.elements[0] !== undefined && isList(node.elements[0]);
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression))
    return isList(node.expression.expression);
  return ts.isStringLiteralLike(node) && /^\s*allow-/i.test(node.text);
}

/** A frame whose tokens are not all told here, with its place. */
type Candidate = Omit<OpenFrame, 'at'> & { readonly at: ts.Node };

/** In source order. */
function openFrames(sinks: readonly Exclude<Sink, { kind: 'markup' }>[], view: SourceView): readonly Candidate[] {
  const found: Candidate[] = [];
  const changes = new Map<string, ChangeSink[]>();
  const sources = new Map<string, SourceSink[]>();
  for (const sink of sinks) {
    if (sink.kind === 'value') {
      const given = givenBy([sink.value], view).map((part) => ({ ...part, isLast: true }));
      const source = sourceBeside(sink.at);
      const isPage = source !== undefined && mayBeData(source, view.lookup);
      if (!given.some(isImported) || isPage || isContentSecurityPolicy(sink.at)) continue;
      const host = source && hostOfValue(source, view.lookup);
      found.push({ at: sink.at, given, ...(host !== undefined && { host }) });
    } else if (sink.kind === 'source') {
      const frame = frameKey(sink.frame, view.lookup);
      sources.set(frame, [...(sources.get(frame) ?? []), sink]);
    } else {
      const frame = changedFrame(sink, view.lookup);
      if (frame !== undefined) changes.set(frame, [...(changes.get(frame) ?? []), sink]);
    }
  }
  for (const [frame, sameFrame] of changes) {
    const shown = sources.get(frame) ?? [];
    if (shown.length > 0 && shown.every(({ value }) => mayBeData(value, view.lookup))) continue;
    const hosts = shown.map(({ value }) => hostOfValue(value, view.lookup));
    const host = hosts.every((one) => one !== undefined) ? hosts[0] : undefined;
    for (const candidate of changedFrames(sameFrame, view)) {
      found.push({ ...candidate, ...(host !== undefined && { host }) });
    }
  }
  return found.sort((a, b) => a.at.pos - b.at.pos);
}

/** One frame from top to bottom. What is taken from it anywhere further down may be what a list brought. */
function changedFrames(sinks: readonly ChangeSink[], view: SourceView): readonly Candidate[] {
  return sinks.flatMap((sink, index) => {
    if (!adds(sink) || sinks.slice(index + 1).some((later) => !adds(later) || later.change === 'set')) return [];
    const before = sink.change === 'set' ? [] : sinks.slice(0, index);
    const reached = before.filter(
      ({ at }) => functionAround(at) === functionAround(sink.at) && !exclusive(at, sink.at) && !exclusive(sink.at, at),
    );
    if (!reached.every(adds)) return [];
    const from = reached.findLastIndex(({ change }) => change === 'set');
    const given = [...reached.slice(Math.max(from, 0)), sink].flatMap((one) =>
      givenBy(one.values, view).map((part) => ({ ...part, isLast: one === sink })),
    );
    return given.some(isImported) ? [{ at: sink.at, given }] : [];
  });
}

/** `sandbox = ''` and `removeAttribute` set nothing. */
function adds({ change, values }: ChangeSink): boolean {
  return change === 'add' || (change === 'set' && values.length > 0);
}

type Part = { readonly token: string } | { readonly module: string; readonly name: string };

function isImported(part: Part): boolean {
  return 'module' in part;
}

function givenBy(values: readonly ts.Node[], view: SourceView): readonly Part[] {
  const tokens = values.flatMap((value) => tokensOf(value, view.lookup)).map(({ value }) => ({ token: value }));
  const imports = values.flatMap((value) => importsOf(value, view));
  return [
    ...tokens,
    ...imports.map((reference) => {
      const [module = '', name = ''] = reference.split('#');
      return { module, name };
    }),
  ];
}
