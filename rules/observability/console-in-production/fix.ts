import { type FixContext, type FixEdit, ts, unwrap } from '#api';
import { modulePath } from '../../_shared/filePath.ts';
import { importLine } from '../../_shared/importLine.ts';
import { statementEnd } from '../../_shared/statementEnd.ts';
import { consoleLevel, isForTheScreen } from './consoleCalls.ts';

/** Writes all that the file says on the console with the logger instead; nothing where one call cannot be said that way. */
export function writeWithLogger(ctx: FixContext<unknown>): readonly FixEdit[] | undefined {
  const calls: ts.CallExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && consoleLevel(node, ctx.header) !== undefined && !isForTheScreen(node))
      calls.push(node);
    ts.forEachChild(node, visit);
  };
  visit(ctx.file);
  const bound = bindLogger(ctx);
  if (bound === undefined) return undefined;
  const edits: FixEdit[] = [...bound.edits];
  for (const call of calls) {
    const level = consoleLevel(call, ctx.header);
    const args = argumentsFor(String(ctx.data['package']), call, ctx);
    if (level === undefined || args === undefined) return undefined;
    edits.push(ctx.replace(call.expression, `${bound.name}.${level}`), ...args);
  }
  return edits;
}

/** Edits that make a call's arguments mean the same to the logger: text first or last, values by name. */
function argumentsFor(
  logger: string,
  call: ts.CallExpression,
  ctx: FixContext<unknown>,
): readonly FixEdit[] | undefined {
  const args = call.arguments;
  const [first, ...rest] = args;
  if (first === undefined || args.some(ts.isSpreadElement)) return undefined;
  const isText = ts.isStringLiteralLike(first) || ts.isTemplateExpression(first);
  // These print what they are given, as the console does.
  if (/^(?:log4js|tslog|consola)$/.test(logger)) return [];
  if (rest.length === 0) return isText || logger !== 'winston' || isError(first) ? [] : undefined;
  if (!isText || (ts.isStringLiteralLike(first) && /%[sdifjoOc]/.test(first.text))) return undefined;
  const takesError = logger === 'winston' && rest.length === 1 && rest.every(isError);
  if (takesError) return [];
  const members = rest.map((value) => memberFor(value));
  const names = members.map((member) => member?.name);
  if (members.some((member) => member === undefined) || new Set(names).size < names.length) return undefined;
  const object = `{ ${members.map((member) => member?.text).join(', ')} }`;
  const [from, to] = [args[0], args.at(-1)];
  if (from === undefined || to === undefined) return undefined;
  const span = { start: from.getStart(), end: to.end };
  // A comment among the arguments would be lost.
  if (/\/[*/]/.test(ctx.text.slice(first.end, to.end).replace(/(['"`]).*?\1/g, ''))) return undefined;
  const text = withoutColon(first.getText());
  return [ctx.replace(span, logger === 'winston' ? `${text}, ${object}` : `${object}, ${text}`)];
}

/** `'Answer: '` announces what no longer stands behind it. */
function withoutColon(text: string): string {
  return text.replace(/(?<=.)\s*[:=]\s*(?=['"`]$)/, '');
}

/** A value as a member of the object that loggers take: errors as `err`, others by their own name. */
function memberFor(value: ts.Expression): { readonly name: string; readonly text: string } | undefined {
  const node = unwrap(value);
  const text = value.getText();
  if (ts.isIdentifier(node) && node === value) {
    if (isError(value)) return { name: 'err', text: node.text === 'err' ? 'err' : `err: ${text}` };
    return { name: node.text, text };
  }
  const name = ts.isPropertyAccessExpression(node) ? node.name.text : undefined;
  return name === undefined ? undefined : { name, text: `${name}: ${text}` };
}

function isError(value: ts.Expression): boolean {
  return ts.isIdentifier(value) && /^(?:e|ex|err|error|\w*Err(?:or)?|exception)$/.test(value.text);
}

/** The logger's name in the file, with the import that it needs. */
function bindLogger(
  ctx: FixContext<unknown>,
): { readonly name: string; readonly edits: readonly FixEdit[] } | undefined {
  const exported = String(ctx.data['name']);
  const name = exported === '' ? 'logger' : exported;
  const target = modulePath(String(ctx.data['file']));
  for (const [local, imported] of ctx.header.imports) {
    if (
      imported.name === exported &&
      !imported.typeOnly &&
      modulePath(resolved(ctx.path, imported.module)) === target
    ) {
      return { name: local, edits: [] };
    }
  }
  if (new RegExp(`\\b${name}\\b`).test(ctx.text)) return undefined;
  const module = `${relative(ctx.path, target)}${extension(ctx)}`;
  const line = importLine(ctx, { module, name, isDefault: exported === '' }, statementEnd(ctx.file));
  return line && { name, edits: [line] };
}

/** What the file's other relative imports end in. */
function extension({ header }: FixContext<unknown>): string {
  for (const module of header.modules) {
    const found = module.startsWith('.') ? /\.[cm]?[jt]s$/.exec(module)?.[0] : undefined;
    if (found !== undefined) return found;
  }
  return '';
}

/** The path that a relative specifier of a file stands for, without its extension. */
function resolved(from: string, specifier: string): string {
  if (!specifier.startsWith('.')) return '';
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function relative(from: string, target: string): string {
  const here = from.split('/').slice(0, -1);
  const there = target.split('/');
  let same = 0;
  while (same < here.length && same < there.length - 1 && here[same] === there[same]) same++;
  const up = here.length - same;
  return [...(up === 0 ? ['.'] : Array.from({ length: up }, () => '..')), ...there.slice(same)].join('/');
}
