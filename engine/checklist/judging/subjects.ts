import { type Facet, facet } from '../../api/facet.ts';
import { oncePerScope, type RegisteredRule } from '../../api/rule.ts';
import type { FormatDocument, FormatLanguage } from '../../formats/types.ts';
import { namesInDocument, namesInText, partsOfName } from './nameParts.ts';

/** Characters above which a text document is data that nobody wrote by hand. */
const MAX_DOCUMENT = 256 * 1024;

/** Name of the facet, as the index knows it. */
export const SUBJECTS = 'checklist-subjects';

/**
 * Which of the names that rules are about occur in a file: what tells a rule that is silent because all is well from one that
 * had nothing to look at. `undefined` when no rule names a subject.
 */
export function subjectFacet(rules: readonly RegisteredRule[]): Facet<readonly string[]> | undefined {
  const wanted = new Set(rules.flatMap(({ meta }) => meta.subject ?? []).map((name) => name.toLowerCase()));
  if (wanted.size === 0) return undefined;
  const languages = [...new Set(rules.flatMap((rule) => (rule.meta.subject === undefined ? [] : languagesOf(rule))))];
  const known = (names: Iterable<string>): readonly string[] | undefined => {
    let found: string[] | undefined;
    for (const name of names) if (wanted.has(name)) found = [...(found ?? []), name];
    return found;
  };
  return facet<string, readonly string[]>({
    name: SUBJECTS,
    collect: {
      Identifier: (node) => known(partsOfName(node.text)),
      StringLiteral: (node) => known(namesInText(node.text)),
      NoSubstitutionTemplateLiteral: (node) => known(namesInText(node.text)),
      TemplateExpression: (node) =>
        known(
          [node.head, ...node.templateSpans.map(({ literal }) => literal)].flatMap(({ text }) => namesInText(text)),
        ),
    },
    fold: (scope) => sorted(namesOf(scope)),
    documents: {
      languages,
      fold(document: FormatDocument) {
        if (document.text.length > MAX_DOCUMENT) return undefined;
        const found = known(namesInDocument(document.text));
        return found === undefined ? undefined : sorted(found);
      },
    },
  });
}

/** Functions that nobody touched are not counted again; those that hold the same names share one set. */
const namesOf = oncePerScope<string, ReadonlySet<string>>((facts, inner) => {
  const names = new Set(facts);
  for (const others of new Set(inner)) for (const name of others) names.add(name);
  return shared(names);
});

/** Sets of names by what is in them (cache: sets of subjects). There are few names that any rule is about. */
const sharedSets = new Map<string, ReadonlySet<string>>();
const MOST_SETS = 10_000;

function shared(names: ReadonlySet<string>): ReadonlySet<string> {
  const key = sorted(names).join();
  const same = sharedSets.get(key);
  if (same !== undefined) return same;
  if (sharedSets.size >= MOST_SETS) sharedSets.clear();
  sharedSets.set(key, names);
  return names;
}

function sorted(names: Iterable<string>): readonly string[] {
  return [...names].sort();
}

/** Languages other than source code that a rule looks at. */
function languagesOf(rule: RegisteredRule): readonly FormatLanguage[] {
  const facets = rule.project?.facets ?? [];
  return [...(rule.documents?.languages ?? []), ...facets.flatMap((each) => each.documents?.languages ?? [])];
}

/** Whether a rule looks at source code. */
export function readsSource(rule: RegisteredRule): boolean {
  const { node, function: fn, file, comment, types, project } = rule;
  if ([node, fn, file, comment, types].some((scope) => scope !== undefined)) return true;
  return project?.facets.some((each) => each.fold !== undefined) ?? false;
}

/** Whether a rule looks at a text document. */
export function readsDocument(rule: RegisteredRule, language: FormatLanguage, localPath: string): boolean {
  const { documents, project } = rule;
  if (documents?.languages.includes(language) && documents.matches?.(localPath) !== false) return true;
  return project?.facets.some((each) => each.documents?.languages.includes(language)) ?? false;
}
