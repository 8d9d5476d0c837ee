import { z } from 'zod';
import { rule } from '#api';
import { importFacet } from '../../_shared/project/importFacet.ts';
import { packageFacet } from '../../_shared/project/packageFacet.ts';
import { moduleFacet } from './moduleFacet.ts';
import { untestedModules } from './untested.ts';

export default rule({
  meta: {
    priority: 'P3',
    since: 'next',
    summary: 'Services and handlers that no test imports, directly or through the application.',
    promise: 'Every service and handler is reached by tests',
    topics: ['test coverage', 'untested module', 'missing tests', 'unit tests', 'untested service'],
    subject: ['test', 'describe', 'it'],
    references: [{ title: 'Martin Fowler: Test Coverage', url: 'https://martinfowler.com/bliki/TestCoverage.html' }],
    messages: {
      untested:
        'No test reaches this module, directly or through what it imports, although tests reach {tested} of the {all} services and handlers here: what breaks in it shows up in production. Write a test that imports it.',
    },
  },
  options: z.strictObject({}),
  project: {
    facets: [moduleFacet, importFacet, packageFacet],
    check(ctx) {
      for (const { path, anchor, tested, all } of untestedModules(ctx)) {
        ctx.report({ path, facet: moduleFacet, anchor }, 'untested', { tested: String(tested), all: String(all) });
      }
    },
  },
});
