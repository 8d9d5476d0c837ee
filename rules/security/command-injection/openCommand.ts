import { ts, unwrap } from '#api';
import { initialValue } from '../../_shared/initialValue.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { isSwitchedOff } from '../../_shared/switchedOff.ts';
import { type Beside, isChecked } from '../../_shared/web/checked.ts';
import { givenByCallers } from '../../_shared/web/givenByCallers.ts';
import { requestData } from '../../_shared/web/requestData.ts';
import { textParts } from '../../_shared/web/textParts.ts';
import { shellCall } from './commands.ts';
import { isSocketMessage } from './socketMessage.ts';
import { isOpenText } from './textParameter.ts';

/** A value that becomes part of what a shell reads. */
export interface OpenCommand {
  readonly place: ts.Expression;
  readonly value: string;
  /** The name of the call that runs the command. */
  readonly call: string;
}

/** The first value in a command that its caller or a client chooses and nothing looked at. */
export function openCommand(call: ts.CallExpression, source: SourceView): OpenCommand | undefined {
  const shell = shellCall(call, source);
  if (shell === undefined) return undefined;
  // Another command with the same value is no look at it.
  const beside: Beside = {
    use: call,
    says: (node) => ts.isCallExpression(node) && shellCall(node, source) !== undefined,
  };
  for (const text of shell.texts) {
    for (const part of piecesOf(text, source)) {
      // A function that runs whole commands is a runner: what it is given is decided elsewhere.
      const isChosen = isSent(part, source) || (!isWhole(part, text) && isOpenText(part, source));
      const isOpen = isChosen ? !isChecked(part, source, beside) : isGiven(part, source, beside);
      if (isOpen && !isSwitchedOff(call, source))
        return { place: part, value: part.getText(), call: `${shell.name}()` };
    }
  }
  return undefined;
}

/** The command by itself, or a template of it alone. */
function isWhole(part: ts.Expression, text: ts.Expression): boolean {
  const node = unwrap(text);
  if (unwrap(part) === node) return true;
  if (!ts.isTemplateExpression(node) || node.head.text.trim() !== '') return false;
  const [span, more] = node.templateSpans;
  return more === undefined && span?.literal.text.trim() === '';
}

/** What a client sent: of a file its name alone, as where it was put is for the server to say. */
function isSent(part: ts.Expression, source: SourceView): boolean {
  const data = requestData(part, source);
  if (data === undefined) return isSocketMessage(part, source);
  return data.part !== 'files' || NAMES_OF_FILES.test(data.text) || NAMES_OF_FILES.test(initialText(part, source));
}

const NAMES_OF_FILES = /\.(?:originalname|originalFilename|name|mimetype|encoding)$/;

function initialText(part: ts.Expression, source: SourceView): string {
  const node = unwrap(part);
  return (ts.isIdentifier(node) ? initialValue(node, source) : undefined)?.getText() ?? '';
}

/** Handed over by a handler of the same file. */
function isGiven(part: ts.Expression, source: SourceView, beside: Beside): boolean {
  return givenByCallers(part, source, beside) !== undefined && !isChecked(part, source, beside);
}

/** What a text is put together from, without its literals; locals that hold such a text are taken apart too. */
function piecesOf(text: ts.Expression, source: SourceView, seen: Set<ts.Node> = new Set()): readonly ts.Expression[] {
  const parts = textParts(text, source, seen).filter((part) => typeof part !== 'string');
  return parts.flatMap((part) => {
    const node = unwrap(part);
    const value = ts.isIdentifier(node) ? initialValue(node, source) : undefined;
    const isBuilt =
      value !== undefined && !seen.has(value) && (ts.isTemplateExpression(value) || ts.isBinaryExpression(value));
    return isBuilt ? piecesOf(value, source, seen.add(value)) : [part];
  });
}
