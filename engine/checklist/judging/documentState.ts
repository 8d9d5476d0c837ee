import type { Priority } from '../../api/finding.ts';
import type { ChunkCache } from '../chunkCache.ts';
import type { ChecklistDocument, ChecklistItem } from '../model.ts';
import type { GateResult, JudgedDocument, JudgedItem } from '../view.ts';
import { type Choice, standingOf } from './choose.ts';
import { evidenceFor, shown } from './evidence.ts';
import { isBlocker, judge } from './judge.ts';
import type { Relation } from './relate.ts';
import type { RuleLedger } from './ruleLedger.ts';
import { scoreOf } from './score.ts';

/** What an item is judged with. */
export interface JudgeContext {
  readonly ledger: RuleLedger;
  /** Commits by rule at which it was verified. */
  readonly records: ReadonlyMap<string, string> | undefined;
  readonly gate: GateResult | undefined;
  readonly today: string | undefined;
}

/** An item of a document as it was last read, with the rules that speak about it. */
export class ItemState {
  readonly document: DocumentState;
  readonly item: ChecklistItem;
  readonly key: string;
  relations: readonly Relation[] = [];
  /** The result it was last judged with. */
  gate: GateResult | undefined;
  private text = '';
  private last: JudgedItem | undefined;

  constructor(document: DocumentState, item: ChecklistItem) {
    this.document = document;
    this.item = item;
    this.key = `${document.name}#${item.id}`;
  }

  /** As last judged. */
  get judged(): JudgedItem {
    if (this.last === undefined) throw new Error(`${this.key} was not judged`);
    return this.last;
  }

  /** True when the outcome differs from the last one. */
  judge({ ledger, records, gate, today }: JudgeContext): boolean {
    const evidence = this.relations.map((relation) => evidenceFor(relation, ledger, records?.get(relation.rule)));
    this.gate = gate;
    const { item, key } = this;
    const judgement = judge({ item, evidence, gate, today });
    const priority: Priority | undefined = item.priority?.level;
    const judged: JudgedItem = {
      key,
      path: this.document.path,
      item,
      ...judgement,
      evidence: evidence.map(shown),
      gate: gate !== undefined && gate.command === item.gate?.command ? gate : undefined,
      priority,
      blocker: isBlocker({ item, verdict: judgement.verdict, priority }),
    };
    const { item: _, ...outcome } = judged;
    const text = JSON.stringify(outcome);
    if (text === this.text) return false;
    this.text = text;
    this.last = judged;
    return true;
  }
}

/** A text that was read. */
export interface ReadDocument {
  /** Relative to the workspace. */
  readonly name: string;
  readonly document: ChecklistDocument;
  readonly text: string;
  readonly setting: 'included' | 'excluded' | undefined;
  /** Pieces read before, of a document that is edited. */
  readonly chunks: ChunkCache | undefined;
  readonly choice: Choice;
}

/** A document as it was last read. */
export class DocumentState {
  readonly read: ReadDocument;
  readonly path: string;
  readonly name: string;
  readonly items: readonly ItemState[];
  readonly byKey: ReadonlyMap<string, ItemState>;
  private last: JudgedDocument | undefined;

  constructor(read: ReadDocument) {
    this.read = read;
    this.path = read.document.path;
    this.name = read.name;
    this.items = read.document.items.map((item) => new ItemState(this, item));
    this.byKey = new Map(this.items.map((state) => [state.key, state]));
  }

  /** As last published. */
  get judged(): JudgedDocument {
    if (this.last === undefined) throw new Error(`${this.path} was not judged`);
    return this.last;
  }

  /** Puts the judged items together. */
  publish(): void {
    const { document, name, choice } = this.read;
    const items = this.items.map(({ judged }) => judged);
    const score = scoreOf(items);
    const decided = this.items.filter(({ relations }) => relations.some(({ kind }) => kind !== 'related')).length;
    const broken = score.verdicts.contradicted + score.verdicts.regressed;
    const standing = standingOf(choice, { decided: items.length === 0 ? 0 : decided / items.length, broken });
    this.last = {
      path: this.path,
      name,
      title: document.title,
      ...standing,
      written: choice.written,
      document,
      items,
      score,
    };
  }
}
