import type { Finding, FixContext, FixEdit } from '#api';
import { indentAt, indentUnit, lineEnd, quoteMark } from '../../_shared/layout.ts';
import { type Remedy, registerFirst } from '../../_shared/web/project/registerFirst.ts';

const JWT: Omit<Remedy, 'statement'> = { package: 'jsonwebtoken', range: '^9.0.0', name: 'jwt', isDefault: true };

/** Registers middleware of socket.io that lets in who brings a token signed with `JWT_SECRET`. */
export function verifyHandshake(ctx: FixContext<unknown>, finding: Finding): readonly FixEdit[] | undefined {
  if (finding.data['server'] !== 'socket.io server') return undefined;
  const indent = indentAt(ctx.text, finding.start);
  const quote = quoteMark(ctx.text);
  const hasSemicolons = ctx.text.includes(';');
  return registerFirst(ctx, finding, {
    ...JWT,
    statement: (io) =>
      [
        `${io}.use((socket, next) => {`,
        `  const secret = process.env.JWT_SECRET;`,
        `  if (!secret) return next(new Error('JWT_SECRET is not set'));`,
        `  try {`,
        `    socket.data.user = jwt.verify(socket.handshake.auth.token, secret);`,
        `    next();`,
        `  } catch {`,
        `    next(new Error('unauthorized'));`,
        `  }`,
        `})`,
      ]
        .map((line) => (hasSemicolons ? line : line.replace(/;$/, '')).replaceAll("'", quote))
        .map((line) => line.replace(/^(?: {2})+/, (spaces) => indentUnit(ctx.text).repeat(spaces.length / 2)))
        .join(lineEnd(ctx.text) + indent),
  });
}
