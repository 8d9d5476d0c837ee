import { z } from 'zod';
import { rule, type ts } from '#api';
import { isDevelopmentOnly } from '../../_shared/developmentBranch.ts';
import { readFromEnvironment } from './fix.ts';
import { holderOf, namesTrusted } from './lists.ts';
import { isAboutOther } from './surroundings.ts';

const isStar = (literal: ts.StringLiteralLike): ts.Node | undefined =>
  literal.text === '*' || literal.text === '**' ? literal : undefined;

// A pattern such as .* or ^.+$ matches whatever it is held against.
const matchesAll = (literal: ts.RegularExpressionLiteral): ts.Node | undefined =>
  /^\/\^?\.[*+]\$?\/[a-z]*$/.test(literal.text) ? literal : undefined;

export default rule({
  meta: {
    priority: 'P0',
    since: 'next',
    summary: 'Lists of trusted origins, hosts or domains that hold a wildcard for all.',
    promise: 'Trusted origins are listed one by one',
    topics: ['trusted origins', 'allowed origins', 'allowed hosts', 'origin allow-list', 'wildcard origin'],
    subject: ['trustedOrigins', 'allowedOrigins', 'allowedHosts', 'allowedDomains', 'origins', 'whitelist'],
    references: [
      {
        title: 'CWE-942: Permissive Cross-domain Policy with Untrusted Domains',
        url: 'https://cwe.mitre.org/data/definitions/942.html',
      },
      { title: 'CWE-346: Origin Validation Error', url: 'https://cwe.mitre.org/data/definitions/346.html' },
    ],
    messages: {
      wildcard:
        '{name} says whom this program trusts, and a wildcard says everybody: where such lists know wildcards, every check against it passes. List those that you know, or read them from validated configuration.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: { StringLiteral: isStar, NoSubstitutionTemplateLiteral: isStar, RegularExpressionLiteral: matchesAll },
    each(star, ctx) {
      const holder = holderOf(star, ctx.header);
      if (holder === undefined || !namesTrusted(holder.name) || isDevelopmentOnly(star)) return;
      if (!isAboutOther(holder, ctx)) ctx.report(star, 'wildcard', { name: holder.name });
    },
  },
  fixes: {
    wildcard: [{ title: 'Read the list from the environment', safety: 'suggest', edits: readFromEnvironment }],
  },
});
