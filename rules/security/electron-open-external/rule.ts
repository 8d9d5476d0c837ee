import { z } from 'zod';
import { rule, ts } from '#api';
import { electronName, importsElectron } from '../../_shared/electron/electronName.ts';
import { ENTRY_MEMBERS, type PageEntry, pageEntry } from '../../_shared/electron/pageEntries.ts';
import { guardAddress } from './guardAddress.ts';
import { unvettedEntry } from './openedAddress.ts';

type Fact =
  | { readonly kind: 'open'; readonly address: ts.Expression; readonly call: ts.CallExpression }
  | { readonly kind: 'entry'; readonly entry: PageEntry };

const MEMBERS: ReadonlySet<string> = new Set(['openExternal', ...ENTRY_MEMBERS]);

/** The called name, with nothing made for the many calls that are not looked at. */
function nameOf({ expression }: ts.CallExpression): string | undefined {
  if (ts.isPropertyAccessExpression(expression)) return expression.name.text;
  return ts.isIdentifier(expression) ? expression.text : undefined;
}

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Addresses that a page chooses and the desktop opens.',
    promise: 'The desktop opens only addresses whose protocol was checked',
    topics: ['openExternal', 'shell.openExternal', 'setWindowOpenHandler', 'external links'],
    subject: ['openExternal'],
    references: [
      {
        title: 'Electron: Do not use shell.openExternal with untrusted content',
        url: 'https://www.electronjs.org/docs/latest/tutorial/security#15-do-not-use-shellopenexternal-with-untrusted-content',
      },
      { title: 'CWE-601', url: 'https://cwe.mitre.org/data/definitions/601.html' },
    ],
    messages: {
      navigation:
        'Whatever address the page opens goes to the operating system, and file: or the protocol of an installed program runs things there. Open https: addresses alone.',
      ipc: 'A page that sends this message chooses what the operating system opens; file: or the protocol of an installed program runs things there. Open https: addresses alone.',
      bridge:
        'Every script in the page may call this and choose what the operating system opens; file: or the protocol of an installed program runs things there. Open https: addresses alone.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      CallExpression: {
        named: MEMBERS,
        listen: (node, { header }): Fact | undefined => {
          const name = nameOf(node);
          if (name === undefined || !MEMBERS.has(name) || !importsElectron(header)) return undefined;
          if (name === 'openExternal') {
            const [address] = node.arguments;
            return address && { kind: 'open', address, call: node };
          }
          const entry = pageEntry(node, header);
          return entry && { kind: 'entry', entry };
        },
      },
    },
    check(ctx) {
      const entries: PageEntry[] = [];
      const opened: Extract<Fact, { kind: 'open' }>[] = [];
      for (const fact of ctx.scope.all()) {
        if (fact.kind === 'entry') entries.push(fact.entry);
        else opened.push(fact);
      }
      if (entries.length === 0) return;
      for (const { address, call } of opened) {
        if (electronName(call.expression, ctx.header) !== 'shell.openExternal') continue;
        const entry = unvettedEntry(address, entries, ctx);
        if (entry !== undefined) ctx.report(address, entry.kind);
      }
    },
  },
  fixes: {
    navigation: [{ title: 'Open https addresses only', safety: 'suggest', edits: guardAddress }],
    ipc: [{ title: 'Open https addresses only', safety: 'suggest', edits: guardAddress }],
    bridge: [{ title: 'Open https addresses only', safety: 'suggest', edits: guardAddress }],
  },
});
