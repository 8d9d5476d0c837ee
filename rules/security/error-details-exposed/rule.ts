import { z } from 'zod';
import { rule, type ts } from '#api';
import { type AnswerNode, answerFact, answerOf, assignmentFact, BODIES } from './answers.ts';
import { detailsIn } from './details.ts';
import { answerInGeneral } from './generalAnswer.ts';
import { wholeValue } from './wholeValue.ts';

const general = {
  title: 'Log the error and answer in general terms',
  safety: 'suggest',
  edits: answerInGeneral,
} as const;

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Answers of a server that failed and says how.',
    promise: 'Clients are told that the server failed, and not how',
    topics: [
      'error details',
      'stack trace',
      'error messages',
      'err.stack',
      'err.message',
      'generic error',
      'internal errors',
    ],
    subject: ['status', 'statusCode', 'InternalServerErrorException', 'HttpException'],
    references: [
      {
        title: 'CWE-209: Generation of Error Message Containing Sensitive Information',
        url: 'https://cwe.mitre.org/data/definitions/209.html',
      },
      {
        title: 'OWASP: Error Handling Cheat Sheet',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Error_Handling_Cheat_Sheet.html',
      },
    ],
    messages: {
      stack:
        'This answer carries a stack: paths, packages and versions of the server, for everybody who makes it fail. Log it, and answer in general terms.',
      message:
        'The message of whatever failed goes to the client, and with it names of tables, hosts and files that a database or a driver puts there. Log it, and answer in general terms.',
      whole:
        'The error goes to the client as it is, with the queries, addresses and paths that drivers put into theirs. Log it, and answer in general terms.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      CallExpression: { named: BODIES, listen: (node): AnswerNode | undefined => answerFact(node) },
      NewExpression: { named: /(?:Response|Exception)$/, listen: (node): AnswerNode | undefined => answerFact(node) },
      BinaryExpression: { named: / =$/, listen: (node): AnswerNode | undefined => assignmentFact(node) },
    },
    each(node, ctx) {
      const answer = answerOf(node, ctx);
      if (answer === undefined) return;
      const values = new Set<ts.Node>();
      for (const { kind, place } of detailsIn(answer.body, ctx)) {
        const value = wholeValue(place);
        if ((kind !== 'stack' && !answer.isServerError) || values.has(value)) continue;
        values.add(value);
        ctx.report(place, kind);
      }
    },
  },
  fixes: { stack: [general], message: [general], whole: [general] },
});
