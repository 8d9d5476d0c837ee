import type { RegisteredRule } from '../../api/rule.ts';
import type { FormatLanguage } from '../../formats/types.ts';
import type { RuleState } from '../view.ts';
import { readsSource } from './subjects.ts';

/** What a rule says of the whole workspace. */
export interface RuleAnswer {
  readonly state: RuleState;
  /** Why it is `unknown`, as a sentence; empty otherwise. */
  readonly why: string;
}

/** What is asked about a rule, cheapest first. */
export interface RuleQuestions {
  /** Documents with findings of the rule. */
  readonly findings: number;
  readonly failures: readonly string[];
  /** False while its check over the project has not run. */
  readonly hasRun: boolean;
  /** A document with a finding that a comment suppresses. */
  suppressed(): string | undefined;
  /** A document it looks at and has not seen. */
  unfinished(): { readonly path: string; readonly unread: boolean } | undefined;
  /** Whether the rule looks at documents of this kind, test or production. */
  reads(path: string): boolean;
  /** Whether it is switched on for the document. */
  isOn(path: string): boolean;
  paths(): Iterable<string>;
  withSubject(name: string): Iterable<string>;
  relative(path: string): string;
}

/** Kinds of documents that are about one thing, so that any of them is something to look at. */
const OF_ONE_KIND: ReadonlySet<FormatLanguage> = new Set(['dockerfile', 'dotenv', 'prisma', 'ignore']);

/** Decides what a rule's findings, or their absence, mean. Silence counts only when there was something to look at. */
export function ruleAnswer(rule: RegisteredRule, questions: RuleQuestions): RuleAnswer {
  if (questions.findings > 0) return { state: 'findings', why: '' };
  const [failed] = questions.failures;
  if (failed !== undefined) return unknown(`${rule.id} failed on ${questions.relative(failed)}.`);
  if (!questions.hasRun) return unknown(`${rule.id} has not run over the whole workspace yet.`);
  const unfinished = questions.unfinished();
  if (unfinished !== undefined) {
    const path = questions.relative(unfinished.path);
    return unknown(
      unfinished.unread
        ? `${path} is too large or too deeply nested to be analysed, so ${rule.id} cannot speak for it.`
        : `${rule.id} has not run on ${path} yet.`,
    );
  }
  const suppressed = questions.suppressed();
  if (suppressed !== undefined)
    return unknown(`A comment in ${questions.relative(suppressed)} suppresses a finding of ${rule.id}.`);
  return subjectAnswer(rule, questions);
}

function subjectAnswer(rule: RegisteredRule, questions: RuleQuestions): RuleAnswer {
  const candidates = candidatesOf(rule, questions);
  if (candidates === undefined) return unknown(`${rule.id} cannot tell whether there was anything to look at.`);
  let off: string | undefined;
  for (const path of candidates) {
    if (!questions.reads(path)) continue;
    if (questions.isOn(path)) return { state: 'clean', why: '' };
    off ??= path;
  }
  if (off === undefined) return { state: 'nothing', why: '' };
  return unknown(`${rule.id} is switched off for ${questions.relative(off)}.`);
}

/** Documents that may hold something to look at; `undefined` when that cannot be told. */
function candidatesOf(rule: RegisteredRule, questions: RuleQuestions): Iterable<string> | undefined {
  const { subject } = rule.meta;
  if (subject !== undefined) return subject.flatMap((name) => [...questions.withSubject(name)]);
  const { documents } = rule;
  if (documents === undefined || rule.project !== undefined || readsSource(rule)) return undefined;
  // All JSON files, say, are no subject: the rule looks at some of what is in them.
  const isNarrow =
    documents.matches !== undefined || documents.languages.every((language) => OF_ONE_KIND.has(language));
  return isNarrow ? [...questions.paths()].filter((path) => questions.reads(path)) : undefined;
}

function unknown(why: string): RuleAnswer {
  return { state: 'unknown', why };
}
