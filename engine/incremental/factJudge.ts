import type { Span } from '../api/finding.ts';
import type { FileNames, TypeDeclaration } from '../api/names.ts';
import type { FactContext } from '../api/rule.ts';
import { allFacts, type Entry, factsByFunction, foldScope } from '../flow/factScope.ts';
import { declaredName, declaredType, findDeclaration, scopedResolve } from '../flow/lookup.ts';
import { ts } from '../ts.ts';
import type { SourceRun } from './analyzeSource.ts';
import { spanOf } from './place.ts';
import type { RawFinding } from './rawFinding.ts';
import type { RuleContexts } from './ruleContexts.ts';
import type { FactCheck } from './ruleSet.ts';

/** Something outside of its top unit that a judgement rests on. */
type Premise =
  /** A top-level statement that was read. */
  | { readonly statement: ts.Node }
  /** What a name of the file's top level led to: it has to lead there still. */
  | { readonly name: string; readonly declaration: ts.Declaration }
  | { readonly type: string; readonly declaration: TypeDeclaration | undefined };

/** A place that follows the unit it is in when text before that changes. */
interface Place {
  readonly unit: ts.Node;
  readonly span: Span;
}

interface Finding {
  readonly rule: string;
  readonly messageId: string;
  readonly data: RawFinding['data'];
  readonly place: Place;
  readonly related: readonly { readonly place: Place; readonly label: string }[];
}

/** What one rule's facts of one top unit came to. */
interface Judgement {
  readonly premises: readonly Premise[];
  readonly findings: readonly Finding[];
}

/** Judgements by top unit, and there by the place of the rule's check (cache: judgements). */
export type Judgements = WeakMap<ts.Node, Map<number, Judgement>>;

/**
 * Judges the facts of one file one by one, and only those whose top unit, or something a judgement rests on, is new.
 * A top unit is a top-level statement, or a member of a class that is one.
 */
export class FactJudge {
  private readonly run: SourceRun;
  private readonly contexts: RuleContexts;
  private readonly onFailure: (rule: number, error: unknown) => void;
  private statements: ReadonlySet<ts.Node> | undefined;

  constructor(run: SourceRun, contexts: RuleContexts, onFailure: (rule: number, error: unknown) => void) {
    this.run = run;
    this.contexts = contexts;
    this.onFailure = onFailure;
  }

  /** Appends the findings of all facts below `entries`, those of the file, at absolute offsets. */
  judge(entries: readonly Entry[], into: RawFinding[]): void {
    const { fragments } = this.run.cache;
    const told = new Set<string>();
    for (const entry of entries) {
      if (entry.kind !== 'statement') continue;
      const own = fragments.get(entry.node) ?? [];
      if (!ts.isClassDeclaration(entry.node)) {
        this.unit(entry.node, own, told, into);
        continue;
      }
      const ofClass: Entry[] = [];
      for (const inner of own) {
        if (inner.kind === 'statement') this.unit(inner.node, fragments.get(inner.node) ?? [], told, into);
        else ofClass.push(inner);
      }
      this.unit(entry.node, ofClass, told, into);
    }
  }

  private unit(unit: ts.Node, entries: readonly Entry[], told: Set<string>, into: RawFinding[]): void {
    for (const judgement of this.judgements(unit, entries).values()) {
      for (const finding of judgement.findings) {
        const { start, end } = absolute(finding.place);
        const key = `${finding.rule} ${finding.messageId} ${start} ${end}`;
        // Two facts may lead to one place.
        if (told.has(key)) continue;
        told.add(key);
        const related = finding.related.map(({ place, label }) => ({ span: absolute(place), label }));
        into.push({ rule: finding.rule, messageId: finding.messageId, data: finding.data, start, end, related });
      }
    }
  }

  /** Those that stand, and anew those that do not: what one rule rests on says nothing about the others. */
  private judgements(unit: ts.Node, entries: readonly Entry[]): ReadonlyMap<number, Judgement> {
    const { judged } = this.run.cache;
    const kept = judged.get(unit);
    if (kept === undefined) {
      const made = this.decide(unit, entries, this.run.rules.factChecks);
      judged.set(unit, made);
      return made;
    }
    let fallen: Set<number> | undefined;
    for (const [slot, { premises }] of kept) {
      for (const premise of premises) {
        if (this.holds(premise)) continue;
        fallen ??= new Set();
        fallen.add(slot);
        break;
      }
    }
    if (fallen === undefined) return kept;
    const slots = fallen;
    const checks = this.run.rules.factChecks.filter(({ slot }) => slots.has(slot));
    for (const [slot, judgement] of this.decide(unit, entries, checks)) kept.set(slot, judgement);
    return kept;
  }

  private holds(premise: Premise): boolean {
    const { file } = this.run;
    if ('name' in premise) return declaredName(file, premise.name) === premise.declaration;
    if ('type' in premise) return declaredType(file, premise.type) === premise.declaration;
    this.statements ??= new Set(file.statements);
    return this.statements.has(premise.statement);
  }

  private decide(unit: ts.Node, entries: readonly Entry[], checks: readonly FactCheck[]): Map<number, Judgement> {
    const made = new Map<number, Judgement>();
    if (entries.length === 0) return made;
    const folded = foldScope(this.run.file, entries, this.run.cache.fragments, this.run.cache.folds);
    for (const { rule, slot, each, eachFunction } of checks) {
      if (!folded.slots.has(slot)) continue;
      const premises = new Premises(this.run.file, unit);
      const findings: Finding[] = [];
      const context = this.context(rule, this.surroundings(premises), findings, unit);
      try {
        if (each !== undefined) for (const fact of allFacts(folded, slot)) each(fact, context);
        if (eachFunction !== undefined) for (const facts of factsByFunction(folded, slot)) eachFunction(facts, context);
      } catch (error) {
        this.onFailure(rule, error);
      }
      made.set(slot, { premises: premises.all, findings });
    }
    return made;
  }

  private surroundings(premises: Premises): Surroundings {
    const { header } = this.run;
    const lookup = (identifier: ts.Identifier) => premises.lookup(identifier);
    return {
      header: { ...header, resolve: scopedResolve(this.run.file, header, lookup) },
      lookup,
      lookupType: (name) => premises.lookupType(name.text),
      relyOn: (node) => premises.relyOn(node),
    };
  }

  private context(
    rule: number,
    surroundings: Surroundings,
    findings: Finding[],
    unit: ts.Node,
  ): FactContext<string, unknown> {
    const { path, options, providers } = this.contexts.of(rule);
    const id = this.run.rules.rules[rule]?.rule.id ?? '';
    const placeOf = (at: ts.Node | Span): Place => {
      // By its place: in broken code a reused node may still name the parents it had before.
      const isInside = !('kind' in at) || (at.pos >= unit.pos && at.end <= unit.end);
      const home = isInside ? unit : topUnit(at);
      return { unit: home, span: spanOf(at, this.run.file, home.pos) };
    };
    return {
      path,
      options,
      providers,
      ...surroundings,
      report: (at, messageId, data = {}, { related = [] } = {}) => {
        const others = related.map(({ at: other, label }) => ({ place: placeOf(other), label }));
        findings.push({ rule: id, messageId, data, place: placeOf(at), related: others });
      },
    };
  }
}

type Surroundings = Pick<FactContext<string, unknown>, 'header' | keyof FileNames>;

/** What the judgement of one top unit rests on besides the unit, its own names included. */
class Premises {
  readonly all: Premise[] = [];
  private readonly file: ts.SourceFile;
  private readonly unit: ts.Node;
  private readonly seen = new Set<ts.Node>();
  private readonly types = new Set<string>();
  private readonly statements = new Set<ts.Node>();

  constructor(file: ts.SourceFile, unit: ts.Node) {
    this.file = file;
    this.unit = unit;
  }

  lookup(identifier: ts.Identifier): ts.Declaration | undefined {
    const declaration = findDeclaration(identifier, this.file);
    // What the file does not declare is in the header, whose fingerprint keys everything.
    if (declaration === undefined || this.seen.has(declaration)) return declaration;
    this.seen.add(declaration);
    if (topUnit(declaration) === this.unit) return declaration;
    this.relyOn(declaration);
    const name = identifier.text;
    if (declaredName(this.file, name) === declaration) this.all.push({ name, declaration });
    return declaration;
  }

  lookupType(type: string): TypeDeclaration | undefined {
    const declaration = declaredType(this.file, type);
    if (this.types.has(type)) return declaration;
    this.types.add(type);
    this.all.push({ type, declaration });
    if (declaration !== undefined) this.relyOn(declaration);
    return declaration;
  }

  relyOn(node: ts.Node): void {
    const statement = topStatement(node);
    if (this.statements.has(statement)) return;
    this.statements.add(statement);
    this.all.push({ statement });
  }
}

function absolute({ unit, span }: Place): Span {
  return { start: unit.pos + span.start, end: unit.pos + span.end };
}

/** The top-level statement a node is in. */
function topStatement(node: ts.Node): ts.Node {
  let at = node;
  while (at.parent !== undefined && !ts.isSourceFile(at.parent)) at = at.parent;
  return at;
}

/** The top-level statement or, in a class declaration that is one, the member a node is in. */
function topUnit(node: ts.Node): ts.Node {
  let at = node;
  let below = node;
  while (at.parent !== undefined && !ts.isSourceFile(at.parent)) {
    below = at;
    at = at.parent;
  }
  return ts.isClassDeclaration(at) && ts.isClassElement(below) ? below : at;
}
