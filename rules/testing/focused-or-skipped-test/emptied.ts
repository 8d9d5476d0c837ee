import { type FileHeader, ts, unwrap } from '#api';
import { bodyOf, isTestFunction } from '../../_shared/testing/testCalls.ts';

/** What a statement of a test looks like, to tell it from words. */
const CODE =
  /(?:^|\n)[\s/*]*(?:(?:await|return|const|let|var|expect|assert)\b[^\n]*[(=]|[\w.]+\([^\n]*\);?\s*(?:\*\/\s*)?(?:$|\n))/;

/** What is read of a body; the rest says the same. */
const MAX_BODY = 5000;

/** Name of the function that declares a test whose whole body is commented out. */
export function emptiedTest(call: ts.CallExpression, header: FileHeader): ts.Identifier | undefined {
  const callee = unwrap(call.expression);
  const body = bodyOf(call)?.body;
  if (body === undefined || !ts.isBlock(body) || body.statements.length > 0) return undefined;
  if (!ts.isIdentifier(callee) || !isTestFunction(callee, header)) return undefined;
  return CODE.test(body.getText().slice(1, -1).slice(0, MAX_BODY)) ? callee : undefined;
}
