import type { HeadingDraft } from './drafts.ts';
import { IdGiver, slug } from './ids.ts';
import type { ChecklistSection } from './model.ts';
import type { Placer } from './placer.ts';
import { isBefore, isHumanGroup } from './sectionFacts.ts';

/** A section whose end, and whose item, may still come. */
export type OpenSection = { -readonly [Key in keyof ChecklistSection]: ChecklistSection[Key] } & {
  readonly slug: string;
  /** Titles of the sections around it. */
  readonly path: readonly string[];
  /** It describes how things were. */
  readonly before: boolean;
};

/** The sections of a document, and those around the place that is being read. */
export class Outline {
  readonly #placer: Placer;
  readonly #all: OpenSection[] = [];
  readonly #ids = new IdGiver();
  /** Outermost first. */
  #open: readonly OpenSection[] = [];

  constructor(placer: Placer) {
    this.#placer = placer;
  }

  get open(): readonly OpenSection[] {
    return this.#open;
  }

  get innermost(): OpenSection | undefined {
    return this.#open.at(-1);
  }

  /** Id of the chapter that is being read: the innermost section of level 2 or above. */
  get chapter(): string | undefined {
    return this.#open.findLast(({ level }) => level <= 2)?.id;
  }

  enter(draft: HeadingDraft): OpenSection {
    const span = this.#placer.span(draft.span);
    this.#leave(draft.level, span.start);
    const parent = this.innermost;
    const titleSlug = slug(draft.title);
    const nested = parent !== undefined && parent.level > 1;
    const section: OpenSection = {
      id: this.#ids.give(nested ? `${parent.slug}/${titleSlug}` : titleSlug),
      title: draft.title,
      level: draft.level,
      parent: parent?.id,
      headingSpan: span,
      span,
      line: this.#placer.line(span.start),
      priority: this.#placer.priority(draft.priority, 'section') ?? parent?.priority,
      status: draft.mark?.status,
      mark: this.#placer.mark(draft.mark),
      due: draft.due,
      human: isHumanGroup(draft.title) || (parent?.human ?? false),
      item: undefined,
      slug: titleSlug,
      path: nested ? [...parent.path, parent.title] : [],
      before: isBefore(draft.title),
    };
    this.#all.push(section);
    this.#open = [...this.#open, section];
    return section;
  }

  #leave(level: number, end: number): void {
    const left = this.#open.filter((section) => section.level >= level);
    for (const section of left) section.span = { start: section.span.start, end };
    this.#open = this.#open.filter((section) => section.level < level);
  }

  /** Ends all sections. `end`: length of the original text. */
  finish(end: number): ChecklistSection[] {
    this.#leave(0, end);
    return this.#all.map(({ slug: _slug, path: _path, before: _before, ...section }) => section);
  }
}

/** Titles of the sections around what stands in a section. The document's title is none of them. */
export function pathIn(section: OpenSection | undefined): readonly string[] {
  return section === undefined || section.level === 1 ? [] : [...section.path, section.title];
}

/** What a section adds to the ids of what stands in it. */
export function idPrefix(section: OpenSection | undefined): string {
  return section === undefined || section.level === 1 ? '' : `${section.slug}/`;
}
