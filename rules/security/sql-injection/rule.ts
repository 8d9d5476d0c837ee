import { z } from 'zod';
import { rule } from '#api';
import { preparesData } from '../../_shared/places.ts';
import { requestData } from '../../_shared/web/requestData.ts';
import { builtText } from './builtText.ts';
import { isChecked } from './checked.ts';
import { passParameters } from './fixes.ts';
import { contentOf } from './openValue.ts';
import { mayBeBuilt, RUNS, runsAsSql, textOf } from './statements.ts';
import { VALUE } from './valuePlace.ts';

/** What databases know about their own tables: the values are names of columns and tables that programs hand over. */
const CATALOGUE =
  /\binformation_schema\b|\bpg_(?:catalog|class|tables|indexes|attribute|constraint|trigger|type|proc|namespace)\b|\bsqlite_(?:master|schema)\b|\bsystem\.(?:columns|tables|parts|databases)\b|\ball_tab_columns\b/i;

export default rule({
  meta: {
    priority: 'P0',
    since: 'next',
    summary: 'SQL that values become part of, so that they can change what it does.',
    promise: 'Queries take values as parameters, never as text',
    topics: ['sql injection', 'raw query', 'parameterized queries', 'prepared statements', '$queryRawUnsafe'],
    subject: ['query', 'execute', 'sql', 'queryRaw'],
    references: [
      { title: 'CWE-89: SQL Injection', url: 'https://cwe.mitre.org/data/definitions/89.html' },
      {
        title: 'OWASP: SQL Injection Prevention',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/SQL_Injection_Prevention_Cheat_Sheet.html',
      },
    ],
    messages: {
      sent: '{value} comes from the client and becomes part of the query itself, so a request can read, change or drop what it likes. Pass it as a parameter; take names of columns from a fixed list.',
      built:
        '{value} may hold any text and becomes part of the query itself: a quote in it ends the value, and the rest is run as SQL. Pass it as a parameter.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: { CallExpression: { named: RUNS, listen: (node) => (mayBeBuilt(node) ? node : undefined) } },
    each(node, ctx) {
      const isWatched = preparesData(ctx.header.localPath);
      const text = textOf(node);
      const built = text === undefined ? undefined : builtText(text, ctx);
      if (built === undefined || !runsAsSql(node, built.skeleton, ctx)) return;
      const named = new Set<string>();
      for (const { value, quoted, before } of built.parts) {
        // One value may stand in several places of a query.
        if (named.has(value.getText())) continue;
        const content = contentOf(value, ctx);
        const sent = content === 'harmless' ? undefined : requestData(value, ctx);
        const isText = content === 'text' && !CATALOGUE.test(built.skeleton);
        const isOpen = !isWatched && isText && (quoted || VALUE.test(before));
        if ((sent === undefined && !isOpen) || isChecked(value, ctx)) continue;
        named.add(value.getText());
        ctx.report(value, sent === undefined ? 'built' : 'sent', { value: value.getText() });
      }
    },
  },
  fixes: { sent: [passParameters], built: [passParameters] },
});
