import type { Span } from '../api/finding.ts';
import type { FileNames } from '../api/names.ts';
import type { FactContext } from '../api/rule.ts';
import { allFacts, type Entry, factsByFunction, foldScope } from '../flow/factScope.ts';
import { scopedResolve } from '../flow/lookup.ts';
import { ts } from '../ts.ts';
import type { SourceRun } from './analyzeSource.ts';
import { spanOf } from './place.ts';
import { type Declarations, type Premise, PremiseSet, Premises, topUnit } from './premises.ts';
import type { RawFinding } from './rawFinding.ts';
import type { RuleContexts } from './ruleContexts.ts';
import type { FactCheck } from './ruleSet.ts';

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

/** What the rules said of one top unit: by the place of a rule's check, and all together. */
interface Judged {
  readonly bySlot: ReadonlyMap<number, Judgement>;
  readonly findings: readonly Finding[];
  /** {@link Premise.key}s, each once. */
  readonly restsOn: readonly Premise['key'][];
}

const NOTHING: ReadonlyMap<number, Judgement> = new Map();

/** Judgements by top unit, and what all of them rest on (cache: judgements). */
export class Judgements {
  readonly units = new WeakMap<ts.Node, Judged>();
  readonly premises = new PremiseSet();
}

/**
 * Judges the facts of one file one by one, and only those whose top unit, or something a judgement rests on, is new.
 * A top unit is a top-level statement, or a member of a class that is one.
 */
export class FactJudge {
  private readonly run: SourceRun;
  private readonly contexts: RuleContexts;
  private readonly onFailure: (rule: number, error: unknown) => void;
  private readonly found: Declarations = new Map();
  /** What kept judgements rest on and is different now, by {@link Premise.key}. */
  private fallen: ReadonlySet<Premise['key']> = new Set();
  /** What is being judged: contexts are made once for each rule, and look here. */
  private current: Current;
  private readonly surroundings: Surroundings;
  private readonly known: FactContext<string, unknown>[] = [];

  constructor(run: SourceRun, contexts: RuleContexts, onFailure: (rule: number, error: unknown) => void) {
    this.run = run;
    this.contexts = contexts;
    this.onFailure = onFailure;
    const { file, header } = run;
    this.current = { unit: file, premises: new Premises(file, file, this.found), findings: [] };
    const lookup = (identifier: ts.Identifier) => this.current.premises.lookup(identifier);
    this.surroundings = {
      header: { ...header, resolve: scopedResolve(file, header, lookup) },
      lookup,
      lookupType: (name) => this.current.premises.lookupType(name.text),
      relyOn: (node) => this.current.premises.relyOn(node),
    };
  }

  /** Appends the findings of all facts below `entries`, those of the file, at absolute offsets. */
  judge(entries: readonly Entry[], into: RawFinding[]): void {
    const told = new Set<string>();
    const { premises } = this.run.cache.judgements;
    const fallen = premises.fallenIn(this.run.file);
    this.fallen = new Set(fallen.map(({ key }) => key));
    for (const entry of entries) {
      if (entry.kind !== 'statement') continue;
      if (!ts.isClassDeclaration(entry.node)) {
        this.unit(entry.node, entry.entries, told, into);
        continue;
      }
      const ofClass: Entry[] = [];
      for (const inner of entry.entries) {
        if (inner.kind === 'statement') this.unit(inner.node, inner.entries, told, into);
        else ofClass.push(inner);
      }
      this.unit(entry.node, ofClass, told, into);
    }
    premises.drop(fallen);
  }

  private unit(unit: ts.Node, entries: readonly Entry[], told: Set<string>, into: RawFinding[]): void {
    for (const finding of this.judged(unit, entries)) {
      const { start, end } = absolute(finding.place);
      const key = `${finding.rule} ${finding.messageId} ${start} ${end}`;
      // Two facts may lead to one place.
      if (told.has(key)) continue;
      told.add(key);
      const related = finding.related.map(({ place, label }) => ({ span: absolute(place), label }));
      into.push({ rule: finding.rule, messageId: finding.messageId, data: finding.data, start, end, related });
    }
  }

  /** Those that stand, and anew those that do not: what one rule rests on says nothing about the others. */
  private judged(unit: ts.Node, entries: readonly Entry[]): readonly Finding[] {
    const kept = this.run.cache.judgements.units.get(unit);
    if (kept === undefined) return this.keep(unit, this.decide(unit, entries, this.run.rules.factChecks));
    if (!this.hasFallen(kept.restsOn)) return kept.findings;
    const checks = this.run.rules.factChecks.filter(({ slot }) =>
      this.hasFallen(kept.bySlot.get(slot)?.premises.map(({ key }) => key) ?? []),
    );
    return this.keep(unit, new Map([...kept.bySlot, ...this.decide(unit, entries, checks)]));
  }

  private hasFallen(keys: readonly Premise['key'][]): boolean {
    return this.fallen.size > 0 && keys.some((key) => this.fallen.has(key));
  }

  private keep(unit: ts.Node, bySlot: ReadonlyMap<number, Judgement>): readonly Finding[] {
    const findings: Finding[] = [];
    const restsOn = new Set<Premise['key']>();
    for (const judgement of bySlot.values()) {
      findings.push(...judgement.findings);
      for (const { key } of judgement.premises) restsOn.add(key);
    }
    this.run.cache.judgements.units.set(unit, { bySlot, findings, restsOn: [...restsOn] });
    return findings;
  }

  private decide(
    unit: ts.Node,
    entries: readonly Entry[],
    checks: readonly FactCheck[],
  ): ReadonlyMap<number, Judgement> {
    if (entries.length === 0) return NOTHING;
    const made = new Map<number, Judgement>();
    const folded = foldScope(this.run.file, entries, this.run.cache.stretches);
    for (const { rule, slot, each, eachFunction } of checks) {
      if (!folded.slots.has(slot)) continue;
      const premises = new Premises(this.run.file, unit, this.found);
      const findings: Finding[] = [];
      this.current = { unit, premises, findings };
      const context = this.contextOf(rule);
      try {
        if (each !== undefined) for (const fact of allFacts(folded, slot)) each(fact, context);
        if (eachFunction !== undefined) for (const facts of factsByFunction(folded, slot)) eachFunction(facts, context);
      } catch (error) {
        this.onFailure(rule, error);
      }
      this.run.cache.judgements.premises.add(premises.all);
      made.set(slot, { premises: premises.all, findings });
    }
    return made;
  }

  private contextOf(rule: number): FactContext<string, unknown> {
    const known = this.known[rule];
    if (known !== undefined) return known;
    const { path, options, providers } = this.contexts.of(rule);
    const id = this.run.rules.rules[rule]?.rule.id ?? '';
    const made: FactContext<string, unknown> = {
      path,
      options,
      providers,
      ...this.surroundings,
      report: (at, messageId, data = {}, { related = [] } = {}) => {
        const others = related.map(({ at: other, label }) => ({ place: this.placeOf(other), label }));
        this.current.findings.push({ rule: id, messageId, data, place: this.placeOf(at), related: others });
      },
    };
    this.known[rule] = made;
    return made;
  }

  private placeOf(at: ts.Node | Span): Place {
    const { unit } = this.current;
    // By its place: in broken code a reused node may still name the parents it had before.
    const isInside = !('kind' in at) || (at.pos >= unit.pos && at.end <= unit.end);
    const home = isInside ? unit : topUnit(at);
    return { unit: home, span: spanOf(at, this.run.file, home.pos) };
  }
}

/** Facts of one rule in one top unit. */
interface Current {
  readonly unit: ts.Node;
  readonly premises: Premises;
  readonly findings: Finding[];
}

type Surroundings = Pick<FactContext<string, unknown>, 'header' | keyof FileNames>;

function absolute({ unit, span }: Place): Span {
  return { start: unit.pos + span.start, end: unit.pos + span.end };
}
