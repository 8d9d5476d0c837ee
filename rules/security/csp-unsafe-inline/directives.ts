import { type FileHeader, type Span, ts, unwrap } from '#api';
import { settled } from '../../_shared/browser/constants.ts';
import { constant, option, propertyKey } from '../../_shared/calls.ts';
import { majorOf } from '../../_shared/packageMajor.ts';
import type { Lookup } from '../../_shared/sourceView.ts';
import { type LooseSource, looseSources, UNKNOWN } from './policy.ts';

/** `scriptSrc: […]` and `'script-src': […]`, as helmet and its relatives take them. */
export const KEY = /^(?:script(?:Src|-src)(?:-?[eE]lem|-?[aA]ttr)?|default(?:Src|-src))$/;

export function isScriptDirective(property: ts.PropertyAssignment): boolean {
  const key = propertyKey(property.name);
  return key !== undefined && KEY.test(key);
}

/** The place of a loose source in the source code. */
export type PlacedSource = Omit<LooseSource, keyof Span> & Span;

/** Loose sources of a directive that is a member of an object; what is not written in the file may be anything. */
export function looseInDirective(
  property: ts.PropertyAssignment,
  lookup: Lookup,
  header: FileHeader,
): readonly PlacedSource[] {
  const key = propertyKey(property.name) ?? '';
  const directives = property.parent;
  if (/^default/.test(key) && !standsForScripts(directives, header)) return [];
  if (reportsOnly(directives)) return [];
  const directive = key.replace(/(?=[A-Z])/g, '-').toLowerCase();
  return looseSources(sourcesOf(property.initializer, lookup)).map((source) => ({ ...source, directive }));
}

function sourcesOf(value: ts.Expression, lookup: Lookup): readonly (Span & { value: string })[] {
  const list = settled(value, lookup);
  const elements = ts.isArrayLiteralExpression(list) ? list.elements : [list];
  return elements.flatMap((element) => {
    const node = settled(element, lookup);
    const span = { start: node.getStart(), end: node.end };
    if (!ts.isStringLiteralLike(node)) return [{ ...span, value: UNKNOWN }];
    // A whole list in one text, as some take it.
    return [...node.text.matchAll(/\S+/g)].map(([word]) => ({ ...span, value: word.toLowerCase() }));
  });
}

/** Helmet adds a `script-src` of its own from version 5 on, and then the default says nothing of scripts. */
function standsForScripts(directives: ts.ObjectLiteralExpression, header: FileHeader): boolean {
  const saysMore = directives.properties.some(
    (other) =>
      ts.isSpreadAssignment(other) || (other.name !== undefined && /^script/.test(propertyKey(other.name) ?? 'script')),
  );
  if (saysMore) return false;
  const useDefaults = option(optionsAround(directives), 'useDefaults');
  if (useDefaults.kind === 'given') return constant(useDefaults.value)?.value === false;
  const version = majorOf(header.dependency('helmet') ?? '');
  return useDefaults.kind === 'absent' && version > 0 && version < 5;
}

function reportsOnly(directives: ts.ObjectLiteralExpression): boolean {
  const reportOnly = option(optionsAround(directives), 'reportOnly');
  return reportOnly.kind === 'given' && constant(reportOnly.value)?.value !== false;
}

/** The object whose `directives` they are; they themselves where they are handed over as they are. */
function optionsAround(directives: ts.ObjectLiteralExpression): ts.Node {
  let outer: ts.Node = directives;
  while (unwrap(outer.parent) === directives) outer = outer.parent;
  return ts.isPropertyAssignment(outer.parent) ? outer.parent.parent : directives;
}
