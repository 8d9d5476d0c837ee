import type { ChecklistItem, ChecklistSection, ProgressBar } from './model.ts';

const WHOLE = /^(?:overall|total|completion|progress)(?: (?:progress|completion|status))?$/;
const OWN = /^(?:completion|progress|status)$/;

function words(title: string): string {
  return (title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');
}

/**
 * Finds what progress claims sum. A label names the sections that begin with its words; "Overall" means the document; a
 * claim without a label speaks of the section around it.
 */
export class BarSums {
  readonly #sections: ReadonlyMap<string, ChecklistSection>;
  /** Names of sections that hold items, themselves or in sections below. */
  readonly #names = new Map<string, string>();
  readonly #byLabel = new Map<string, ProgressBar['sums']>();

  constructor(sections: readonly ChecklistSection[], items: readonly ChecklistItem[]) {
    this.#sections = new Map(sections.map((section) => [section.id, section]));
    const holding = new Set<string>();
    for (const { section } of items) {
      for (const id of this.#around(section)) {
        if (holding.has(id)) break;
        holding.add(id);
      }
    }
    for (const { id, title, level } of sections) if (level > 1 && holding.has(id)) this.#names.set(id, words(title));
  }

  /** `drawn`: the claim is a bar or a count. A percentage in words alone may speak of anything that has that name. */
  of(label: string, section: string | undefined, drawn: boolean): ProgressBar['sums'] {
    const wanted = words(label);
    // "Progress: 2/5 done" below a heading is that section's.
    const own = section !== undefined && OWN.test(wanted) && this.#names.has(section);
    if (wanted !== '' && !own) {
      if (!drawn && !WHOLE.test(wanted)) return undefined;
      const known = this.#byLabel.get(wanted);
      if (known !== undefined) return known;
      const sums: ProgressBar['sums'] = WHOLE.test(wanted) ? { kind: 'document' } : this.#named(wanted);
      this.#byLabel.set(wanted, sums);
      return sums;
    }
    const around = section === undefined ? undefined : this.#sections.get(section);
    if (around === undefined || around.level === 1) return { kind: 'document' };
    if (this.#names.has(around.id)) return { kind: 'sections', ids: [around.id] };
    return /\b(?:progress|status|overall)\b/i.test(around.title) ? { kind: 'document' } : undefined;
  }

  #named(label: string): ProgressBar['sums'] {
    const wanted = label.replace(/ (?:progress|completion|status)$/, '');
    const named = new Set<string>();
    for (const [id, name] of this.#names) if (name === wanted || name.startsWith(`${wanted} `)) named.add(id);
    const outermost = [...named].filter(
      (id) => !this.#around(this.#sections.get(id)?.parent).some((at) => named.has(at)),
    );
    return outermost.length === 0 ? undefined : { kind: 'sections', ids: outermost };
  }

  /** A section and those around it, innermost first. */
  #around(section: string | undefined): string[] {
    const ids: string[] = [];
    for (let at = section; at !== undefined; at = this.#sections.get(at)?.parent) ids.push(at);
    return ids;
  }
}
