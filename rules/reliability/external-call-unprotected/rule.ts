import { z } from 'zod';
import { rule } from '#api';
import { isOutsideService } from '../../_shared/places.ts';
import { nearestPackage } from '../../_shared/project/nearestPackage.ts';
import { protectionFacet } from './protectionFacet.ts';
import { wrapCalls } from './wrapCalls.ts';
import type { Wrapper } from './wrappers.ts';

export default rule({
  meta: {
    priority: 'P3',
    since: 'next',
    summary: 'Calls of outside services past the retries that the project has for them.',
    promise: 'Calls of outside services are retried or broken off as the project does it',
    topics: ['circuit breaker', 'retry wrapper', 'external service', 'third-party calls', 'resilience'],
    subject: ['retry', 'withRetry', 'breaker', 'opossum', 'cockatiel'],
    references: [
      {
        title: 'Azure: Retry pattern',
        url: 'https://learn.microsoft.com/azure/architecture/patterns/retry',
      },
      {
        title: 'Azure: Circuit Breaker pattern',
        url: 'https://learn.microsoft.com/azure/architecture/patterns/circuit-breaker',
      },
    ],
    messages: {
      unprotected:
        'This call of {service} fails with the first hiccup on the way: its client does not try again, and {wrapper}() of {file}, which this project has for such calls, is not used. Run it in there.',
    },
  },
  options: z.strictObject({}),
  project: {
    facets: [protectionFacet],
    check(ctx) {
      const wrappers: (Wrapper & { readonly path: string; readonly folder: string })[] = [];
      const protectedNames = new Set<string>();
      const values = [...ctx.all(protectionFacet)];
      for (const { path, value } of values) {
        for (const name of value.protects) protectedNames.add(name);
        for (const wrapper of value.wrappers) wrappers.push({ ...wrapper, path, folder: nearestPackage(path, ctx) });
      }
      if (wrappers.length === 0) return;
      for (const { path, value } of values) {
        if (Object.keys(value.calls).length === 0 || isOutsideService(path.slice(ctx.root.length))) continue;
        const folder = nearestPackage(path, ctx);
        if (value.wrappers.length > 0) continue;
        const near = wrappers.filter((one) => one.folder === folder && one.path !== path);
        for (const [service, calls] of Object.entries(value.calls)) {
          // Whoever calls the function around may protect it there.
          const seen = calls.filter((call) => call.in === '' || !protectedNames.has(call.in));
          const wrapper = near.find(
            ({ only }) => only === undefined || seen.some(({ method }) => only === `${service} ${method}`),
          );
          const open = seen.filter(
            ({ method }) => wrapper?.only === undefined || wrapper.only === `${service} ${method}`,
          );
          const [first] = open;
          if (wrapper === undefined || first === undefined) continue;
          const file = wrapper.path.slice(ctx.root.length + 1);
          const data = { service, wrapper: wrapper.name, file, takesOne: wrapper.takesOne ? 1 : 0 };
          const anchors = open.map(({ at }) => at).join(' ');
          ctx.report({ path, facet: protectionFacet, anchor: first.at }, 'unprotected', { ...data, anchors });
        }
      }
    },
  },
  fixes: { unprotected: [{ title: 'Run calls of {service} in {wrapper}()', safety: 'suggest', edits: wrapCalls }] },
});
