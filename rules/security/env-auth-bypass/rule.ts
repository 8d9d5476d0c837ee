import { z } from 'zod';
import { rule } from '#api';
import { bypasses } from '../../_shared/auth/bypasses/bypasses.ts';
import { candidates, mentions } from './candidates.ts';
import { dropBranch, dropFlag, dropStage } from './fixes.ts';

export default rule({
  meta: {
    priority: 'P0',
    since: 'next',
    summary: 'Environment flags that let code past a check of access.',
    promise: 'No environment flag lets anybody past a check of access',
    topics: ['bypass', 'BYPASS_AUTH', 'authentication bypass', 'environment flag', 'skip auth', 'disable auth'],
    subject: [
      'auth',
      'authenticate',
      'authenticated',
      'authentication',
      'authorize',
      'authorization',
      'permission',
      'login',
    ],
    references: [
      { title: 'CWE-489: Active Debug Code', url: 'https://cwe.mitre.org/data/definitions/489.html' },
      { title: 'CWE-288: Authentication Bypass', url: 'https://cwe.mitre.org/data/definitions/288.html' },
      { title: 'OWASP ASVS', url: 'https://owasp.org/www-project-application-security-verification-standard/' },
    ],
    messages: {
      flag: 'Whoever sets {name} gets past this check of access, in production as anywhere else. Take the bypass out; give tests and local work real credentials instead.',
      stage: {
        text: 'With the wrong {name} this check of access is skipped, and that setting is all that keeps it on in production. Check everywhere; give tests and local work real credentials instead.',
        priority: 'P1',
      },
    },
  },
  options: z.strictObject({}),
  file: {
    collect: mentions,
    check(ctx) {
      for (const { kind, name, node, origin } of bypasses(candidates(ctx.scope, ctx.header), ctx)) {
        const related = origin === undefined ? [] : [{ at: origin, label: 'The environment is read here.' }];
        ctx.report(node, kind === 'bypass' ? 'flag' : 'stage', { name }, { related });
      }
    },
  },
  fixes: { flag: [dropFlag, dropBranch], stage: [dropStage, dropBranch] },
});
