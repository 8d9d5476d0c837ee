import type { Span } from '../api/finding.ts';
import { BarSums } from './barSums.ts';
import type { BarDraft, Draft, HeadingDraft, ItemDraft, Particulars, PriorityDraft } from './drafts.ts';
import { IdGiver, slug } from './ids.ts';
import { LineIndex } from './lineIndex.ts';
import { MarkPlacer } from './markPlacer.ts';
import type { MarkDraft } from './marks.ts';
import type {
  ChecklistItem,
  ChecklistProblem,
  ChecklistSection,
  ItemPriority,
  ItemStatus,
  ListedLocation,
  ProgressBar,
} from './model.ts';
import type { RepairedText } from './repair.ts';
import { isBefore, isHumanGroup, isPeriod, isPraise, isPriorityGroup, isSummary } from './sectionFacts.ts';

/** A piece's drafts and where the piece begins in the repaired text. */
export interface PlacedDrafts {
  readonly start: number;
  readonly drafts: readonly Draft[];
}

export interface Assembled {
  readonly title: string | undefined;
  readonly status: ItemStatus | undefined;
  readonly sections: readonly ChecklistSection[];
  readonly items: readonly ChecklistItem[];
  readonly bars: readonly ProgressBar[];
  readonly locations: readonly ListedLocation[];
  readonly problems: readonly ChecklistProblem[];
}

type Open<T> = { -readonly [Key in keyof T]: T[Key] };
type OpenSection = Open<ChecklistSection> & { slug: string; path: readonly string[]; before: boolean };
type OpenItem = Open<ChecklistItem>;

/** Puts the drafts of all pieces together: sections, parents, inherited priorities, ids. */
export class Assembler {
  readonly #repaired: RepairedText;
  readonly #lines: LineIndex;
  readonly #marks: MarkPlacer;
  readonly #sections: OpenSection[] = [];
  readonly #items: OpenItem[] = [];
  readonly #byId = new Map<string, OpenItem>();
  readonly #bars: { bar: Omit<Open<ProgressBar>, 'sums'>; section: string | undefined }[] = [];
  readonly #locations: ListedLocation[] = [];
  readonly #itemIds = new IdGiver();
  readonly #sectionIds = new IdGiver();
  /** The sections around the place that is being read, outermost first. */
  #open: OpenSection[] = [];
  #title: string | undefined;
  #status: ItemStatus | undefined;
  #start = 0;
  /** The last numbered entry that was an item, and the section of level 2 or above around it. */
  #numbered: { readonly number: number; readonly around: string | undefined } | undefined;
  /** A heading whose drafts say whether it is an item only when the next block has been seen. */
  #undecided: { readonly draft: HeadingDraft; readonly section: OpenSection; readonly start: number } | undefined;

  constructor(original: string, repaired: RepairedText) {
    this.#repaired = repaired;
    this.#lines = new LineIndex(original);
    this.#marks = new MarkPlacer(original, repaired);
  }

  /** Reads pieces in text order. `headings`: whether headings of Markdown are headings of this text. */
  take({ start, drafts }: PlacedDrafts, headings: boolean): void {
    this.#start = start;
    /** Items by the index of their draft, for the children of the same piece. */
    const made = new Map<number, OpenItem>();
    drafts.forEach((draft, index) => {
      switch (draft.kind) {
        case 'heading':
          if (headings) this.#heading(draft);
          break;
        case 'item': {
          const parent = draft.parent === undefined ? undefined : made.get(draft.parent);
          made.set(index, this.#item(draft, parent));
          if (draft.number !== undefined && parent === undefined) this.#number(draft.number);
          break;
        }
        case 'entry':
          if (this.#numbered?.number === draft.number - 1 && this.#numbered.around === this.#around()) {
            this.#item(draft.item, undefined);
            this.#number(draft.number);
          }
          break;
        case 'place':
          this.#place(draft);
          break;
        case 'paragraph':
          this.#paragraph(draft);
          break;
      }
    });
  }

  #number(number: number): void {
    this.#numbered = { number, around: this.#around() };
  }

  #around(): string | undefined {
    return this.#open.findLast(({ level }) => level <= 2)?.id;
  }

  #span({ start, end }: Span): Span {
    return this.#repaired.original({ start: this.#start + start, end: this.#start + end });
  }

  #priority(draft: PriorityDraft | undefined, from: ItemPriority['from']): ItemPriority | undefined {
    if (draft === undefined) return undefined;
    return { level: this.#marks.level(draft), from, span: this.#span(draft.span) };
  }

  #particulars({ references, fields, gate, links, waiver }: Particulars) {
    return {
      references: references.map((reference) => ({ ...reference, span: this.#span(reference.span) })),
      fields: fields.map((field) => ({
        ...field,
        labelSpan: this.#span(field.labelSpan),
        span: this.#span(field.span),
      })),
      gate: gate === undefined ? undefined : { ...gate, span: this.#span(gate.span) },
      links: links.map((link) => ({ ...link, span: this.#span(link.span) })),
      waiver: waiver === undefined ? undefined : { ...waiver, span: this.#span(waiver.span) },
    };
  }

  #heading(draft: HeadingDraft): void {
    this.#decide();
    const span = this.#span(draft.span);
    while ((this.#open.at(-1)?.level ?? 0) >= draft.level) this.#close(span.start);
    const parent = this.#open.at(-1);
    const priority = this.#priority(draft.priority, 'section') ?? parent?.priority;
    const titleSlug = slug(draft.title);
    const mark = draft.mark === undefined ? undefined : this.#marks.place(draft.mark, this.#start);
    const section: OpenSection = {
      id: this.#sectionIds.give(parent === undefined || parent.level === 1 ? titleSlug : `${parent.slug}/${titleSlug}`),
      title: draft.title,
      level: draft.level,
      parent: parent?.id,
      headingSpan: span,
      span,
      line: this.#lines.line(span.start),
      priority,
      status: mark === undefined ? undefined : draft.mark?.status,
      mark,
      due: draft.due,
      human: isHumanGroup(draft.title) || (parent?.human ?? false),
      item: undefined,
      slug: titleSlug,
      path: parent === undefined || draft.level === 1 ? [] : [...parent.path, parent.title],
      before: isBefore(draft.title),
    };
    if (parent?.level === 1) section.path = [];
    this.#sections.push(section);
    this.#open.push(section);
    for (const bar of draft.bars) this.#bar(bar);
    if (this.#title === undefined) {
      this.#title = draft.title;
      if (draft.level === 1) this.#status = section.status;
    }
    if (draft.level > 1) this.#undecided = { draft, section, start: this.#start };
  }

  #close(end: number): void {
    const section = this.#open.pop();
    if (section !== undefined) section.span = { start: section.span.start, end };
  }

  /**
   * Decides whether the heading before is an item, now that the block below it has no status for it. A mark in front of a
   * heading without a number adorns a group.
   */
  #decide(): void {
    const undecided = this.#undecided;
    this.#undecided = undefined;
    if (undecided === undefined) return;
    const { draft, section } = undecided;
    if (draft.mark === undefined || isPeriod(draft.title) || isPriorityGroup(draft.title) || draft.title === '') return;
    if (draft.leading && !draft.numbered) return;
    this.#headingItem(undecided, draft.mark, section.mark);
  }

  #headingItem(
    { draft, section, start }: { draft: HeadingDraft; section: OpenSection; start: number },
    mark: MarkDraft,
    placed: OpenItem['mark'],
  ): OpenItem {
    const here = this.#start;
    this.#start = start;
    const around = this.#open.slice(0, this.#open.indexOf(section));
    const parent = this.#itemAround(around);
    const within = around.at(-1);
    const item: OpenItem = {
      id: this.#itemIds.give(`${within === undefined || within.level === 1 ? '' : `${within.slug}/`}${section.slug}`),
      title: draft.title,
      detail: '',
      span: section.headingSpan,
      titleSpan: this.#span(draft.titleSpan),
      line: section.line,
      form: 'heading',
      status: mark.status,
      mark: placed,
      priority: this.#priority(draft.priority, 'item') ?? section.priority,
      section: within?.id,
      sectionPath: section.path,
      parent: parent?.id,
      depth: parent === undefined ? 0 : parent.depth + 1,
      ...this.#particulars(draft.particulars),
      human: section.human,
    };
    this.#start = here;
    section.item = item.id;
    this.#items.push(item);
    this.#byId.set(item.id, item);
    return item;
  }

  /** The item that the innermost of some sections is. */
  #itemAround(sections: readonly OpenSection[]): OpenItem | undefined {
    const id = sections.findLast((section) => section.item !== undefined)?.item;
    return id === undefined ? undefined : this.#byId.get(id);
  }

  #item(draft: ItemDraft, inList: OpenItem | undefined): OpenItem {
    this.#decide();
    const section = this.#open.at(-1);
    const parent = inList ?? this.#itemAround(this.#open);
    const span = this.#span(draft.span);
    const titleSpan = this.#span(draft.titleSpan);
    const own = this.#priority(draft.priority, draft.priorityFrom);
    const inherited = inList?.priority === undefined ? section?.priority : inList.priority;
    const ids = [
      section === undefined || section.level === 1 ? '' : section.slug,
      inList === undefined ? '' : slug(inList.title),
    ];
    const item: OpenItem = {
      id: this.#itemIds.give([...ids, slug(draft.title)].filter((part) => part !== '').join('/')),
      title: draft.title,
      detail: draft.detail,
      span,
      titleSpan,
      line: this.#lines.line(titleSpan.start),
      form: draft.form,
      status: draft.status,
      mark: draft.mark === undefined ? undefined : this.#marks.place(draft.mark, this.#start),
      priority:
        own ??
        (inherited === undefined || inList?.priority === undefined || inherited.from === 'section'
          ? inherited
          : { ...inherited, from: 'parent' }),
      section: section?.id,
      sectionPath: section === undefined || section.level === 1 ? [] : [...section.path, section.title],
      parent: parent?.id,
      depth: parent === undefined ? 0 : parent.depth + 1,
      ...this.#particulars(draft.particulars),
      human:
        draft.human ||
        (section?.human ?? false) ||
        (inList?.human ?? false) ||
        isHumanGroup(draft.title) ||
        isHumanGroup(draft.lead),
    };
    if (item.form === 'marked') {
      if (section?.before === true) item.aside = 'before';
      else if (item.status === 'done' && isPraise(draft.lead)) item.aside = 'provides';
    }
    if (inList?.aside !== undefined) item.aside = inList.aside;
    this.#items.push(item);
    return item;
  }

  #place(draft: Extract<Draft, { kind: 'place' }>): void {
    this.#decide();
    const reference = { ...draft.reference, span: this.#span(draft.reference.span) };
    const owner = this.#itemAround(this.#open);
    if (owner !== undefined) {
      owner.references = [...owner.references, reference];
      return;
    }
    this.#locations.push({
      reference,
      label: draft.lead,
      section: this.#open.at(-1)?.id,
      line: this.#lines.line(reference.span.start),
    });
  }

  #paragraph(draft: Extract<Draft, { kind: 'paragraph' }>): void {
    const undecided = this.#undecided;
    const { status } = draft;
    if (draft.first && undecided !== undefined && status !== undefined && !isSummary(undecided.draft.title)) {
      // What the field says counts more than a mark in the heading.
      this.#undecided = undefined;
      const placed = this.#marks.place(status, this.#start);
      if (isPeriod(undecided.draft.title) || isPriorityGroup(undecided.draft.title)) {
        undecided.section.status = status.status;
        undecided.section.mark = placed;
      } else this.#headingItem(undecided, status, placed);
    } else {
      const onTitle = this.#open.length === 1 && this.#open[0]?.level === 1;
      if (status !== undefined && onTitle) this.#status ??= status.status;
      this.#decide();
    }
    for (const bar of draft.bars) this.#bar(bar);
    const section = this.#open.at(-1);
    const owner = section?.item === undefined ? this.#itemAround(this.#open) : this.#itemAround([section]);
    if (owner === undefined) return;
    const more = this.#particulars(draft.particulars);
    const fields = draft.first ? more.fields : more.fields.filter(({ name }) => name !== 'other');
    owner.references = [...owner.references, ...more.references];
    owner.fields = [...owner.fields, ...fields];
    owner.links = [...owner.links, ...more.links];
    owner.gate ??= more.gate;
    owner.waiver ??= more.waiver;
    const priority = this.#priority(draft.priority, 'field');
    if (priority !== undefined) owner.priority = priority;
  }

  #bar(draft: BarDraft): void {
    const at = (span: Span | undefined) => (span === undefined ? undefined : this.#span(span));
    const span = this.#span(draft);
    const bar = {
      ...draft,
      ...span,
      line: this.#lines.line(span.start),
      percentSpan: at(draft.percentSpan),
      countSpan: at(draft.countSpan),
      blocksSpan: at(draft.blocksSpan),
    };
    this.#bars.push({ bar, section: this.#open.at(-1)?.id });
  }

  problem(start: number, problem: Span & { readonly message: string }): ChecklistProblem {
    this.#start = start;
    return { ...this.#span(problem), message: problem.message };
  }

  finish(end: number): Omit<Assembled, 'problems'> {
    this.#decide();
    while (this.#open.length > 0) this.#close(end);
    const sections = this.#sections.map(({ slug: _slug, path: _path, before: _before, ...section }) => section);
    const sums = new BarSums(sections, this.#items);
    return {
      title: this.#title,
      status: this.#status,
      sections,
      items: this.#items,
      bars: this.#bars.map(({ bar, section }) => ({ ...bar, sums: sums.of(bar.label, section) })),
      locations: this.#locations,
    };
  }
}
