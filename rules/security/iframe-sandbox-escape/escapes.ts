import { type Span, ts } from '#api';
import type { Lookup } from '../../_shared/sourceView.ts';
import { changedFrame, exclusive, frameKey, functionAround } from './frames.ts';
import { attributesInString, wholeString } from './markup.ts';
import { type Sink, sinkOf } from './sinks.ts';
import { hostOfValue, mayBeData, sourceBeside } from './sources.ts';
import { type Token, tokensOf } from './tokens.ts';

/** Lets a frame run code. */
export const scripts = 'allow-scripts';
/** Lets a frame keep its origin: together with scripts it may take its sandbox off. */
export const sameOrigin = 'allow-same-origin';

/** One frame that is given both tokens. */
export interface Escape {
  /** Where it is reported. */
  readonly span: Span;
  /** All tokens that are known of the frame, wherever they are written. */
  readonly tokens: readonly Token[];
  /** Where the other token was given, when that was another statement. */
  readonly earlier: ts.Node | undefined;
  /** The host of a constant absolute URL that the frame shows: not the application's own, as far as one can tell. */
  readonly host: string | undefined;
}

type SourceSink = Extract<Sink, { kind: 'source' }>;
type ChangeSink = Extract<Sink, { kind: 'change' }>;

function has(tokens: readonly Pick<Token, 'value'>[], value: string): boolean {
  return tokens.some((token) => token.value === value);
}

/** Whether a list of tokens lets a frame take its own sandbox off. */
export function hasBoth(tokens: readonly Pick<Token, 'value'>[]): boolean {
  return has(tokens, scripts) && has(tokens, sameOrigin);
}

/**
 * Lists of every token there is: what a validator knows, not what a frame is given. One frame never has both ways of
 * top navigation, because the first includes the second.
 */
export function isVocabulary(tokens: readonly Pick<Token, 'value'>[]): boolean {
  return has(tokens, 'allow-top-navigation') && has(tokens, 'allow-top-navigation-by-user-activation');
}

/** `directives: { sandbox: [...] }` is a header about the page itself, not about a frame in it. */
export function isContentSecurityPolicy(property: ts.Node): boolean {
  const holder = ts.isObjectLiteralExpression(property.parent) ? property.parent.parent : undefined;
  const name =
    holder && (ts.isPropertyAssignment(holder) || ts.isVariableDeclaration(holder)) ? holder.name : undefined;
  return name !== undefined && /directives|csp|content-?security-?policy/i.test(name.getText());
}

function spanOf(node: ts.Node): Span {
  return { start: node.getStart(), end: node.end };
}

/** What is known of one frame's tokens while its function is read from top to bottom. */
interface Given {
  readonly token: Token;
  readonly by: ChangeSink;
}

function afterChange(given: readonly Given[], sink: ChangeSink, lookup: Lookup): readonly Given[] {
  const values = sink.values.map((value) => tokensOf(value, lookup));
  const tokens = values.flat();
  const kept = (gone: readonly Token[]): readonly Given[] => given.filter(({ token }) => !has(gone, token.value));
  const put = (added: readonly Token[]): readonly Given[] => added.map((token) => ({ token, by: sink }));
  if (sink.change === 'set') return put(tokens);
  if (sink.change === 'add') return [...given, ...put(tokens)];
  if (sink.change === 'replace') return [...kept(values[0] ?? []), ...put(values[1] ?? [])];
  // What an unknown list removes is unknown as well.
  return tokens.length === 0 ? [] : kept(tokens);
}

/** The two grants of a frame that one run of the function can both reach. */
function conflict(given: readonly Given[], last: ChangeSink): readonly [Given, Given] | undefined {
  for (const first of given.filter(({ token }) => token.value === scripts)) {
    for (const second of given.filter(({ token }) => token.value === sameOrigin)) {
      if (first.by !== last && second.by !== last) continue;
      if (first.by === second.by || !(exclusive(first.by.at, second.by.at) || exclusive(second.by.at, first.by.at))) {
        return [first, second];
      }
    }
  }
  return undefined;
}

/** Whether a later statement, in whatever function, takes one of the two away again. */
function isUndone(sink: ChangeSink, sameFrame: readonly ChangeSink[], lookup: Lookup): boolean {
  return sameFrame.some((later) => {
    if (later.at.pos <= sink.at.pos) return false;
    const tokens = later.values.flatMap((value) => tokensOf(value, lookup));
    if (later.change === 'set') return !hasBoth(tokens);
    const taken = later.change === 'replace' && later.values[0] ? tokensOf(later.values[0], lookup) : tokens;
    return later.change !== 'add' && (taken.length === 0 || has(taken, scripts) || has(taken, sameOrigin));
  });
}

/** The host that a frame shows whenever it gets a source; `undefined` when one of them is not foreign. */
function hostOfFrame(sources: readonly SourceSink[], lookup: Lookup): string | undefined {
  const hosts = sources.map(({ value }) => hostOfValue(value, lookup));
  return hosts.every((host) => host !== undefined) ? hosts[0] : undefined;
}

function escapesOfFrame(sinks: readonly ChangeSink[], host: string | undefined, lookup: Lookup): readonly Escape[] {
  const byFunction = new Map<ts.Node | undefined, readonly Given[]>();
  const escapes: Escape[] = [];
  for (const sink of sinks) {
    const owner = functionAround(sink.at);
    const given = afterChange(byFunction.get(owner) ?? [], sink, lookup);
    byFunction.set(owner, given);
    const pair = conflict(given, sink);
    if (!pair || isUndone(sink, sinks, lookup)) continue;
    const earlier = pair.find(({ by }) => by !== sink)?.by.at;
    escapes.push({ span: spanOf(sink.at), tokens: given.map(({ token }) => token), earlier, host });
  }
  return escapes;
}

/** All frames of a file that are given both tokens, in source order. */
export function escapesOf(sinks: Iterable<Sink>, lookup: Lookup): readonly Escape[] {
  const escapes: Escape[] = [];
  const changes = new Map<string, ChangeSink[]>();
  const sources = new Map<string, SourceSink[]>();
  const strings = new Set<ts.Node>();
  const ordered = [...sinks].sort((a, b) => placeOf(a).pos - placeOf(b).pos);
  for (const sink of ordered) {
    if (sink.kind === 'value') {
      const tokens = tokensOf(sink.value, lookup);
      if (!hasBoth(tokens) || isVocabulary(tokens) || isContentSecurityPolicy(sink.at)) continue;
      const source = sourceBeside(sink.at);
      if (source !== undefined && mayBeData(source, lookup)) continue;
      const host = source && hostOfValue(source, lookup);
      escapes.push({ span: spanOf(sink.at), tokens, earlier: undefined, host });
    } else if (sink.kind === 'markup') {
      const whole = wholeString(sink.literal);
      if (strings.has(whole)) continue;
      strings.add(whole);
      for (const { span, tokens, host, isOpaque } of attributesInString(whole, lookup)) {
        if (hasBoth(tokens) && !isOpaque) escapes.push({ span, tokens, earlier: undefined, host });
      }
    } else if (sink.kind === 'source') {
      const frame = frameKey(sink.frame, lookup);
      sources.set(frame, [...(sources.get(frame) ?? []), sink]);
    } else {
      const frame = changedFrame(sink, lookup);
      if (frame !== undefined) changes.set(frame, [...(changes.get(frame) ?? []), sink]);
    }
  }
  for (const [frame, sameFrame] of changes) {
    const shown = sources.get(frame) ?? [];
    if (shown.length > 0 && shown.every(({ value }) => mayBeData(value, lookup))) continue;
    const host = hostOfFrame(shown, lookup);
    escapes.push(...escapesOfFrame(sameFrame, host, lookup));
  }
  return escapes.sort((a, b) => a.span.start - b.span.start);
}

/** What a place is ordered by. */
export function placeOf(sink: Sink): ts.Node {
  return sink.kind === 'markup' ? sink.literal : sink.at;
}

/** All places of a file that say something about a frame's sandbox. */
export function sinksIn(file: ts.SourceFile): readonly Sink[] {
  const found: Sink[] = [];
  const visit = (node: ts.Node): void => {
    const sink = sinkOf(node);
    if (sink) found.push(sink);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
