import { type FileHeader, ts, unwrap } from '#api';
import { calledName, type MemberCall, memberAccess, memberCall } from './calls.ts';
import { fieldDeclaration } from './fieldDeclaration.ts';
import { isLoggerType, isPackageLogger, makesChild, makesLogger } from './loggerPackages.ts';
import { nameWords } from './nameWords.ts';
import type { SourceView } from './sourceView.ts';

/** Levels of all loggers, brought to the same six. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/** A call that writes to a log. */
export interface LogCall {
  readonly level: LogLevel;
  /** `console`, or a logger of whatever making. */
  readonly sink: 'console' | 'logger';
  /** The method's name in the source, or the function's where the logger itself is called. */
  readonly place: ts.Node;
}

/** Methods that write, whoever the logger is. */
const LEVELS: ReadonlyMap<string, LogLevel> = new Map([
  ['trace', 'trace'],
  ['silly', 'trace'],
  ['verbose', 'debug'],
  ['debug', 'debug'],
  ['dir', 'debug'],
  ['table', 'debug'],
  ['log', 'info'],
  ['info', 'info'],
  ['notice', 'info'],
  ['success', 'info'],
  ['warn', 'warn'],
  ['warning', 'warn'],
  ['error', 'error'],
  ['crit', 'fatal'],
  ['critical', 'fatal'],
  ['alert', 'fatal'],
  ['emerg', 'fatal'],
  ['fatal', 'fatal'],
]);

/** Last word of the names that loggers go by. */
const LOGGER_WORDS = new Set(['log', 'logger', 'logging']);

/** Functions that write by themselves, and the level that their name ends in. */
const LOG_FUNCTION = /^_?log(?:To[A-Z]\w*)?(Trace|Debug|Verbose|Info|Message|Warn|Warning|Error|Exception|Fatal)$/;

/** How many names are followed from a use to the making of a logger. */
const MAX_DEPTH = 4;

/**
 * Whether a call writes to a log, and at which level: the console, the logger of a package, a logger by its name
 * (`logger.info`, `this.log.warn`, `req.log.error`), or `logError(…)`. A view of the whole file, as checks of files and
 * fixes have it, adds loggers of any name by how they were made or typed; without it only the call and the header are read.
 */
export function logCall(call: ts.CallExpression, header: FileHeader, source?: SourceView): LogCall | undefined {
  const callee = unwrap(call.expression);
  const member = memberAccess(callee);
  if (member === undefined) return ts.isIdentifier(callee) ? plainCall(callee, header, source) : undefined;
  const named = LOG_FUNCTION.exec(member.name)?.[1];
  if (named !== undefined) return { level: levelOf(named), sink: 'logger', place: member.place };
  const level = LEVELS.get(member.name);
  return level === undefined ? undefined : memberOfLogger(member, level, header, source);
}

function memberOfLogger(
  { name, receiver, place }: MemberCall,
  level: LogLevel,
  header: FileHeader,
  source: SourceView | undefined,
): LogCall | undefined {
  const reference = header.resolve(receiver);
  if (reference === 'global#console') return { level, sink: 'console', place };
  if (reference?.startsWith('global#')) return undefined;
  const isOwnLog = name === 'log' && receiver.kind === ts.SyntaxKind.ThisKeyword;
  return isOwnLog || isLogger(receiver, header, source) ? { level, sink: 'logger', place } : undefined;
}

/** Whether an expression is a logger: by its package, its name, or, with a view of the file, its making or its type. */
function isLogger(expression: ts.Node, header: FileHeader, source?: SourceView, depth = 0): boolean {
  const node = unwrap(expression);
  const reference = header.resolve(node);
  if (reference !== undefined && isPackageLogger(reference)) return true;
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) return isNewLogger(node, header, source, depth);
  const name = ts.isIdentifier(node) ? node.text : memberAccess(node)?.name;
  if (name === undefined || reference?.startsWith('global#')) return false;
  if (isLoggerName(importedName(reference) ?? name) || isLoggerName(name)) return true;
  return source !== undefined && depth < MAX_DEPTH && isDeclaredLogger(node, source, depth);
}

/** `pino()`, `new Logger(X.name)`, `getLogger('jobs')`, `logger.child({ id })`. */
function isNewLogger(
  node: ts.CallExpression | ts.NewExpression,
  header: FileHeader,
  source: SourceView | undefined,
  depth: number,
): boolean {
  const made = header.resolve(node.expression);
  if (made !== undefined && makesLogger(made)) return true;
  const member = memberCall(node);
  if (member !== undefined && makesChild(member.name) && isLogger(member.receiver, header, source, depth + 1)) {
    return true;
  }
  return nameWords(calledName(node) ?? '').at(-1) === 'logger';
}

/** A name or field of the file that is declared as a logger. */
function isDeclaredLogger(node: ts.Node, source: SourceView, depth: number): boolean {
  const declaration = ts.isIdentifier(node)
    ? source.lookup(node)
    : ts.isPropertyAccessExpression(node)
      ? fieldDeclaration(node)
      : undefined;
  if (declaration === undefined) return false;
  if (
    !ts.isVariableDeclaration(declaration) &&
    !ts.isParameter(declaration) &&
    !ts.isPropertyDeclaration(declaration)
  ) {
    return false;
  }
  const { type, initializer } = declaration;
  if (type !== undefined && ts.isTypeReferenceNode(type)) {
    const { typeName } = type;
    return isLoggerType(ts.isIdentifier(typeName) ? typeName.text : typeName.right.text);
  }
  return initializer !== undefined && isLogger(initializer, source.header, source, depth + 1);
}

/** `logError(error)`, a `log` that was imported or made, and what `debug('app:db')` made. */
function plainCall(callee: ts.Identifier, header: FileHeader, source: SourceView | undefined): LogCall | undefined {
  const place = callee;
  const reference = header.resolve(callee);
  const dot = reference?.lastIndexOf('.') ?? -1;
  if (reference !== undefined && dot > 0 && reference.slice(0, dot) === 'global#console') {
    const level = LEVELS.get(reference.slice(dot + 1));
    return level === undefined ? undefined : { level, sink: 'console', place };
  }
  if (reference?.startsWith('global#')) return undefined;
  if (reference !== undefined && isFromLogger(reference)) {
    const level = LEVELS.get(reference.slice(reference.indexOf('#') + 1));
    if (level !== undefined) return { level, sink: 'logger', place };
  }
  const named = LOG_FUNCTION.exec(importedName(reference) ?? callee.text)?.[1];
  if (named !== undefined) return { level: levelOf(named), sink: 'logger', place };
  // Only the loggers of `debug` are functions.
  if (source !== undefined && isDeclaredLogger(callee, source, 0)) {
    return { level: 'debug', sink: 'logger', place };
  }
  return isOwnLog(callee.text, reference) ? { level: 'info', sink: 'logger', place } : undefined;
}

/** A function called `log`, of this project or of a package that is about logging; other packages have logarithms. */
function isOwnLog(name: string, reference: string | undefined): boolean {
  if (name !== 'log' && name !== 'logger') return false;
  if (reference === undefined || reference.startsWith('.')) return true;
  return nameWords(moduleOf(reference)).some((word) => LOGGER_WORDS.has(word));
}

/** `winston#error`, `firebase-functions/logger#warn`: a function taken out of a logger. */
function isFromLogger(reference: string): boolean {
  return reference.includes('#') && isPackageLogger(moduleOf(reference));
}

function isLoggerName(name: string): boolean {
  return LOGGER_WORDS.has(nameWords(name).at(-1) ?? '');
}

/** The name that an import has where it is exported: the name, or the module's for a default export. */
function importedName(reference: string | undefined): string | undefined {
  if (reference === undefined || reference.startsWith('global')) return undefined;
  const hash = reference.indexOf('#');
  if (hash >= 0)
    return reference
      .slice(hash + 1)
      .split('.')
      .at(-1);
  return reference.startsWith('.') ? /([^/]+?)(?:\.[cm]?[jt]sx?)?$/.exec(reference)?.[1] : undefined;
}

function moduleOf(reference: string): string {
  const hash = reference.indexOf('#');
  return hash < 0 ? reference : reference.slice(0, hash);
}

function levelOf(suffix: string): LogLevel {
  const name = suffix.toLowerCase();
  return name === 'exception' ? 'error' : (LEVELS.get(name) ?? 'info');
}
