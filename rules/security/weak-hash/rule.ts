import { z } from 'zod';
import { type FileContext, rule, type ts } from '#api';
import { initialValue } from '../../_shared/initialValue.ts';
import { isStartedByHand } from '../../_shared/places.ts';
import { raiseRounds } from './fix.ts';
import { hashing, mayHash, NAMED } from './hashes.ts';
import { LEAST_ROUNDS, mayTakeRounds, POSITIONS, roundsOf } from './rounds.ts';
import { subjectOf } from './subjects.ts';
import { isForSomebodyElse } from './surroundings.ts';

type Message = 'password' | 'token' | 'rounds';

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Passwords and tokens hashed with what is fast or broken.',
    promise: 'Passwords are hashed with a slow, salted function',
    topics: ['password hashing', 'weak hash', 'md5', 'sha1', 'bcrypt rounds', 'argon2', 'scrypt'],
    subject: ['createHash', 'bcrypt', 'bcryptjs', 'argon2', 'scrypt', 'md5', 'sha1'],
    references: [
      {
        title: 'CWE-916: Use of Password Hash With Insufficient Computational Effort',
        url: 'https://cwe.mitre.org/data/definitions/916.html',
      },
      {
        title: 'OWASP: Password Storage',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html',
      },
    ],
    messages: {
      password:
        '{algorithm} is made to be fast: whoever gets hold of the hashes of {name} tries billions of passwords a second. Use scrypt, argon2 or bcrypt.',
      token: '{algorithm} is broken; what proves {name} can be forged or guessed. Use SHA-256, or HMAC with a key.',
      rounds: 'bcrypt with {rounds} rounds lets an attacker guess too fast. Use at least {least}.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      CallExpression: {
        named: (name) => NAMED.test(name) || Object.hasOwn(POSITIONS, name),
        listen: (call): ts.CallExpression | undefined => {
          if (mayTakeRounds(call)) return call;
          return mayHash(call) && call.arguments.some((argument) => subjectOf(argument) !== undefined)
            ? call
            : undefined;
        },
      },
    },
    check(ctx) {
      if (isStartedByHand(ctx.header.localPath)) return;
      for (const call of ctx.scope.all()) judge(call, ctx);
    },
  },
  fixes: { rounds: [{ title: `Use ${LEAST_ROUNDS} rounds`, safety: 'suggest', edits: raiseRounds }] },
});

function judge(call: ts.CallExpression, ctx: FileContext<Message, unknown, ts.CallExpression>): void {
  const made = (local: ts.Identifier): ts.Node | undefined => initialValue(local, ctx);
  const given = roundsOf(call, ctx.header, made);
  if (given !== undefined) {
    const { place, rounds } = given;
    if (rounds < LEAST_ROUNDS) ctx.report(place, 'rounds', { rounds, least: LEAST_ROUNDS });
    return;
  }
  const found = hashing(call, ctx.header, made);
  const subject = found && subjectOf(found.input);
  if (found === undefined || subject === undefined || isForSomebodyElse(call, ctx)) return;
  const { algorithm } = found;
  // A fast hash over a long random token is enough, and one over a salted password is no longer a table look-up.
  if (algorithm === 'sha256' && (subject.kind === 'token' || subject.salted)) return;
  const shown = { md5: 'MD5', sha1: 'SHA-1', sha256: 'SHA-2' }[algorithm];
  ctx.report(found.place, subject.kind, { algorithm: shown, name: subject.name });
}
