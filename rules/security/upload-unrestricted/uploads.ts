import { type FileHeader, ts, unwrap } from '#api';
import { settled } from '../../_shared/browser/constants.ts';
import { constant, type Option, option } from '../../_shared/calls.ts';
import type { Lookup } from '../../_shared/sourceView.ts';

/** Packages that take files out of requests without asking for their size, by what their calls are known as. */
const TAKERS: ReadonlyMap<string, string> = new Map([
  ['multer', 'multer'],
  ['busboy', 'busboy'],
  ['@fastify/busboy', 'busboy'],
  ['express-fileupload', 'express-fileupload'],
]);

/** A call that makes something which takes files out of requests. */
export interface Upload {
  readonly call: ts.CallExpression | ts.NewExpression;
  readonly taker: string;
}

export function uploadOf(call: ts.CallExpression | ts.NewExpression, header: FileHeader): Upload | undefined {
  if (!ts.isIdentifier(call.expression) || (call.arguments?.length ?? 0) > 1) return undefined;
  // The name alone rules out nearly every call.
  const imported = header.imports.get(call.expression.text);
  if (imported === undefined || !TAKERS.has(imported.module)) return undefined;
  const known = header.resolve(call.expression)?.replace(/#(?:default|Busboy)$/, '');
  const taker = known === undefined ? undefined : TAKERS.get(known);
  return taker === undefined ? undefined : { call, taker };
}

/** Where multer puts what it takes; `elsewhere` is a store of another package. */
export type Store = 'memory' | 'disk' | 'elsewhere';

/** What the options of an upload leave open. */
export interface Openness {
  readonly store: Store;
  readonly isUnlimited: boolean;
  readonly takesAnyType: boolean;
}

/** `undefined` where the options cannot be seen. */
export function opennessOf({ call, taker }: Upload, lookup: Lookup, header: FileHeader): Openness | undefined {
  const [given] = call.arguments ?? [];
  const options = given && settled(given, lookup);
  if (options !== undefined && !ts.isObjectLiteralExpression(options)) return undefined;
  const isUnlimited = hasNoSize(option(options, 'limits'), lookup);
  if (isUnlimited === undefined) return undefined;
  if (taker !== 'multer') return { store: 'memory', isUnlimited, takesAnyType: false };
  const store = storeOf(options, lookup, header);
  if (store === undefined) return undefined;
  return { store, isUnlimited, takesAnyType: store === 'disk' && option(options, 'fileFilter').kind === 'absent' };
}

/** Whether limits say nothing of a file's size, or that it does not matter. */
function hasNoSize(limits: Option, lookup: Lookup): boolean | undefined {
  if (limits.kind !== 'given') return limits.kind === 'absent' ? true : undefined;
  const object = settled(limits.value, lookup);
  if (!ts.isObjectLiteralExpression(object)) return constant(object) === undefined ? undefined : true;
  const size = option(object, 'fileSize');
  if (size.kind !== 'given') return size.kind === 'absent' ? true : undefined;
  return /^(?:Number\.)?(?:Infinity|POSITIVE_INFINITY)$/.test(unwrap(size.value).getText());
}

function storeOf(options: ts.Node | undefined, lookup: Lookup, header: FileHeader): Store | undefined {
  const storage = option(options, 'storage');
  if (storage.kind === 'absent') {
    const dest = option(options, 'dest');
    return dest.kind === 'unknown' ? undefined : dest.kind === 'given' ? 'disk' : 'memory';
  }
  if (storage.kind === 'unknown') return undefined;
  const made = settled(storage.value, lookup);
  if (!ts.isCallExpression(made) && !ts.isNewExpression(made)) return undefined;
  const known = header.resolve(made.expression) ?? '';
  if (/^multer#(?:default\.)?diskStorage$/.test(known)) return 'disk';
  if (/^multer#(?:default\.)?memoryStorage$/.test(known)) return 'memory';
  // A service for pictures has limits and types of its own.
  return /cloudinary|imagekit/i.test(known) || known === '' ? undefined : 'elsewhere';
}

/** Whether forms without files are all that an upload is used for, as `multer().none()` is. */
export function takesNoFiles({ call }: Upload): boolean {
  const { parent } = call;
  if (ts.isPropertyAccessExpression(parent)) return parent.name.text === 'none';
  if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return false;
  const uses = [...call.getSourceFile().text.matchAll(/\b(\w+)\s*\.\s*(none|single|array|fields|any)\s*\(/g)]
    .filter(([, holder]) => ts.isIdentifier(parent.name) && holder === parent.name.text)
    .map(([, , use]) => use);
  return uses.length > 0 && uses.every((use) => use === 'none');
}
