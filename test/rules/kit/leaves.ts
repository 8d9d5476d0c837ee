import type { Nodes } from 'mdast';
import type { Span } from '#engine/api/finding.ts';
import type { DataNode, FormatDocument, HtmlElement } from '#engine/formats/types.ts';

/** The smallest thing that a document says, with all places that say it. */
export interface Leaf {
  /** What is said: the path of a value and the value, an instruction, an element with its attributes … */
  readonly says: string;
  /** Where it is said: the value and the names that lead to it. */
  readonly spans: readonly Span[];
}

/** What a document says, piece by piece, so that one can tell what an edit changed besides what it touched. */
export function leavesOf(document: FormatDocument): readonly Leaf[] {
  switch (document.language) {
    case 'json':
    case 'yaml':
      return document.roots.flatMap((root) => dataLeaves(root, '', []));
    case 'dockerfile':
      return document.instructions.map(({ keyword, argument, flags, heredocs, span }) => ({
        says: JSON.stringify([keyword, flags.map(({ name, value }) => [name, value]), argument, heredocs.map(bodyOf)]),
        spans: [span, ...heredocs.map((heredoc) => heredoc.span)],
      }));
    case 'html':
      return document.elements.flatMap(htmlLeaves);
    case 'markdown':
      return markdownLeaves(document.root, '');
    case 'dotenv':
      return document.entries.map(({ key, value, span }) => ({ says: `${key}=${value}`, spans: [span] }));
    case 'ignore':
      return document.entries.map(({ pattern, isException, span }) => ({
        says: `${isException ? '!' : ''}${pattern}`,
        spans: [span],
      }));
    case 'shell':
      return document.lines.map(({ span }) => ({ says: document.text.slice(span.start, span.end), spans: [span] }));
    case 'makefile':
      return [
        ...document.variables.map(({ name, value, span }) => ({ says: `${name} = ${value}`, spans: [span] })),
        ...document.includes.map(({ path, span }) => ({ says: `include ${path}`, spans: [span] })),
        ...document.rules.flatMap(({ targets, prerequisites, recipe, span: { start } }) => [
          { says: `${targets.join(' ')}: ${prerequisites.join(' ')}`, spans: [{ start, end: start }] },
          ...recipe.map(({ span }) => ({ says: document.text.slice(span.start, span.end), spans: [span] })),
        ]),
      ];
    case 'prisma':
      return document.blocks.flatMap(({ keyword, name, nameSpan, fields, attributes }) => [
        { says: `${keyword} ${name}`, spans: [nameSpan] },
        ...attributes.map((each) => ({ says: `${name} @@${each.name}(${each.argument})`, spans: [each.span] })),
        ...fields.map((field) => ({
          says: `${name}.${field.name} ${field.type} ${field.attributes.map((each) => `@${each.name}(${each.argument})`)}`,
          spans: [field.span, nameSpan],
        })),
      ]);
  }
}

function bodyOf({ name, body }: { readonly name: string; readonly body: string }): readonly string[] {
  return [name, body];
}

function dataLeaves(node: DataNode, path: string, names: readonly Span[]): readonly Leaf[] {
  const leaf = (value: string): readonly Leaf[] => [{ says: `${path} = ${value}`, spans: [...names, node.span] }];
  // What an alias stands for is written, and counted, elsewhere.
  if (node.definition !== undefined) return leaf('an alias');
  // No value has no place of its own: it is the colon behind its name.
  const name = names.at(-1);
  if (node.kind === 'scalar' && node.value === null && node.span.start === node.span.end && name !== undefined)
    return [{ says: `${path} = null`, spans: [...names, { start: name.start, end: name.end + 1 }] }];
  if (node.kind === 'scalar') return leaf(JSON.stringify(node.value));
  if (node.kind === 'array')
    return node.items.length === 0 ? leaf('[]') : node.items.flatMap((item) => dataLeaves(item, `${path}[]`, names));
  const own = node.entries.filter(({ merged }) => merged === undefined);
  if (own.length === 0) return leaf('{}');
  return own.flatMap(({ key, keySpan, span, value }) =>
    value === undefined
      ? [{ says: `${path}.${key} = nothing`, spans: [...names, span] }]
      : dataLeaves(value, `${path}.${key}`, [...names, keySpan]),
  );
}

function htmlLeaves({ name, attributes, span, children }: HtmlElement): readonly Leaf[] {
  const said = attributes.map((attribute) => ` ${attribute.name}=${JSON.stringify(attribute.value)}`);
  return [{ says: `<${name}${said.join('')}>`, spans: [span] }, ...children.flatMap(htmlLeaves)];
}

function markdownLeaves(node: Nodes, above: string): readonly Leaf[] {
  const path = `${above}/${node.type}`;
  if ('children' in node) return node.children.flatMap((child) => markdownLeaves(child, path));
  const { position } = node;
  if (position?.start.offset === undefined || position.end.offset === undefined) return [];
  const said = 'value' in node ? node.value : '';
  return [{ says: `${path} ${said}`, spans: [{ start: position.start.offset, end: position.end.offset }] }];
}
