import { z } from 'zod';
import { rule, type ts } from '#api';
import { isStartedByHand } from '../../_shared/places.ts';
import { WORK_NAMES } from '../../_shared/web/workFunctions.ts';
import { isExit, surpriseOf } from './exits.ts';
import { endProcess, throwOn } from './fixes.ts';
import { LISTENS, listenerThatCarriesOn, listensForUncaught } from './uncaught.ts';

interface Fact {
  readonly call: ts.CallExpression;
  readonly kind: 'exit' | 'uncaught';
}

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Code that ends the process for everybody else, or keeps it alive when it must end.',
    promise: 'Only the program itself ends the process, and it does after errors nobody caught',
    topics: ['process.exit', 'uncaughtException', 'uncaught exception'],
    subject: ['process', 'exit', 'uncaughtException', 'exitCode'],
    references: [
      { title: 'Node.js: process.exit()', url: 'https://nodejs.org/api/process.html#processexitcode' },
      {
        title: "Node.js: Using 'uncaughtException' correctly",
        url: 'https://nodejs.org/api/process.html#warning-using-uncaughtexception-correctly',
      },
      {
        title: 'CWE-382: J2EE Bad Practices: Use of System.exit()',
        url: 'https://cwe.mitre.org/data/definitions/382.html',
      },
    ],
    messages: {
      serving:
        'process.exit() in {place} ends the process for all others as well: what is under way is cut off, and nothing is closed. Throw, or answer with an error.',
      library:
        '{name} is called by other code, which cannot catch process.exit(): nothing is closed, and what is under way is lost. Throw, and let the program decide.',
      carriesOn:
        'After an exception that nobody caught the program is in a state that nobody knows, and this listener lets it go on serving. Log it, then end the process.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      CallExpression: {
        named: (name) => name === 'exit' || LISTENS.has(name),
        listen: (call, { header }): Fact | undefined => {
          const kind = isExit(call, header) ? 'exit' : listensForUncaught(call, header) ? 'uncaught' : undefined;
          if (kind === undefined || isStartedByHand(header.localPath)) return undefined;
          // Electron shows its users what nobody caught.
          return header.dependency('electron') === undefined ? { call, kind } : undefined;
        },
      },
    },
    each({ call, kind }, ctx) {
      if (kind === 'uncaught') {
        if (listenerThatCarriesOn(call, ctx) !== undefined) ctx.report(call.expression, 'carriesOn');
        return;
      }
      const surprise = surpriseOf(call, ctx);
      if (surprise === undefined) return;
      if ('work' in surprise) ctx.report(call.expression, 'serving', { place: WORK_NAMES[surprise.work] });
      else ctx.report(call.expression, 'library', { name: surprise.name });
    },
  },
  fixes: { serving: [throwOn], library: [throwOn], carriesOn: [endProcess] },
});
