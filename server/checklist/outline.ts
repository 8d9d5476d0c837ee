import type { ChecklistDocument, ChecklistItem, ChecklistSection } from '#engine/checklist/model.ts';

/** A section or item with what stands below it, in text order. */
export interface OutlineNode {
  readonly section: ChecklistSection | undefined;
  /** Set for an item, also for one that is a heading; then the heading's section is not there a second time. */
  readonly item: ChecklistItem | undefined;
  readonly line: number;
  readonly children: readonly OutlineNode[];
}

/** A checklist as a tree: sections that hold items, and items with those that are part of them. */
export interface Outline {
  readonly roots: readonly OutlineNode[];
  readonly sections: ReadonlyMap<string, OutlineNode>;
  readonly items: ReadonlyMap<string, OutlineNode>;
}

interface Draft extends OutlineNode {
  readonly children: Draft[];
}

const outlines = new WeakMap<ChecklistDocument, Outline>();

/** The outline of a document, made once (cache: outlines). */
export function outlineOf(document: ChecklistDocument): Outline {
  let outline = outlines.get(document);
  if (outline === undefined) {
    outline = makeOutline(document);
    outlines.set(document, outline);
  }
  return outline;
}

function makeOutline(document: ChecklistDocument): Outline {
  const items = new Map<string, Draft>();
  const sections = new Map<string, Draft>();
  const known = new Map(document.sections.map((section) => [section.id, section]));
  const roots: Draft[] = [];
  for (const item of document.items) items.set(item.id, { section: undefined, item, line: item.line, children: [] });

  /** Where the content of a section goes: to the item that its heading is, to a node of its own, or to the top. */
  function home(id: string | undefined): Draft[] {
    const section = id === undefined ? undefined : known.get(id);
    if (section === undefined || isTitle(section, document)) return roots;
    const own = section.item === undefined ? undefined : items.get(section.item);
    if (own !== undefined) return own.children;
    let node = sections.get(section.id);
    if (node === undefined) {
      node = { section, item: undefined, line: section.line, children: [] };
      sections.set(section.id, node);
      home(section.parent).push(node);
    }
    return node.children;
  }

  for (const node of items.values()) {
    if (node.item === undefined) continue;
    const parent = node.item.parent === undefined ? undefined : items.get(node.item.parent);
    (parent === undefined || parent === node ? home(node.item.section) : parent.children).push(node);
  }
  for (const { children } of [{ children: roots }, ...sections.values(), ...items.values()])
    children.sort((a, b) => a.line - b.line);
  return { roots, sections, items };
}

/** The heading that names the whole document says nothing that its node does not say. */
function isTitle(section: ChecklistSection, document: ChecklistDocument): boolean {
  return section.parent === undefined && section.item === undefined && section.title === document.title;
}
