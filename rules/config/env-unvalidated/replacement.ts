import { type FixSource, type Span, ts, unwrap } from '#api';
import { importInsertion } from '../../_shared/importLine.ts';
import { statementEnd } from '../../_shared/statementEnd.ts';
import type { EnvVariable } from './envSchema.ts';

export interface Replacement {
  readonly span: Span;
  readonly newText: string;
}

/**
 * The change that makes one read come from the env object called `local`: `process.env.X` becomes `local.X`, in a
 * destructuring the object on the right is exchanged. What the schema took over, a fallback or a `!`, is dropped with it.
 */
export function replacement(
  source: FixSource,
  span: Span,
  name: string,
  local: string,
  variable?: Pick<EnvVariable, 'fallback' | 'isRequired'>,
): Replacement | undefined {
  const node = nodeSpanning(source.file, span);
  if (node === undefined) return undefined;
  const element = ts.isBindingElement(node.parent) ? node.parent : node;
  if (ts.isBindingElement(element)) {
    const declaration = element.parent.parent;
    if (!ts.isVariableDeclaration(declaration) || declaration.initializer === undefined) return undefined;
    return change(declaration.initializer.getStart(), declaration.initializer.end, local);
  }
  const { parent } = node;
  const fallback = variable?.fallback;
  const drops =
    (ts.isNonNullExpression(parent) && variable?.isRequired === true) ||
    (fallback !== undefined && ts.isBinaryExpression(parent) && unwrap(parent.right).getText() === fallback);
  return drops
    ? change(parent.getStart(), parent.end, `${local}.${name}`)
    : change(span.start, span.end, `${local}.${name}`);
}

/** All variables that are destructured together with the one that is read in a span. */
export function destructuredWith(source: FixSource, span: Span): readonly string[] {
  const node = nodeSpanning(source.file, span);
  const element = node !== undefined && ts.isBindingElement(node.parent) ? node.parent : node;
  if (element === undefined || !ts.isBindingElement(element) || !ts.isObjectBindingPattern(element.parent)) return [];
  return element.parent.elements.flatMap(({ name, propertyName, dotDotDotToken }) => {
    const key = propertyName ?? name;
    return dotDotDotToken === undefined && ts.isIdentifier(key) ? [key.text] : [];
  });
}

/** The import of what the env module exports, under a name that is free in the file. */
export function importOfEnv(
  source: FixSource,
  specifier: string,
  exported: string,
  local: string,
  isModule: boolean,
): Replacement {
  const renamed = `${exported}${isModule ? ' as ' : ': '}${local}`;
  const bound = `{ ${local === exported ? exported : renamed} }`;
  const { at, text } = importInsertion(source, specifier, bound, isModule, statementEnd(source.file));
  return change(at, at, text);
}

function change(start: number, end: number, newText: string): Replacement {
  return { span: { start, end }, newText };
}

function nodeSpanning(file: ts.SourceFile, { start, end }: Span): ts.Node | undefined {
  const find = (node: ts.Node): ts.Node | undefined => {
    if (node.pos > start || node.end < end) return undefined;
    return ts.forEachChild(node, find) ?? (node.end === end && node.getStart(file) === start ? node : undefined);
  };
  return ts.forEachChild(file, find);
}
