import { z } from 'zod';
import { rule } from '#api';
import { WORKFLOW_FACETS } from '../../_shared/delivery/workflowChecks.ts';
import { packageFacet } from '../../_shared/project/packageFacet.ts';
import { addStep, createWorkflow, installFromLock } from './fix.ts';
import { herokuFacet } from './herokuFacet.ts';
import { missingGates } from './missingGates.ts';

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Tests, linters, type checks and audits that a project has and no workflow runs.',
    promise:
      'Every change is installed from the lock file, linted, type-checked, tested and audited before it is merged',
    appliesTo: 'everywhere',
    topics: [
      'CI pipeline',
      'continuous integration',
      'CI runs tests',
      'quality gates',
      'GitHub Actions',
      'npm audit',
      'npm ci',
      'lint in CI',
    ],
    subject: ['scripts'],
    references: [
      {
        title: 'GitHub Actions: building and testing Node.js',
        url: 'https://docs.github.com/actions/tutorials/build-and-test-code/nodejs',
      },
      { title: 'npm ci', url: 'https://docs.npmjs.com/cli/commands/npm-ci' },
    ],
    messages: {
      none: 'The project has {checks}, and no workflow runs them, so whatever breaks them is merged and shipped. Add a workflow that does.',
      missing:
        'Workflows build or check changes here, and none of them runs {checks}, so what breaks them is found out later or never. Run {command} there as well.',
      loose: {
        text: 'npm install mends a lock file that does not fit package.json instead of failing, so what is tested here is not what others install. Use npm ci.',
        priority: 'P2',
      },
      audit: {
        text: 'No workflow audits the packages, and neither Dependabot nor Renovate is set up here, so a known weakness in one of them stays unnoticed. Add a step that runs {command}.',
        priority: 'P3',
      },
    },
  },
  options: z.strictObject({}),
  project: {
    facets: [...WORKFLOW_FACETS, packageFacet, herokuFacet],
    check(ctx) {
      for (const { at, message, data } of missingGates(ctx)) ctx.report(at, message, data);
    },
  },
  fixes: {
    none: [{ title: 'Create .github/workflows/ci.yml', safety: 'suggest', edits: createWorkflow }],
    // What the step finds has to be mended before the workflow passes again.
    missing: [{ title: 'Run "{command}"', safety: 'suggest', edits: addStep }],
    audit: [{ title: 'Run "{command}"', safety: 'suggest', edits: addStep }],
    // It fails where the lock file is behind.
    loose: [{ title: 'Install with npm ci', safety: 'suggest', edits: installFromLock }],
  },
});
