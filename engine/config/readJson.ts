import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { DataEntry, DataNode, FormatProblem } from '../formats/types.ts';

export interface JsonText {
  /** `undefined` when there is no value at all. */
  readonly root: DataNode | undefined;
  readonly problems: readonly FormatProblem[];
}

/** Reads JSON with comments and trailing commas. Never throws: what cannot be read becomes a problem. */
export function readJson(text: string): JsonText {
  const errors: ParseError[] = [];
  try {
    const tree = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
    return { root: tree === undefined ? undefined : dataNode(tree), problems: errors.map(problem) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { root: undefined, problems: [{ start: 0, end: 0, message: 'This file is nested too deeply to be read.' }] };
  }
}

function dataNode(node: Node): DataNode {
  const span = { start: node.offset, end: node.offset + node.length };
  const children = node.children ?? [];
  switch (node.type) {
    case 'object':
      return { kind: 'object', span, entries: children.map(entry) };
    case 'array':
      return { kind: 'array', span, items: children.map(dataNode) };
    default:
      return { kind: 'scalar', span, value: node.value ?? null };
  }
}

function entry(property: Node): DataEntry {
  const [key, value] = property.children ?? [];
  const start = key?.offset ?? property.offset;
  return {
    span: { start: property.offset, end: property.offset + property.length },
    key: String(key?.value ?? ''),
    keySpan: { start, end: start + (key?.length ?? property.length) },
    value: value === undefined ? undefined : dataNode(value),
  };
}

function problem(error: ParseError): FormatProblem {
  return {
    start: error.offset,
    end: error.offset + error.length,
    message: problemText(printParseErrorCode(error.error)),
  };
}

function problemText(code: string): string {
  switch (code) {
    case 'PropertyNameExpected':
      return 'A property name in double quotes is expected here.';
    case 'ValueExpected':
      return 'A value is expected here.';
    case 'ColonExpected':
      return 'A colon is expected here.';
    case 'CommaExpected':
      return 'A comma is expected here.';
    case 'CloseBraceExpected':
      return 'A closing brace is missing here.';
    case 'CloseBracketExpected':
      return 'A closing bracket is missing here.';
    case 'EndOfFileExpected':
      return 'The file should end here.';
    case 'UnexpectedEndOfComment':
      return 'This comment is never closed.';
    case 'UnexpectedEndOfString':
      return 'This text is never closed with a double quote.';
    case 'UnexpectedEndOfNumber':
    case 'InvalidNumberFormat':
      return 'This is not a number that JSON knows.';
    case 'InvalidUnicode':
    case 'InvalidEscapeCharacter':
      return 'This escape sequence is not one that JSON knows.';
    case 'InvalidCharacter':
      return 'This character has to be escaped in JSON.';
    default:
      return 'This is not valid JSON.';
  }
}
