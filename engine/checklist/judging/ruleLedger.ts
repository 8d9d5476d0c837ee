import type { Finding } from '../../api/finding.ts';
import type { RegisteredRule } from '../../api/rule.ts';
import { localPathOf } from '../../document/paths.ts';
import type { FormatLanguage } from '../../formats/types.ts';
import type { EvidencePlace } from '../view.ts';
import { grouped } from './grouped.ts';
import { type RuleAnswer, ruleAnswer } from './ruleAnswer.ts';
import { readsDocument, readsSource } from './subjects.ts';

/** What is known of one document of the workspace. */
export interface DocumentFacts {
  readonly language: 'source' | FormatLanguage;
  readonly isTest: boolean;
  /** The cheap lane has run on it, or found that it is not to be analysed. */
  readonly analysed: boolean;
  /** The type checker has run on it, or will never. */
  readonly typed: boolean;
  /** It belongs to the project and could not be read: rules may have missed something in it. */
  readonly unread: boolean;
  /** Names that rules are about which occur in it. */
  readonly subjects: readonly string[];
  readonly findings: readonly Finding[];
  /** Rules with findings that a comment suppresses. */
  readonly suppressed: readonly string[];
}

/** How the ledger sees the workspace. */
export interface LedgerSource {
  readonly root: string;
  /** `undefined` for a document that is not there any more; `stale` while its analysis is under way: what was known stays. */
  facts(path: string): DocumentFacts | 'stale' | undefined;
  /** 1-based line of an offset. */
  lines(path: string): (offset: number) => number;
  /** Whether a rule is switched on for a document. */
  isOn(rule: RegisteredRule, path: string): boolean;
  /** Whether a rule looks at test files, or at others. */
  looksAt(rule: RegisteredRule, isTest: boolean): boolean;
  /** Whether a rule's check over the project has run. */
  hasRun(rule: RegisteredRule): boolean;
  /** Documents on which a rule failed. */
  failuresOf(rule: string): readonly string[];
}

interface Entry {
  readonly facts: DocumentFacts;
  readonly places: ReadonlyMap<string, readonly EvidencePlace[]>;
  /** Findings as text, to notice that nothing changed. */
  readonly texts: ReadonlyMap<string, string>;
}

const NONE: readonly EvidencePlace[] = [];
const NOWHERE: ReadonlyMap<string, readonly EvidencePlace[]> = new Map();

/**
 * What each rule says of the workspace, kept up to date document by document (cache: rule ledger). Rules of the category
 * `checklist` are left out: they speak about what this is for.
 */
export class RuleLedger {
  private readonly source: LedgerSource;
  private readonly rules: ReadonlyMap<string, RegisteredRule>;
  private readonly entries = new Map<string, Entry>();
  private readonly byRule = new Map<string, Map<string, readonly EvidencePlace[]>>();
  /** Documents by the name of a subject that occurs in them. */
  private readonly bySubject = new Map<string, Set<string>>();
  /** Documents that keep rules from saying anything final. */
  private readonly unfinished = new Set<string>();
  private readonly suppressed = new Set<string>();
  private readonly rulesBySubject: ReadonlyMap<string, readonly string[]>;
  private answers = new Map<string, RuleAnswer>();
  /** Findings of a rule in one list, for as long as they stay the same. */
  private readonly lists = new Map<string, readonly EvidencePlace[]>();

  constructor(source: LedgerSource, rules: readonly RegisteredRule[]) {
    this.source = source;
    const judged = rules.filter(({ category }) => category !== 'checklist');
    this.rules = new Map(judged.map((rule) => [rule.id, rule]));
    const pairs = judged.flatMap(({ id, meta }) =>
      (meta.subject ?? []).map((name) => [name.toLowerCase(), id] as const),
    );
    this.rulesBySubject = new Map(
      [...grouped(pairs, ([name]) => name)].map(([name, list]) => [name, list.map(([, id]) => id)]),
    );
  }

  /** Takes in what changed in these documents; answers which rules say something else now. */
  update(paths: Iterable<string>): ReadonlySet<string> {
    const changed = new Set<string>();
    for (const path of paths) this.take(path, changed);
    const answers = new Map([...this.rules].map(([id, rule]) => [id, this.ask(rule)]));
    for (const [id, answer] of answers) {
      const before = this.answers.get(id);
      if (before?.state !== answer.state || before.why !== answer.why) changed.add(id);
    }
    this.answers = answers;
    return changed;
  }

  isRule(id: string): boolean {
    return this.rules.has(id);
  }

  answer(rule: string): RuleAnswer {
    return this.answers.get(rule) ?? { state: 'unknown', why: `There is no rule ${rule}.` };
  }

  /** All findings of a rule, by path and place; the same list until one of them changes. */
  findings(rule: string): readonly EvidencePlace[] {
    const documents = this.byRule.get(rule);
    if (documents === undefined) return NONE;
    const known = this.lists.get(rule);
    if (known !== undefined) return known;
    const list = [...documents.keys()].sort().flatMap((path) => documents.get(path) ?? []);
    this.lists.set(rule, list);
    return list;
  }

  /** Whether a document holds something for a rule to look at. */
  sees(id: string, path: string): boolean {
    const rule = this.rules.get(id);
    const facts = this.entries.get(path)?.facts;
    if (rule === undefined || facts === undefined || !this.reads(rule, path, facts)) return false;
    if (!this.source.isOn(rule, path)) return false;
    const subject = rule.meta.subject?.map((name) => name.toLowerCase());
    return subject === undefined || facts.subjects.some((name) => subject.includes(name));
  }

  /** True when every document was analysed, if not by the type checker. */
  get complete(): boolean {
    for (const path of this.unfinished) if (this.entries.get(path)?.facts.analysed === false) return false;
    return true;
  }

  private take(path: string, changed: Set<string>): void {
    const facts = this.source.facts(path);
    if (facts === 'stale') return;
    const before = this.entries.get(path);
    const after = facts === undefined ? undefined : this.entry(path, facts);
    if (after === undefined) this.entries.delete(path);
    else this.entries.set(path, after);
    if (after !== undefined && (!after.facts.analysed || !after.facts.typed || after.facts.unread))
      this.unfinished.add(path);
    else this.unfinished.delete(path);
    if (after !== undefined && after.facts.suppressed.length > 0) this.suppressed.add(path);
    else this.suppressed.delete(path);
    this.takeFindings(path, before, after, changed);
    this.takeSubjects(path, before, after, changed);
  }

  private entry(path: string, facts: DocumentFacts): Entry {
    const found = facts.findings.filter(({ rule }) => this.rules.has(rule));
    if (found.length === 0) return { facts, places: NOWHERE, texts: new Map() };
    const lineOf = this.source.lines(path);
    const places = new Map<string, EvidencePlace[]>();
    for (const { rule, start, end, message, priority } of found) {
      const list = places.get(rule) ?? [];
      list.push({ path, line: lineOf(start), start, end, message, priority });
      places.set(rule, list);
    }
    return { facts, places, texts: new Map([...places].map(([rule, list]) => [rule, JSON.stringify(list)])) };
  }

  private takeFindings(path: string, before: Entry | undefined, after: Entry | undefined, changed: Set<string>): void {
    for (const rule of new Set([...(before?.places.keys() ?? []), ...(after?.places.keys() ?? [])])) {
      if (before?.texts.get(rule) === after?.texts.get(rule)) continue;
      changed.add(rule);
      this.lists.delete(rule);
      const documents = this.byRule.get(rule) ?? new Map<string, readonly EvidencePlace[]>();
      const places = after?.places.get(rule);
      if (places === undefined) documents.delete(path);
      else documents.set(path, places);
      if (documents.size === 0) this.byRule.delete(rule);
      else this.byRule.set(rule, documents);
    }
  }

  private takeSubjects(path: string, before: Entry | undefined, after: Entry | undefined, changed: Set<string>): void {
    const was = before?.facts.subjects ?? [];
    const is = after?.facts.subjects ?? [];
    if (was === is) return;
    for (const name of new Set([...was, ...is])) {
      if (was.includes(name) === is.includes(name)) continue;
      const documents = this.bySubject.get(name) ?? new Set<string>();
      if (is.includes(name)) documents.add(path);
      else documents.delete(path);
      this.bySubject.set(name, documents);
      for (const rule of this.rulesBySubject.get(name) ?? []) changed.add(rule);
    }
  }

  private reads(rule: RegisteredRule, path: string, { language, isTest }: DocumentFacts): boolean {
    if (!this.source.looksAt(rule, isTest)) return false;
    return language === 'source'
      ? readsSource(rule)
      : readsDocument(rule, language, localPathOf(path, this.source.root));
  }

  private ask(rule: RegisteredRule): RuleAnswer {
    return ruleAnswer(rule, {
      findings: this.byRule.get(rule.id)?.size ?? 0,
      suppressed: () => [...this.suppressed].find((path) => this.entries.get(path)?.facts.suppressed.includes(rule.id)),
      failures: this.source.failuresOf(rule.id),
      hasRun: rule.project === undefined || this.source.hasRun(rule),
      unfinished: () => this.unfinishedFor(rule),
      isOn: (path) => this.source.isOn(rule, path),
      reads: (path) => {
        const facts = this.entries.get(path)?.facts;
        return facts !== undefined && this.reads(rule, path, facts);
      },
      paths: () => this.entries.keys(),
      withSubject: (name) => this.bySubject.get(name.toLowerCase()) ?? [],
      relative: (path) => (path.startsWith(`${this.source.root}/`) ? path.slice(this.source.root.length + 1) : path),
    });
  }

  private unfinishedFor(rule: RegisteredRule): { readonly path: string; readonly unread: boolean } | undefined {
    for (const path of this.unfinished) {
      const facts = this.entries.get(path)?.facts;
      if (facts === undefined || !this.reads(rule, path, facts) || !this.source.isOn(rule, path)) continue;
      if (facts.unread || !facts.analysed) return { path, unread: facts.unread };
      if (!facts.typed && rule.types !== undefined) return { path, unread: false };
    }
    return undefined;
  }
}
