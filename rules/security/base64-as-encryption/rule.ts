import { z } from 'zod';
import { rule, type ts } from '#api';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { CALLED, type Encoding, encodingOf } from './encoding.ts';
import { encryptInstead } from './fix.ts';
import { claimsEncryption, nameOf, namesCiphertext, secureOwner } from './naming.ts';
import { isNearCipher, isPlain, keptAs } from './stored.ts';
import { onlyEncodes } from './wholeWork.ts';

interface Fact {
  readonly call: ts.CallExpression;
  readonly encoding: Encoding;
}

/** What a call pretends to be, and the code that says so; each piece of code is reported once. */
interface Pretence {
  readonly by: ts.Node;
  readonly message: 'named' | 'stored';
  readonly name: string;
}

export default rule({
  meta: {
    priority: 'P0',
    since: 'next',
    summary: 'Base64 that is taken for encryption.',
    promise: 'What is called encrypted is encrypted',
    topics: ['base64', 'encryption', 'base64 encryption', 'btoa', 'encrypt credentials', 'encryption at rest'],
    subject: ['encrypt', 'decrypt', 'encrypted', 'cipher', 'base64'],
    references: [
      {
        title: 'CWE-311: Missing Encryption of Sensitive Data',
        url: 'https://cwe.mitre.org/data/definitions/311.html',
      },
      {
        title: 'OWASP: Cryptographic Storage',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Cryptographic_Storage_Cheat_Sheet.html',
      },
    ],
    messages: {
      named:
        '{name} only writes its value in base64, which everybody turns back without a key. Encrypt with AES-256-GCM and a key from outside, or give it a name that promises nothing.',
      stored:
        '{name} holds plain text in base64, which everybody turns back without a key. Encrypt with AES-256-GCM and a key from outside, or give it a name that promises nothing.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      CallExpression: {
        named: CALLED,
        listen: (call, { header }): Fact | undefined => {
          const encoding = encodingOf(call, header);
          return encoding && { call, encoding };
        },
      },
    },
    check(ctx) {
      const reported = new Set<ts.Node>();
      for (const fact of ctx.scope.all()) {
        const found = pretence(fact, ctx);
        if (found === undefined || reported.has(found.by)) continue;
        reported.add(found.by);
        ctx.report(fact.call, found.message, { name: found.name });
      }
    },
  },
  fixes: { named: [{ title: 'Encrypt with AES-256-GCM', safety: 'suggest', edits: encryptInstead }] },
});

function pretence({ call, encoding }: Fact, source: SourceView): Pretence | undefined {
  const fn = enclosingFunction(call);
  if (fn?.body !== undefined && claimsEncryption(nameOf(fn))) {
    return onlyEncodes(fn.body, source.header) ? { by: fn, message: 'named', name: nameOf(fn) } : undefined;
  }
  if (encoding.direction === 'decode' || !isPlain(encoding, source)) return undefined;
  const name = keptAs(call);
  if (name !== undefined && namesCiphertext(name)) {
    return isNearCipher(fn ?? call.getSourceFile()) ? undefined : { by: call, message: 'stored', name };
  }
  const owner = fn && secureOwner(fn);
  return owner !== undefined && !isNearCipher(owner.node)
    ? { by: owner.node, message: 'named', name: owner.name }
    : undefined;
}
