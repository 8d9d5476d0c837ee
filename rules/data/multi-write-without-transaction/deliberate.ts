import { type FunctionNode, ts } from '#api';
import { classAround } from '../../_shared/classAround.ts';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import { FOLDERS, inFolders, preparesData } from '../../_shared/places.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import type { Write } from './writes.ts';

/** What tells what happened, or what is forgotten anyway: nothing else has to agree with it. */
const BYSTANDER =
  /log|audit|histor|event|activit|metric|notif|session|cache|token|otp|stat|analytic|view|visit|track|job|queue|outbox|attempt|verification|code|webhook|email|mail|message|lock|presence|device|search|index|snapshot|preference|setting/;

const IN_TRANSACTION =
  /transaction|\bBEGIN\b|withSession|startSession|unit_?of_?work|atomic|\bCOMMIT\b|ROLLBACK|\.commit\(|acquireTransaction/i;
const HANDLE = /^_*(?:tx|trx|t|transaction\w*|session|em|\w*[mM]anager|queryRunner|qr|client|conn\w*|uow|db|dbClient)$/;

/** Functions that bring data in, and can be run again. */
const BATCH =
  /seed|migrat|backfill|populate|import(?!ant)|(?<!a)sync|cron|cleanup|reset|bootstrap|setup|\binit(?:ialize)?\b|purge|worker|processor/i;
const BESIDE = inFolders(FOLDERS.browserTests, FOLDERS.standIns, FOLDERS.demos);

/** Whether a write goes to a table beside the matter: logs, sessions, counters. */
export function isBystander({ target }: Write): boolean {
  return BYSTANDER.test(target);
}

/** Whether a function is given a transaction, begins one, or works through data in bulk; looks no further than itself. */
export function isCoveredItself(fn: FunctionNode, source: SourceView): boolean {
  const { localPath } = source.header;
  if (preparesData(localPath) || BESIDE.test(localPath) || BATCH.test(localPath.replace(/^.*\//, ''))) return true;
  return isGivenOne(fn) || beginsOne(fn);
}

/** Whether a function around one begins a transaction for it, or its class has one for each method. */
export function isCoveredAround(fn: FunctionNode, source: SourceView): boolean {
  let outer: ts.Node = fn;
  for (let up: ts.Node = fn.parent; up !== undefined && !ts.isSourceFile(up); up = up.parent) {
    if (!isFunctionWithBody(up)) continue;
    outer = up;
    if (isGivenOne(up)) return true;
  }
  if (outer !== fn && IN_TRANSACTION.test(outer.getText())) return true;
  const owner = classAround(fn, source);
  const decorators = owner && ts.canHaveDecorators(owner) ? ts.getDecorators(owner) : undefined;
  return decorators?.some((decorator) => IN_TRANSACTION.test(decorator.getText())) === true;
}

function isGivenOne(fn: FunctionNode): boolean {
  if (fn.parameters.some((parameter) => isHandle(parameter)) || BATCH.test(nameOf(fn))) return true;
  return ts.isCallExpression(fn.parent) && IN_TRANSACTION.test(fn.parent.expression.getText());
}

/** Whether the text of a function speaks of a transaction; its node is new when the text is (cache: begun transactions). */
const begun = new WeakMap<FunctionNode, boolean>();

function beginsOne(fn: FunctionNode): boolean {
  let begins = begun.get(fn);
  if (begins === undefined) {
    begins = IN_TRANSACTION.test(fn.getText());
    begun.set(fn, begins);
  }
  return begins;
}

function isHandle({ name, type }: ts.ParameterDeclaration): boolean {
  const names = ts.isIdentifier(name)
    ? [name.text]
    : name.elements.flatMap((element) =>
        ts.isBindingElement(element) && ts.isIdentifier(element.name) ? [element.name.text] : [],
      );
  return (
    names.some((text) => HANDLE.test(text)) ||
    /Transaction|EntityManager|ClientSession|QueryRunner/.test(type?.getText() ?? '')
  );
}

function nameOf(fn: FunctionNode): string {
  if (fn.name !== undefined) return fn.name.getText();
  const { parent } = fn;
  return ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)
    ? parent.name.getText()
    : '';
}
