import type { Priority, Span } from '../api/finding.ts';
import { damage } from './codePages.ts';
import type { PriorityDraft } from './drafts.ts';
import type { MarkDraft } from './marks.ts';
import type { StatusMark } from './model.ts';
import type { RepairedText } from './repair.ts';

/** Puts marks where they are in the original text, and knows how this document writes them. */
export class MarkPlacer {
  readonly #original: string;
  readonly #repaired: RepairedText;
  /** What this writer puts into a box. */
  readonly #letter: string;
  /** 🟠 is used, so that 🟡 comes after it. */
  readonly #four: boolean;

  constructor(original: string, repaired: RepairedText) {
    this.#original = original;
    this.#repaired = repaired;
    const small = original.split('[x]').length;
    this.#letter = original.split('[X]').length > small ? 'X' : 'x';
    this.#four = /[🟠🟧]/u.test(repaired.text);
  }

  level({ level, circle }: PriorityDraft): Priority {
    if (!this.#four || circle === undefined) return level;
    if (circle === '🟡' || circle === '🟨') return 'P2';
    return circle === '🟢' || circle === '🟩' ? 'P3' : level;
  }

  place(draft: MarkDraft, start: number): StatusMark {
    const shift = (span: Span) => ({ start: start + span.start, end: start + span.end });
    const span = this.#repaired.original(shift(draft.span));
    const text = this.#original.slice(span.start, span.end);
    if (draft.kind === 'box')
      return { kind: 'box', span, text, toggled: draft.status === 'done' ? '[ ]' : `[${this.#letter}]` };
    const mojibake = draft.kind === 'emoji' ? this.#repaired.damageAt(start + draft.span.start) : undefined;
    let toggled = '';
    let kept = span.start;
    for (const swap of draft.swaps) {
      const place = this.#repaired.original(shift(swap));
      const damaged = this.#repaired.damageAt(start + swap.start);
      toggled +=
        this.#original.slice(kept, place.start) +
        (damaged === undefined ? swap.newText : damage(swap.newText, damaged));
      kept = place.end;
    }
    toggled += this.#original.slice(kept, span.end);
    return {
      kind: draft.kind,
      span,
      text,
      ...(mojibake === undefined ? {} : { mojibake }),
      toggled: draft.swaps.length === 0 ? undefined : toggled,
    };
  }
}
