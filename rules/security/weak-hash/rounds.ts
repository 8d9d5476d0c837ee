import { type FileHeader, ts } from '#api';
import { calledName, constant } from '../../_shared/calls.ts';

/** Rounds of bcrypt below which a password is guessed too fast. */
export const LEAST_ROUNDS = 10;

const PACKAGES = /^(?:bcrypt|bcryptjs|bcrypt-ts|@node-rs\/bcrypt)(?:#|$)/;

/** Where each function takes the rounds. */
export const POSITIONS: Readonly<Record<string, number>> = {
  hash: 1,
  hashSync: 1,
  genSalt: 0,
  genSaltSync: 0,
};

/** Whether a call may be one of bcrypt's that takes rounds; reads nothing but its name. */
export function mayTakeRounds(call: ts.CallExpression): boolean {
  const name = calledName(call);
  return name !== undefined && Object.hasOwn(POSITIONS, name);
}

/** The rounds that a call of bcrypt is given; `undefined` when they are no number that can be read here. */
export function roundsOf(
  call: ts.CallExpression,
  header: FileHeader,
  made: (local: ts.Identifier) => ts.Node | undefined,
): { readonly place: ts.Expression; readonly rounds: number } | undefined {
  const name = calledName(call) ?? '';
  const argument = Object.hasOwn(POSITIONS, name) ? call.arguments[POSITIONS[name] ?? 0] : undefined;
  if (argument === undefined || !PACKAGES.test(header.resolve(call.expression) ?? '')) return undefined;
  const value = ts.isIdentifier(argument) ? made(argument) : argument;
  const rounds = value && constant(value)?.value;
  return typeof rounds === 'number' ? { place: argument, rounds } : undefined;
}
