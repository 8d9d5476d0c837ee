import { z } from 'zod';
import { rule, ts, unwrap } from '#api';
import { isFromOutside, isHandedOver } from '../../_shared/browser/origins.ts';
import { memberAccess } from '../../_shared/calls.ts';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import { nameWords } from '../../_shared/nameWords.ts';
import { FOLDERS, inFolders } from '../../_shared/places.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { isChecked, looksAt } from '../../_shared/web/checked.ts';
import { requestData } from '../../_shared/web/requestData.ts';
import { textParts } from '../../_shared/web/textParts.ts';
import { type CodeSink, calledCode, constructedCode, NAMES } from './codeSinks.ts';

/** Programs that build other programs make code on purpose, for whoever runs them. */
const BUILD_TOOL = inFolders(FOLDERS.scripts, FOLDERS.tools, 'build|webpack|config');
const BUILD_CONFIG = /\.config\.[cm]?[jt]s$/i;

/** Whether the function around a name looks at more of it than whether it is there; parameters included. */
function isLookedAt(part: ts.Expression): boolean {
  const node = unwrap(part);
  const body = enclosingFunction(node)?.body;
  return body !== undefined && looksAt(body, { values: new Set([node.getText()]), holders: new Set() });
}

/**
 * A caller that hands over a `script`, or an object with one, means it to be run: whose it is cannot be told here. What the
 * callback of a call gets is no caller's.
 */
function isCodeOfCaller(part: ts.Expression, source: SourceView): boolean {
  const node = unwrap(part);
  const member = memberAccess(node);
  const last = nameWords(member?.name ?? node.getText()).at(-1) ?? '';
  if (member === undefined) return CODE.test(last) && ts.isIdentifier(node) && isHandedOver(node, source);
  if (!CODE.test(last) && last !== 'source') return false;
  const holder = held(member.receiver, source);
  const declaration = ts.isIdentifier(holder) ? source.lookup(holder) : undefined;
  return declaration !== undefined && ts.isParameter(declaration) && !ts.isCallExpression(declaration.parent.parent);
}

const CODE = /^(?:code|script|js|javascript)$/;

/** What a name of this function stands for: `payload` for `const data = payload || first`. */
function held(expression: ts.Expression, source: SourceView): ts.Node {
  const node = unwrap(expression);
  const declaration = ts.isIdentifier(node) ? source.lookup(node) : undefined;
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return node;
  const value = declaration.initializer && unwrap(declaration.initializer);
  if (value === undefined) return node;
  return ts.isBinaryExpression(value) ? unwrap(value.left) : value;
}

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Texts from outside that are run as code.',
    promise: 'No text from outside is run as code',
    topics: ['eval', 'new Function', 'dynamic code', 'code injection', 'runInNewContext', 'arbitrary code'],
    subject: ['eval', 'Function', 'vm', 'runInContext', 'runInNewContext', 'require'],
    references: [
      { title: 'CWE-95: Eval Injection', url: 'https://cwe.mitre.org/data/definitions/95.html' },
      { title: 'Node.js: vm is not a security mechanism', url: 'https://nodejs.org/api/vm.html' },
    ],
    messages: {
      code: '{sink} runs {value} as code, with all that this program may do, and node:vm is no wall around it. Read the text with a parser, or pick what to do from a table of your own.',
      module:
        'A client chooses by {value} which module {sink} loads, and loading runs it. Pick the module from a table of your own.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      CallExpression: { named: NAMES, listen: (node, { header }): CodeSink | undefined => calledCode(node, header) },
      NewExpression: (node, { header }): CodeSink | undefined => constructedCode(node, header),
    },
    check(ctx) {
      const { localPath } = ctx.header;
      if (BUILD_TOOL.test(localPath) || BUILD_CONFIG.test(localPath)) return;
      for (const { name, code, isModule } of ctx.scope.all()) {
        for (const part of textParts(code, ctx)) {
          if (typeof part === 'string') continue;
          const isOpen =
            requestData(part, ctx) !== undefined ||
            (!isModule && !isCodeOfCaller(part, ctx) && isFromOutside(part, ctx));
          if (!isOpen || isChecked(part, ctx) || isLookedAt(part)) continue;
          ctx.report(part, isModule ? 'module' : 'code', { sink: name, value: part.getText() });
          break;
        }
      }
    },
  },
});
