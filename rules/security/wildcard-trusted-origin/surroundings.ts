import { ts } from '#api';
import { calledName, propertyKey } from '../../_shared/calls.ts';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import { functionName } from '../../_shared/functionName.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import type { Holder } from './lists.ts';

/** Settings of tools that serve a developer's own machine. */
const TOOL_CONFIG =
  /(?:^|\/)(?:vite|webpack|rollup|rspack|rsbuild|vitest|jest|playwright|nuxt|astro|vue|farm)[\w.]*\.config\.\w+$/;

/** What stands beside a list of origins in options for CORS, in objects of many libraries and clouds. */
const CORS_MEMBER = /^(?:allowed?|exposed?|supports?)_?(?:methods?|headers?|credentials)$|^max_?age/i;

/** Everything is let through but for what another list names. */
const DENYING = /^(?:den|block|forbid|disallow|exclu|blacklist)/i;

/** Names for whom a program itself may call. */
const OUTGOING = /cors|network|egress|outbound|sandbox|crawl|scrap|proxy|fetch/i;

/**
 * Whether a list is about something else than whom the program trusts: options of CORS, which
 * `security/cors-permissive` judges, whom it may call itself, or a development server.
 */
export function isAboutOther({ name, node }: Holder, source: SourceView): boolean {
  const { header } = source;
  if (TOOL_CONFIG.test(header.localPath) || /cors/i.test(header.localPath)) return true;
  for (let at = node; !ts.isSourceFile(at); at = at.parent) {
    if (OUTGOING.test(nameOf(at))) return true;
    const members = ts.isObjectLiteralExpression(at) ? at.properties : ts.isClassLike(at) ? at.members : [];
    if (at === node.parent && members.some(isTelling)) return true;
  }
  // The one word that is no habit of CORS, and messages between windows, which have none.
  if (/trusted/i.test(name) || takesMessages(node)) return false;
  if ([...header.modules].some((module) => /\bcors\b/.test(module))) return true;
  const file = node.getSourceFile();
  source.relyOn(file);
  return /\bcors|access-control-allow/i.test(file.text);
}

/** Whether the top-level statement around a list is about messages of other windows, whose origin code has to check itself. */
function takesMessages(node: ts.Node): boolean {
  const statement = ts.findAncestor(node, (at) => ts.isSourceFile(at.parent));
  return statement !== undefined && /\bMessageEvent\b|postMessage|\.data\b[^;]*\.origin\b/.test(statement.getText());
}

function isTelling(member: ts.ObjectLiteralElementLike | ts.ClassElement): boolean {
  const key = member.name !== undefined && ts.isPropertyName(member.name) ? propertyKey(member.name) : undefined;
  return key !== undefined && (CORS_MEMBER.test(key) || DENYING.test(key));
}

function nameOf(node: ts.Node): string {
  if (isFunctionWithBody(node)) return functionName(node);
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) return calledName(node) ?? '';
  if (ts.isPropertyAssignment(node)) return propertyKey(node.name) ?? '';
  if (ts.isVariableDeclaration(node)) return ts.isIdentifier(node.name) ? node.name.text : '';
  if (ts.isBinaryExpression(node)) return node.left.getText();
  return ts.isClassLike(node) ? (node.name?.text ?? '') : '';
}
