import { BarSums } from './barSums.ts';
import type { Draft, HeadingDraft, ItemDraft } from './drafts.ts';
import { IdGiver, slug } from './ids.ts';
import type { MarkDraft } from './marks.ts';
import type { ChecklistDocument, ChecklistItem, ItemPriority, ListedLocation } from './model.ts';
import { idPrefix, type OpenSection, Outline, pathIn } from './outline.ts';
import type { Placer } from './placer.ts';
import { isHumanGroup, isPeriod, isPraise, isPriorityGroup, isSummary } from './sectionFacts.ts';

type Assembled = Omit<ChecklistDocument, 'path' | 'title' | 'problems'> & { readonly title: string | undefined };
type OpenItem = { -readonly [Key in keyof ChecklistItem]: ChecklistItem[Key] };

/** Puts the drafts of all pieces together: sections, parents, inherited priorities, ids. */
export class Assembler {
  readonly #placer: Placer;
  readonly #outline: Outline;
  readonly #items: OpenItem[] = [];
  readonly #headingItems = new Map<string, OpenItem>();
  readonly #bars: { readonly bar: ReturnType<Placer['bar']>; readonly section: string | undefined }[] = [];
  readonly #locations: ListedLocation[] = [];
  readonly #ids = new IdGiver();
  #title: string | undefined;
  #status: ChecklistDocument['status'];
  /** The last numbered entry that was an item, and the chapter it stands in. */
  #numbered: { readonly number: number; readonly chapter: string | undefined } | undefined;
  /** A heading of which only the next block says whether it is an item. */
  #undecided: { readonly draft: HeadingDraft; readonly section: OpenSection; readonly start: number } | undefined;

  constructor(placer: Placer) {
    this.#placer = placer;
    this.#outline = new Outline(placer);
  }

  /** Reads the drafts of the piece where the placer stands. `headings`: its headings are headings of the document. */
  take(drafts: readonly Draft[], headings: boolean): void {
    /** Items by the index of their draft, for their children. */
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
          if (this.#numbered?.number === draft.number - 1 && this.#numbered.chapter === this.#outline.chapter) {
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
    this.#numbered = { number, chapter: this.#outline.chapter };
  }

  #heading(draft: HeadingDraft): void {
    this.#decide();
    const section = this.#outline.enter(draft);
    for (const bar of draft.bars) this.#bars.push({ bar: this.#placer.bar(bar), section: section.id });
    if (this.#title === undefined) {
      this.#title = draft.title;
      if (draft.level === 1) this.#status = section.status;
    }
    if (draft.level > 1) this.#undecided = { draft, section, start: this.#placer.start };
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
    if ((draft.leading && !draft.numbered) || isSummary(draft.title)) return;
    this.#headingItem(undecided, draft.mark, section.mark);
  }

  #headingItem(
    { draft, section, start }: { draft: HeadingDraft; section: OpenSection; start: number },
    mark: MarkDraft,
    placed: OpenItem['mark'],
  ): void {
    const placer = this.#placer;
    const around = this.#outline.open.filter(({ level }) => level < section.level);
    const here = placer.start;
    placer.start = start;
    const parent = this.#itemAround(around);
    const within = around.at(-1);
    const item: OpenItem = {
      id: this.#ids.give(`${idPrefix(within)}${section.slug}`),
      title: draft.title,
      detail: '',
      span: section.headingSpan,
      titleSpan: placer.span(draft.titleSpan),
      line: section.line,
      form: 'heading',
      status: mark.status,
      mark: placed,
      priority: placer.priority(draft.priority, 'item') ?? section.priority,
      section: within?.id,
      sectionPath: section.path,
      parent: parent?.id,
      depth: parent === undefined ? 0 : parent.depth + 1,
      ...placer.particulars(draft.particulars),
      human: section.human,
    };
    placer.start = here;
    section.item = item.id;
    this.#items.push(item);
    this.#headingItems.set(item.id, item);
  }

  /** The item that the innermost of some sections is. */
  #itemAround(sections: readonly OpenSection[]): OpenItem | undefined {
    const id = sections.findLast((section) => section.item !== undefined)?.item;
    return id === undefined ? undefined : this.#headingItems.get(id);
  }

  #item(draft: ItemDraft, inList: OpenItem | undefined): OpenItem {
    this.#decide();
    const placer = this.#placer;
    const section = this.#outline.innermost;
    const parent = inList ?? this.#itemAround(this.#outline.open);
    const titleSpan = placer.span(draft.titleSpan);
    const list = inList === undefined ? '' : `${slug(inList.title)}/`;
    const item: OpenItem = {
      id: this.#ids.give(`${idPrefix(section)}${list}${slug(draft.title)}`),
      title: draft.title,
      detail: draft.detail,
      span: placer.span(draft.span),
      titleSpan,
      line: placer.line(titleSpan.start),
      form: draft.form,
      status: draft.status,
      mark: placer.mark(draft.mark),
      priority: placer.priority(draft.priority, draft.priorityFrom) ?? inherited(inList, section),
      section: section?.id,
      sectionPath: pathIn(section),
      parent: parent?.id,
      depth: parent === undefined ? 0 : parent.depth + 1,
      ...placer.particulars(draft.particulars),
      human:
        draft.human || (inList ?? section)?.human === true || isHumanGroup(draft.title) || isHumanGroup(draft.lead),
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
    const reference = { ...draft.reference, span: this.#placer.span(draft.reference.span) };
    const owner = this.#itemAround(this.#outline.open);
    if (owner !== undefined) {
      owner.references = [...owner.references, reference];
      return;
    }
    this.#locations.push({
      reference,
      label: draft.lead,
      section: this.#outline.innermost?.id,
      line: this.#placer.line(reference.span.start),
    });
  }

  #paragraph(draft: Extract<Draft, { kind: 'paragraph' }>): void {
    const undecided = this.#undecided;
    const { status } = draft;
    if (draft.first && undecided !== undefined && status !== undefined && !isSummary(undecided.draft.title)) {
      // What the field says counts more than a mark in the heading.
      this.#undecided = undefined;
      const placed = this.#placer.mark(status);
      if (isPeriod(undecided.draft.title) || isPriorityGroup(undecided.draft.title)) {
        undecided.section.status = status.status;
        undecided.section.mark = placed;
      } else this.#headingItem(undecided, status, placed);
    } else {
      const onTitle = this.#outline.open.length === 1 && this.#outline.innermost?.level === 1;
      if (status !== undefined && onTitle) this.#status ??= status.status;
      this.#decide();
    }
    const section = this.#outline.innermost;
    for (const bar of draft.bars) this.#bars.push({ bar: this.#placer.bar(bar), section: section?.id });
    const owner = this.#itemAround(this.#outline.open);
    if (owner === undefined) return;
    const more = this.#placer.particulars(draft.particulars);
    const fields = draft.first ? more.fields : more.fields.filter(({ name }) => name !== 'other');
    owner.references = [...owner.references, ...more.references];
    owner.fields = [...owner.fields, ...fields];
    owner.links = [...owner.links, ...more.links];
    owner.gate ??= more.gate;
    owner.waiver ??= more.waiver;
    if (section?.item === owner.id) owner.priority = this.#placer.priority(draft.priority, 'field') ?? owner.priority;
  }

  /** The document without what the parser adds. `end`: length of the original text. */
  finish(end: number): Assembled {
    this.#decide();
    const sections = this.#outline.finish(end);
    const sums = new BarSums(sections, this.#items);
    return {
      title: this.#title,
      status: this.#status,
      sections,
      items: this.#items,
      bars: this.#bars.map(({ bar, section }) => ({
        ...bar,
        sums: sums.of(bar.label, section, bar.blocksSpan !== undefined || bar.countSpan !== undefined),
      })),
      locations: this.#locations,
    };
  }
}

/** The priority of the item around an entry, or else of its section. */
function inherited(item: OpenItem | undefined, section: OpenSection | undefined): ItemPriority | undefined {
  if (item?.priority === undefined) return section?.priority;
  return item.priority.from === 'section' ? item.priority : { ...item.priority, from: 'parent' };
}
