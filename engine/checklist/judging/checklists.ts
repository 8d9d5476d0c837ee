import type { RegisteredRule } from '../../api/rule.ts';
import { ChunkCache } from '../chunkCache.ts';
import { parseChecklist } from '../parse.ts';
import type { ChecklistView, GateResult } from '../view.ts';
import { byStanding, choose } from './choose.ts';
import { ClaimIndex } from './claimIndex.ts';
import { DocumentState, type ItemState } from './documentState.ts';
import { noRecords, type Records, readRecords } from './records.ts';
import { type RelateContext, relate } from './relate.ts';
import { referenceResolver } from './resolveReference.ts';
import type { RuleAnswer } from './ruleAnswer.ts';
import { type LedgerSource, RuleLedger } from './ruleLedger.ts';
import { sumOfScores } from './score.ts';
import { topicIndex } from './topics.ts';

/** How the checklists see the workspace. */
export interface ChecklistSource extends LedgerSource {
  /** Documents that exist, absolute paths. */
  paths(): readonly string[];
  /** Text of a Markdown document; `undefined` when it is not there or not to be read. */
  markdown(path: string): string | undefined;
  /** What airworthy.json says of a document. */
  setting(path: string): 'included' | 'excluded' | undefined;
  /** Text of the record file. */
  records(): string | undefined;
  /** `YYYY-MM-DD`. */
  today(): string | undefined;
}

export interface ChecklistOptions {
  readonly root: string;
  readonly rules: readonly RegisteredRule[];
  readonly source: ChecklistSource;
}

/** What happened since the last update. */
export interface ChecklistChanges {
  /** Documents that were edited, analysed, created or deleted. */
  readonly documents: ReadonlySet<string>;
  /** The set of files may differ. */
  readonly files: boolean;
  /** Settings may differ, and with them what rules look at. */
  readonly settings: boolean;
}

/**
 * The checklists of a workspace, held against its findings (cache: checklists). An update costs what changed: documents that
 * were edited are read anew, and of the others those items are judged anew that a rule speaks about whose findings, or whose
 * silence, changed.
 */
export class Checklists {
  private readonly options: ChecklistOptions;
  private readonly ledger: RuleLedger;
  private readonly claims = new ClaimIndex();
  private readonly documents = new Map<string, DocumentState>();
  /** Items by the rules that speak about them. */
  private readonly byRule = new Map<string, Set<ItemState>>();
  private readonly gates = new Map<string, GateResult>();
  private readonly context: { topics: RelateContext['topics']; references: RelateContext['references'] };
  /** What an update that was given up has left to do. */
  private readonly due = new Set<ItemState>();
  private readonly dueRules = new Set<string>();
  private readonly touched = new Set<string>();
  private recordText: string | undefined;
  private recorded: Records = noRecords;
  private today: string | undefined;
  private current: ChecklistView = {
    revision: 0,
    complete: false,
    documents: [],
    summary: sumOfScores([]),
    blockers: [],
    groups: [],
    recordProblems: [],
  };

  constructor(options: ChecklistOptions) {
    this.options = options;
    this.ledger = new RuleLedger(options.source, options.rules);
    this.context = { topics: topicIndex(options.rules), references: referenceResolver(options.root, []) };
  }

  /** As of the last update. */
  get view(): ChecklistView {
    return this.current;
  }

  get records(): Records {
    return this.recorded;
  }

  /** What a rule says of the whole workspace, as of the last update, and how many findings it has. */
  ruleAnswer(rule: string): RuleAnswer & { readonly findings: number } {
    return { ...this.ledger.answer(rule), findings: this.ledger.findings(rule).length };
  }

  /** Files that a path written in a document means. */
  resolve(written: string, from: string): readonly string[] {
    return this.context.references.resolve(written, from);
  }

  /** Files of a name. */
  named(name: string): readonly string[] {
    return this.context.references.named(name);
  }

  /** Takes over how a gate's command ended; judged at the next update. */
  setGate(key: string, result: GateResult): void {
    this.gates.set(key, result);
  }

  /**
   * Brings the view up to date, a document per step. Answers the documents whose judgement changed. It may be given up after
   * any step: what is left is done by the next update, if that is told of the same changes again.
   */
  *update(changes: ChecklistChanges): Generator<void, ReadonlySet<string>> {
    const { root, source } = this.options;
    const { due, dueRules, touched } = this;
    for (const rule of this.ledger.update(changes.settings ? source.paths() : changes.documents)) dueRules.add(rule);
    const isMoved = changes.files || changes.settings;
    if (isMoved) this.context.references = referenceResolver(root, source.paths());
    const candidates = changes.settings ? new Set([...source.paths(), ...this.documents.keys()]) : changes.documents;
    for (const path of candidates) {
      if (!this.read(path)) continue;
      touched.add(path);
      for (const item of this.documents.get(path)?.items ?? []) due.add(item);
      yield;
    }
    if (isMoved) this.relateAgain();
    for (const rule of dueRules) for (const item of this.byRule.get(rule) ?? []) due.add(item);
    dueRules.clear();
    this.takeRecords();
    this.takeToday();
    this.takeGates();
    for (const item of due) if (this.judge(item)) touched.add(item.document.path);
    due.clear();
    const changed = new Set(touched);
    touched.clear();
    this.publish(changed);
    return changed;
  }

  /** Reads a document if it differs from what was read last; true when it did. */
  private read(path: string): boolean {
    const { source } = this.options;
    const before = this.documents.get(path);
    const text = source.markdown(path);
    const setting = source.setting(path);
    if (before !== undefined && before.read.text === text && before.read.setting === setting) return false;
    if (before === undefined && text === undefined) return false;
    if (before !== undefined) {
      this.documents.delete(path);
      this.claims.delete(before.items);
      for (const item of before.items) {
        this.forget(item);
        this.due.delete(item);
      }
    }
    if (text === undefined) return true;
    const made = this.make(path, text, setting, before);
    if (made === undefined) return before !== undefined;
    this.documents.set(path, made);
    for (const item of made.items) this.relate(item);
    this.claims.add(made.items);
    return true;
  }

  private make(
    path: string,
    text: string,
    setting: 'included' | 'excluded' | undefined,
    before: DocumentState | undefined,
  ): DocumentState | undefined {
    const { root } = this.options;
    const name = path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
    // Most documents are read once; those that somebody edits are read again and again.
    const chunks = before === undefined ? undefined : (before.read.chunks ?? new ChunkCache());
    const document = parseChecklist(path, text, chunks);
    const choice = choose(name, document, text, setting);
    return choice === undefined ? undefined : new DocumentState({ name, document, text, setting, chunks, choice });
  }

  private relate(state: ItemState): void {
    state.relations = relate(state.item, state.document.path, {
      ...this.context,
      isRule: (id) => this.ledger.isRule(id),
    });
    for (const { rule } of state.relations) {
      const items = this.byRule.get(rule) ?? new Set();
      this.byRule.set(rule, items.add(state));
    }
  }

  private forget(state: ItemState): void {
    for (const { rule } of state.relations) {
      const items = this.byRule.get(rule);
      items?.delete(state);
      if (items?.size === 0) this.byRule.delete(rule);
    }
  }

  /** Files came or went: what a path in an item means may be another one. */
  private relateAgain(): void {
    for (const { items } of this.documents.values()) {
      for (const state of items) {
        if (state.item.references.length === 0) continue;
        const before = JSON.stringify(state.relations);
        this.forget(state);
        this.relate(state);
        if (JSON.stringify(state.relations) !== before) this.due.add(state);
      }
    }
  }

  private takeRecords(): void {
    const text = this.options.source.records();
    if (text === this.recordText) return;
    this.recordText = text;
    const before = this.recorded.byItem;
    this.recorded = readRecords(text);
    for (const key of new Set([...before.keys(), ...this.recorded.byItem.keys()])) {
      const item = this.itemOf(key);
      if (item !== undefined) this.due.add(item);
    }
  }

  private takeToday(): void {
    const today = this.options.source.today();
    if (today === this.today) return;
    this.today = today;
    for (const { items } of this.documents.values())
      for (const state of items) if (state.item.waiver !== undefined) this.due.add(state);
  }

  private takeGates(): void {
    for (const [key, result] of this.gates) {
      const item = this.itemOf(key);
      if (item !== undefined && item.gate !== result) this.due.add(item);
    }
  }

  private itemOf(key: string): ItemState | undefined {
    const hash = key.indexOf('#');
    return hash < 0 ? undefined : this.documents.get(`${this.options.root}/${key.slice(0, hash)}`)?.byKey.get(key);
  }

  private judge(state: ItemState): boolean {
    const changed = state.judge({
      ledger: this.ledger,
      records: this.recorded.byItem.get(state.key),
      gate: this.gates.get(state.key),
      today: this.today,
    });
    if (changed) this.claims.touch(state);
    return changed;
  }

  private publish(touched: ReadonlySet<string>): void {
    const { complete } = this.ledger;
    const problems = this.recorded.problems;
    const before = this.current;
    if (touched.size === 0 && complete === before.complete && problems === before.recordProblems) return;
    for (const path of touched) this.documents.get(path)?.publish();
    const documents = [...this.documents.values()].map(({ judged }) => judged).sort(byStanding);
    const counted = documents.filter((document) => document.counted);
    this.current = {
      revision: before.revision + 1,
      complete,
      documents,
      summary: sumOfScores(counted.map(({ score }) => score)),
      blockers: counted.flatMap(({ score, items }) =>
        score.blockers === 0 ? [] : items.filter(({ blocker }) => blocker),
      ),
      groups: this.claims.groups(),
      recordProblems: problems,
    };
  }
}
