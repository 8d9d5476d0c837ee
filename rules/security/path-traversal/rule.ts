import { z } from 'zod';
import { rule } from '#api';
import { basenameOnly } from './basenameOnly.ts';
import { ANSWERS, OPENING, openPath, pathFact } from './openPath.ts';

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Files whose path is put together from what a request sent.',
    promise: 'Requests reach no files outside the folder meant for them',
    topics: ['path traversal', 'directory traversal', 'file download', 'sendFile'],
    subject: ['fs', 'sendFile', 'readFile', 'createReadStream', 'path'],
    references: [
      { title: 'CWE-22: Path Traversal', url: 'https://cwe.mitre.org/data/definitions/22.html' },
      { title: 'OWASP: Path Traversal', url: 'https://owasp.org/www-community/attacks/Path_Traversal' },
    ],
    messages: {
      open: '{data} comes from the client and decides which file {call} opens: with ../ in it, any file of the machine. Take its base name, or resolve the path and compare its beginning with the folder.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      CallExpression: { named: (name) => ANSWERS.has(name) || OPENING.test(name), imported: true, listen: pathFact },
    },
    each(call, ctx) {
      const found = openPath(call, ctx);
      if (found !== undefined) ctx.report(found.place, 'open', { data: found.data, call: found.call });
    },
  },
  fixes: { open: [{ title: 'Use the base name of {data} alone', safety: 'suggest', edits: basenameOnly }] },
});
