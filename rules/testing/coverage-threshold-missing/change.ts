import {
  type DataEntry,
  type DataNode,
  type Finding,
  type FixContext,
  type Span,
  type TextEdit,
  ts,
  unwrap,
} from '#api';
import { addEntries } from '../../_shared/addEntries.ts';
import { addMembers } from '../../_shared/addMembers.ts';
import { isSource } from '../../_shared/filePath.ts';
import { first } from '../../_shared/memberPlace.ts';
import { nameOf } from '../../_shared/testing/setting.ts';
import { type Floor, lowIn } from './floor.ts';
import { METRICS, type Metric } from './thresholds.ts';

/** Writes the floor as thresholds where the finding says that none are. */
export function addThresholds(ctx: FixContext<Floor>, finding: Finding): TextEdit[] | undefined {
  return isSource(ctx.path) ? addInSource(ctx) : addInData(ctx, finding);
}

/** Raises thresholds below the floor that stand together with the reported one. */
export function raiseThresholds(ctx: FixContext<Floor>, finding: Finding): TextEdit[] | undefined {
  const written = ctx.text.slice(finding.start, finding.end);
  const flag = /^--\S*?(\w+)(?:=|\s+)([\d.]+)$/.exec(written);
  const metric = METRICS.find((name) => name === flag?.[1]);
  if (flag?.[2] !== undefined && metric !== undefined) {
    return [ctx.replace(finding, `${written.slice(0, -flag[2].length)}${ctx.options[metric]}`)];
  }
  const siblings = isSource(ctx.path) ? siblingsInSource(ctx) : siblingsInData(ctx, finding);
  // A number that stands elsewhere may be meant for other things as well.
  if (siblings.some(({ value }) => Number.isNaN(value))) return undefined;
  return lowIn(siblings, ctx.options).map(({ metric: name, place }) => ctx.replace(place, `${ctx.options[name]}`));
}

/** A member and its value as text. */
type Entry = readonly [name: string, value: string];

function istanbulMembers(floor: Floor): readonly Entry[] {
  return [['check-coverage', 'true'], ...METRICS.map((metric): Entry => [metric, `${floor[metric]}`])];
}

interface Written {
  readonly metric: Metric;
  readonly value: number;
  readonly place: ts.Node | Span;
}

// ── source code ──────────────────────────────────────────────────────────────────────────────────────────────────────

function isName(node: ts.Node): node is ts.Identifier | ts.StringLiteral {
  return (ts.isIdentifier(node) || ts.isStringLiteral(node)) && ts.isObjectLiteralElementLike(node.parent);
}

function addInSource(ctx: FixContext<Floor>): TextEdit[] | undefined {
  const name = ctx.node(isName);
  const member = name?.parent;
  const around = member === undefined ? ctx.node(ts.isObjectLiteralExpression) : member.parent;
  if (around === undefined || !ts.isObjectLiteralExpression(around)) return undefined;
  const numbers = `{ ${METRICS.map((metric) => `${metric}: ${ctx.options[metric]}`).join(', ')} }`;
  const runner = ctx.data['runner'];
  if (runner === 'Jest') return setMembers(ctx, around, [['coverageThreshold', `{ global: ${numbers} }`]]);
  if (runner !== 'Vitest') return setMembers(ctx, around, istanbulMembers(ctx.options));
  // Before version 1 they stood among the options of coverage.
  if (/^[\^~]?0\./.test(ctx.header.dependency('vitest') ?? '')) return undefined;
  const value = member && ts.isPropertyAssignment(member) ? unwrap(member.initializer) : undefined;
  const inner = value !== undefined && ts.isObjectLiteralExpression(value) ? value : undefined;
  if (name?.text === 'coverage') return inner && setMembers(ctx, inner, [['thresholds', numbers]]);
  if (name?.text === 'test') return inner && setMembers(ctx, inner, [['coverage', `{ thresholds: ${numbers} }`]]);
  return setMembers(ctx, around, [['test', `{ coverage: { thresholds: ${numbers} } }`]]);
}

function setMembers(ctx: FixContext<Floor>, object: ts.ObjectLiteralExpression, members: readonly Entry[]): TextEdit[] {
  const edits: TextEdit[] = [];
  const added: string[] = [];
  for (const [name, value] of members) {
    const present = object.properties.find((property) => nameOf(property) === name);
    const old = present && ts.isPropertyAssignment(present) ? present.initializer : undefined;
    if (old === undefined) added.push(`${/^\w+$/.test(name) ? name : `'${name}'`}: ${value}`);
    else if (!(Number(old.getText()) >= Number(value))) edits.push(ctx.replace(old, value));
  }
  if (added.length > 0) {
    const { at, text } = addMembers(object, added);
    edits.push(ctx.insert(at, text));
  }
  return edits;
}

function siblingsInSource(ctx: FixContext<Floor>): readonly Written[] {
  const member = ctx.node(ts.isPropertyAssignment);
  if (member === undefined) return [];
  return member.parent.properties.flatMap((property) => {
    const metric = METRICS.find((name) => name === nameOf(property));
    if (metric === undefined) return [];
    const value = ts.isPropertyAssignment(property) ? unwrap(property.initializer) : property;
    return [{ metric, value: ts.isNumericLiteral(value) ? Number(value.text) : Number.NaN, place: value }];
  });
}

// ── JSON ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

function addInData(ctx: FixContext<Floor>, finding: Span): TextEdit[] | undefined {
  const { document } = ctx;
  if (document.language !== 'json') return undefined;
  const [root] = document.roots;
  if (root?.kind !== 'object') return undefined;
  const isJest = ctx.data['runner'] === 'Jest';
  const numbers = METRICS.map((metric) => `"${metric}": ${ctx.options[metric]}`).join(', ');
  const members: readonly Entry[] = isJest
    ? [['coverageThreshold', `{ "global": { ${numbers} } }`]]
    : istanbulMembers(ctx.options);
  if (!ctx.path.endsWith('/package.json')) return setEntries(ctx, root, members);
  const key = isJest ? 'jest' : String(ctx.data['runner']);
  const entry = root.entries.find((candidate) => candidate.key === key);
  // The finding is at a script, and the section is for something else.
  if (entry !== undefined && entry.keySpan.start !== finding.start) return undefined;
  if (entry !== undefined) return setEntries(ctx, entry.value, members);
  const section = members.map(([name, value]) => `"${name}": ${value}`).join(', ');
  return key === 'Vitest' ? undefined : setEntries(ctx, root, [[key, `{ ${section} }`]]);
}

function setEntries(
  ctx: FixContext<Floor>,
  node: DataNode | undefined,
  members: readonly Entry[],
): TextEdit[] | undefined {
  if (node?.kind !== 'object') return undefined;
  const edits: TextEdit[] = [];
  const added: string[] = [];
  for (const [name, value] of members) {
    const old = node.entries.find(({ key }) => key === name)?.value;
    if (old === undefined) added.push(`"${name}": ${value}`);
    else if (!(old.kind === 'scalar' && Number(old.value) >= Number(value))) edits.push(ctx.replace(old.span, value));
  }
  if (added.length > 0) {
    edits.push(...addEntries(ctx.text, node, added).map(({ span, text }) => ctx.replace(span, text)));
  }
  return edits;
}

function siblingsInData(ctx: FixContext<Floor>, finding: Span): readonly Written[] {
  const { document } = ctx;
  if (document.language !== 'json' && document.language !== 'yaml') return [];
  const search = (node: DataNode | undefined): readonly DataEntry[] | undefined => {
    if (node?.kind === 'array') return first(node.items, search);
    if (node?.kind !== 'object') return undefined;
    if (node.entries.some(({ span }) => span.start === finding.start && span.end === finding.end)) return node.entries;
    return first(node.entries, ({ value }) => search(value));
  };
  return (first(document.roots, search) ?? []).flatMap(({ key, value }) => {
    const metric = METRICS.find((name) => name === key);
    if (metric === undefined || value?.kind !== 'scalar' || typeof value.value !== 'number') return [];
    return [{ metric, value: value.value, place: value.span }];
  });
}
