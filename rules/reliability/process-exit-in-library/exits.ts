import { type FileHeader, type FunctionNode, ts } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { isFunctionWithBody, outermostFunction } from '../../_shared/enclosing.ts';
import { lastPart } from '../../_shared/filePath.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { type Work, workAround } from '../../_shared/web/workFunctions.ts';

/** Folders of code that programs use and that is no program itself. */
const LIBRARY =
  /(?:^|\/)(?:libs?|utils?|helpers?|middlewares?|controllers?|services?|repositor(?:y|ies)|models?|validators?|mappers?)\//i;
/** Words of functions, files, routes and events that begin or end the program. */
const LIFE =
  /regist|unhealthy|critical|handle\w*err|err\w*handl|start|boot|init|main|setup|connect|listen|launch|serve|load|env|config|check|ensure|assert|require|validat|cluster|worker|primary|master|child|run|shut|exit|quit|kill|die|stop|clos|clean|terminat|abort|crash|panic|fatal|graceful|uncaught|unhandled|signal|sig(?:term|int)|destroy|restart|reboot|update|upgrade|install|cli|command|migrat|seed|watch|dev/i;
/** Packages of programs that somebody types commands for. */
const COMMAND_LINE = [
  'commander',
  'yargs',
  'inquirer',
  '@inquirer/prompts',
  'prompts',
  'ora',
  'meow',
  'cac',
  '@oclif/core',
  'minimist',
];

/** `process.exit()`, with the global process or the imported one, and `exit()` of `node:process`. */
export function isExit(call: ts.CallExpression, header: FileHeader): boolean {
  const reference = calledName(call) === 'exit' ? header.resolve(call.expression) : undefined;
  return reference === 'global#process.exit' || /^(?:node:)?process(?:#|\.)(?:default\.)?exit$/.test(reference ?? '');
}

/** Where the end of the program comes as a surprise: the work it is in, or the name of the library function around it. */
export type Surprise = { readonly work: Work } | { readonly name: string };

/** `undefined` where a program may well end itself, and where it cannot be told. */
export function surpriseOf(call: ts.CallExpression, source: SourceView): Surprise | undefined {
  if (names(call).some((name) => LIFE.test(name))) return undefined;
  const work = workAround(call, source);
  if (work !== undefined) return { work };
  const { localPath, modules, dependency } = source.header;
  if (!LIBRARY.test(localPath) || LIFE.test(lastPart(localPath))) return undefined;
  if (COMMAND_LINE.some((name) => modules.has(name) || dependency(name) !== undefined)) return undefined;
  const fn = outermostFunction(call);
  const name = fn === undefined || !isReachable(fn) ? undefined : names(fn.body ?? fn).at(0);
  return name === undefined ? undefined : { name };
}

/** Names of functions, variables, members, routes and events around a node, from the inside out. */
function names(node: ts.Node): readonly string[] {
  const found: string[] = [];
  for (let up = node.parent; up !== undefined; up = up.parent) {
    const name = isFunctionWithBody(up) || ts.isClassLike(up) ? ts.getNameOfDeclaration(up) : undefined;
    if (name !== undefined) found.push(name.getText());
    else if ((ts.isVariableDeclaration(up) || ts.isPropertyAssignment(up)) && up.initializer !== undefined) {
      found.push(up.name.getText());
    } else if (ts.isBinaryExpression(up) && ts.isPropertyAccessExpression(up.left)) found.push(up.left.name.text);
    else if (ts.isCallExpression(up)) {
      const [first] = up.arguments;
      if (first !== undefined && (ts.isStringLiteralLike(first) || ts.isTemplateExpression(first)))
        found.push(first.getText());
    }
  }
  return found;
}

/** Exported, or a public member of an exported class; code that runs as the file is loaded is none. */
function isReachable(fn: FunctionNode): boolean {
  const statement = ts.findAncestor(fn, (node) => ts.isSourceFile(node.parent));
  const isExported =
    statement !== undefined &&
    ts.canHaveModifiers(statement) &&
    ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
  const isCommonJs = statement !== undefined && /^(?:module\.)?exports\b/.test(statement.getText());
  return (isExported || isCommonJs) && !ts.isConstructorDeclaration(fn);
}
