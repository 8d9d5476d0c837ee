import { z } from 'zod';
import { rule } from '#api';
import { FOLDERS, inFolders } from '../../_shared/places.ts';
import { argumentList } from './argumentList.ts';
import { commandFact, RUNNER } from './commands.ts';
import { openCommand } from './openCommand.ts';

/** Code that somebody runs by hand, on a machine of their own. */
const BY_HAND = inFolders(
  FOLDERS.scripts,
  FOLDERS.tools,
  FOLDERS.commands,
  FOLDERS.database,
  FOLDERS.benchmarks,
  String.raw`build|commands|create-[^/]+|\.[^/]+`,
);
const BUILDS = /\.config\.[cm]?[jt]s$|^\/?(?:gulpfile|Gruntfile)/;

export default rule({
  meta: {
    priority: 'P0',
    since: 'next',
    summary: 'Commands of a shell that are put together from what a client or a caller chose.',
    promise: 'No shell reads what clients or callers chose',
    topics: ['command injection', 'shell injection', 'child_process', 'execSync', 'os command'],
    subject: ['child_process', 'exec', 'execFile', 'spawn', 'shelljs'],
    references: [
      { title: 'CWE-78: OS Command Injection', url: 'https://cwe.mitre.org/data/definitions/78.html' },
      {
        title: 'OWASP: OS Command Injection Defense',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/OS_Command_Injection_Defense_Cheat_Sheet.html',
      },
      { title: 'Node.js: child_process', url: 'https://nodejs.org/api/child_process.html' },
    ],
    messages: {
      open: '{value} becomes part of what {call} gives to a shell: with ; or $( ) in it, it runs any command as this service. Call the program with execFile and a list of arguments.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: { CallExpression: { named: RUNNER, imported: true, listen: commandFact } },
    each(call, ctx) {
      const { localPath } = ctx.header;
      if (BY_HAND.test(localPath) || BUILDS.test(localPath)) return;
      const found = openCommand(call, ctx);
      if (found !== undefined) ctx.report(found.place, 'open', { value: found.value, call: found.call });
    },
  },
  fixes: { open: [{ title: 'Call the program with a list of arguments', safety: 'suggest', edits: argumentList }] },
});
