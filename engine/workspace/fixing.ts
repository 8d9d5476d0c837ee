import type { Finding, FixEdit, FixSafety, Span, TextEdit } from '../api/finding.ts';
import type { Fix } from '../api/fix.ts';
import type { RegisteredRule } from '../api/rule.ts';
import type { ResolvedConfig } from '../config/types.ts';
import { applyEdits, difference, overlaps } from '../document/applyEdits.ts';
import type { FormatLanguage } from '../formats/types.ts';
import { type FixEnvironment, fixContext } from './fixContext.ts';
import { FixFailed } from './fixFailed.ts';
import type { TrackedDocument } from './trackedDocument.ts';
import { fillPlaceholders } from './wording.ts';
import type { FixOffer } from './workspace.ts';

/** Formats in which one mistake moves all that follows into or out of something; in the others it costs its line. */
const NESTED: ReadonlySet<FormatLanguage> = new Set(['json', 'yaml']);

/** Rounds after which fix-all stops, should two fixes undo each other. */
const MAX_ROUNDS = 10;

export interface FixingOptions {
  readonly rules: ReadonlyMap<string, RegisteredRule>;
  readonly environment: FixEnvironment;
  config(path: string): ResolvedConfig;
  /** Told when a fix throws, with its title. */
  onFailure(rule: string, path: string, error: unknown, fix: string): void;
}

/** Offers and computes fixes against the text of a document as it is now. Nothing is kept between calls. */
export interface Fixing {
  offers(document: TrackedDocument, findings: readonly Finding[], at: Span): Promise<readonly FixOffer[]>;
  /** Rejects with {@link FixFailed} when the fix throws; elsewhere a fix that throws does not apply. */
  edits(document: TrackedDocument, finding: Finding, index: number): Promise<readonly FixEdit[] | undefined>;
  /** Safe fixes of all findings, then again for what `recheck` still finds in the changed text. */
  all(
    document: TrackedDocument,
    findings: readonly Finding[],
    recheck: (text: string) => { readonly document: TrackedDocument; readonly findings: readonly Finding[] },
  ): Promise<readonly TextEdit[]>;
}

export function fixing(options: FixingOptions): Fixing {
  const { rules, environment } = options;

  const fixesOf = (finding: Finding): readonly Fix<unknown>[] =>
    (rules.get(finding.rule)?.fixes as Record<string, readonly Fix<unknown>[]> | undefined)?.[finding.messageId] ?? [];

  const titleOf = (finding: Finding, fix: Fix<unknown>): string => fillPlaceholders(fix.title, finding.data);

  const editsOf = async (
    document: TrackedDocument,
    finding: Finding,
    fix: Fix<unknown>,
  ): Promise<readonly FixEdit[] | 'failed' | undefined> => {
    const setting = options.config(document.path).rule(finding.rule);
    if (setting === undefined) return undefined;
    try {
      const edits = await fix.edits(fixContext(document, finding, setting.options, environment), finding);
      return edits === undefined || edits.length === 0 || edits.some((edit) => isGuess(document, edit))
        ? undefined
        : edits;
    } catch (error) {
      options.onFailure(finding.rule, document.path, error, titleOf(finding, fix));
      return 'failed';
    }
  };

  /** Whether an edit goes by a tree that the parser had to guess: where it would land nobody can say. */
  const isGuess = (document: TrackedDocument, edit: FixEdit): boolean => {
    if ('create' in edit) return false;
    const edited = edit.path === document.path ? document : environment.document(edit.path);
    if (edited?.kind.type !== 'format' || !NESTED.has(edited.kind.language)) return false;
    return edited.formatDocument().problems.some(({ isSound }) => isSound !== true);
  };

  /** Safe edits that stay in the document and do not touch each other, first finding first. */
  const safeEdits = async (document: TrackedDocument, findings: readonly Finding[]): Promise<readonly TextEdit[]> => {
    const chosen: TextEdit[] = [];
    for (const finding of findings) {
      for (const fix of fixesOf(finding)) {
        if (fix.safety !== 'safe' || fix.deferred === true) continue;
        const edits = await editsOf(document, finding, fix);
        if (edits === 'failed') continue;
        const own = edits === undefined ? undefined : within(document.path, edits);
        if (own === undefined) continue;
        const isNew = (edit: TextEdit) => !chosen.some((other) => equalEdits(edit, other));
        if (own.filter(isNew).some((edit) => chosen.some((other) => overlaps(edit, other) || samePlace(edit, other))))
          continue;
        chosen.push(...own.filter(isNew));
        break;
      }
    }
    return chosen;
  };

  return {
    async offers(document, findings, at) {
      const offers: FixOffer[] = [];
      for (const finding of findings) {
        if (finding.start > at.end || finding.end < at.start) continue;
        const fixes = fixesOf(finding);
        for (const [index, fix] of fixes.entries()) {
          const edits = fix.deferred === true ? 'later' : await editsOf(document, finding, fix);
          if (edits === undefined || edits === 'failed') continue;
          const title = titleOf(finding, fix);
          const safety = safetyOf(fix, edits, document.path);
          offers.push({ path: document.path, version: document.version, finding, index, title, safety });
        }
      }
      return offers;
    },

    async edits(document, finding, index) {
      const fix = fixesOf(finding)[index];
      const edits = fix && (await editsOf(document, finding, fix));
      if (fix !== undefined && edits === 'failed') throw new FixFailed(finding.rule, titleOf(finding, fix));
      return edits === 'failed' ? undefined : edits;
    },

    async all(document, findings, recheck) {
      const first = await safeEdits(document, findings);
      const once = applyEdits(document.text, first);
      if (first.length === 0 || once === undefined) return [];
      let text: string = once;
      let rounds = 1;
      for (; rounds < MAX_ROUNDS; rounds++) {
        const next = recheck(text);
        const edits = await safeEdits(next.document, next.findings);
        const changed = edits.length === 0 ? undefined : applyEdits(text, edits);
        if (changed === undefined || changed === text) break;
        text = changed;
      }
      if (rounds === 1) return first;
      const whole = difference(document.path, document.text, text);
      return whole === undefined ? [] : [whole];
    },
  };
}

/** Edits of which each changes this document, as fix-all takes them; `undefined` when one does something else. */
function within(path: string, edits: readonly FixEdit[]): readonly TextEdit[] | undefined {
  const own = edits.filter((edit): edit is TextEdit => 'newText' in edit && edit.path === path);
  return own.length === edits.length ? own : undefined;
}

/**
 * What is announced of a fix: *safe* promises that fix-all applies it, which stays in one document and does not wait for
 * edits that are computed when somebody picks them. Whatever else a rule calls safe is offered for review.
 */
function safetyOf(fix: Fix<unknown>, edits: readonly FixEdit[] | 'later', path: string): FixSafety {
  const runsInBulk = fix.safety === 'safe' && edits !== 'later' && within(path, edits) !== undefined;
  return runsInBulk ? 'safe' : 'suggest';
}

function equalEdits(a: TextEdit, b: TextEdit): boolean {
  return a.start === b.start && a.end === b.end && a.newText === b.newText;
}

/** Two insertions at one place: which comes first is not ours to guess, so the second waits for the next round. */
function samePlace(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}
