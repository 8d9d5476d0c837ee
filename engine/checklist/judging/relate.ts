import type { ChecklistItem, LineRange } from '../model.ts';
import type { EvidenceKind } from '../view.ts';
import type { ReferenceResolver } from './resolveReference.ts';
import type { TopicIndex } from './topics.ts';

/** That a rule speaks about an item, and how. Depends on the item and on which files there are, not on findings. */
export interface Relation {
  readonly rule: string;
  readonly kind: EvidenceKind;
  readonly topics: readonly string[];
  /** Files of the workspace that the item names. */
  readonly files: readonly NamedFile[];
  /** For a reference: whether a finding anywhere in the files counts, or only one in the lines that are named. */
  readonly reach: 'file' | 'lines';
}

export interface NamedFile {
  readonly path: string;
  /** Empty when the whole file is meant. */
  readonly lines: readonly LineRange[];
}

export interface RelateContext {
  readonly topics: TopicIndex;
  readonly references: ReferenceResolver;
  isRule(id: string): boolean;
}

/** Titles that promise words, tests or thoughts about a thing rather than the thing: findings do not contradict them. */
const ABOUT_IT =
  /^(?:\W|_)*(?:re-?|un)?(?:document|describe|explain|test|cover|review|audit|investigat|research|discuss|decid|plan|evaluat|assess|analy[sz]|consider|explor|estimat|track|monitor|report|list|catalog|communicat|announc|train|learn|identif|stud[iy]|benchmark|measur|profil|creat\w* (?:a )?(?:ticket|issue|doc))\w*\b/i;
const IS_DOCUMENTATION =
  /\b(?:documentation|docs?|readme|guide|tutorial|runbook|playbook|tests?|test (?:suite|plan)|specs?)\b/i;
const DOCUMENTS = /\.(?:md|mdx|txt|rst|adoc)$/i;

/** Rules that speak about an item, strongest first. What the item names itself leaves no room for guesses. */
export function relate(item: ChecklistItem, document: string, context: RelateContext): readonly Relation[] {
  const files = namedFiles(item, document, context.references);
  const linked = item.links.filter(({ rule, from }) => from === 'comment' || context.isRule(rule));
  if (linked.length > 0) {
    const rules = new Set(linked.map(({ rule }) => rule));
    return [...rules].map((rule) => ({ rule, kind: 'link', topics: [], files, reach: 'file' }));
  }
  if (item.aside !== undefined) return [];
  const fields = item.fields.filter(({ name }) => SAYS_WHAT.has(name));
  const rest = [item.detail, ...fields.map(({ value }) => value)].map((text) => withoutPaths(text, item));
  const places = isAboutIt(item) ? [] : files.filter(({ path }) => !DOCUMENTS.test(path));
  const relations = context.topics
    .match(withoutPaths(item.title, item), rest)
    .map(({ rule, topics, strong }): Relation => {
      const near = places.filter(({ lines }) => strong || lines.length > 0);
      if (near.length === 0) return { rule, kind: 'related', topics, files, reach: 'file' };
      return { rule, kind: 'reference', topics, files: near, reach: strong ? 'file' : 'lines' };
    });
  return relations.sort((a, b) => ORDER[a.kind] - ORDER[b.kind]);
}

const ORDER: Readonly<Record<EvidenceKind, number>> = { link: 0, reference: 1, related: 2 };

/** Fields that tell what the item is; the others say when, who and how much. */
const SAYS_WHAT: ReadonlySet<string> = new Set(['current', 'fix', 'add', 'implement', 'why', 'impact']);

/** Names of files say where, not what: `sandbox/list.ts` is no promise about sandboxes. */
function withoutPaths(text: string, { references }: ChecklistItem): string {
  return references.reduce((rest, { path }) => (path === '' ? rest : rest.replaceAll(path, ' ')), text);
}

function isAboutIt({ title }: ChecklistItem): boolean {
  return ABOUT_IT.test(title) || IS_DOCUMENTATION.test(title);
}

function namedFiles(item: ChecklistItem, document: string, references: ReferenceResolver): readonly NamedFile[] {
  const files = new Map<string, LineRange[] | 'whole'>();
  for (const { path, lines } of item.references) {
    for (const found of references.resolve(path, document)) {
      const known = files.get(found);
      if (lines.length === 0 || known === 'whole') files.set(found, 'whole');
      else files.set(found, [...(known ?? []), ...lines]);
    }
  }
  return [...files].map(([path, lines]) => ({ path, lines: lines === 'whole' ? [] : lines }));
}
