import { ts, unwrap } from '#api';
import { MAX_STEPS, settled } from '../../_shared/browser/constants.ts';
import { constant } from '../../_shared/calls.ts';
import type { Lookup } from '../../_shared/sourceView.ts';

/** More than this takes part in no honest JSON or form; files come another way. */
export const MOST_BYTES = 10 * 1024 * 1024;

const UNITS: Readonly<Record<string, number>> = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3, tb: 1024 ** 4 };

/** Bytes of a limit as body parsers read it: a number, or a text like `50mb`; `undefined` when it cannot be told. */
export function bytesOf(value: ts.Node, lookup: Lookup, step = 0): number | undefined {
  if (step > MAX_STEPS) return undefined;
  const node = settled(value, lookup);
  if (ts.isBinaryExpression(node) && /^(?:\|\||\?\?)$/.test(node.operatorToken.getText()))
    return bytesOf(node.right, lookup, step + 1);
  if (ts.isIdentifier(unwrap(node)) && node.getText() === 'Infinity') return Number.POSITIVE_INFINITY;
  const given = constant(node)?.value;
  if (typeof given === 'number') return given;
  if (typeof given !== 'string') return undefined;
  const [, amount, unit = 'b'] = /^\s*(\d+(?:\.\d+)?)\s*(b|kb|mb|gb|tb)?\s*$/i.exec(given) ?? [];
  return amount === undefined ? undefined : Number(amount) * (UNITS[unit.toLowerCase()] ?? 1);
}

/** `52 MB`, `any number of bytes`: how much a message says is taken. */
export function amountOf(bytes: number): string {
  if (!Number.isFinite(bytes)) return 'of any size';
  return `of up to ${Math.round(bytes / 1024 ** 2)} MB`;
}
