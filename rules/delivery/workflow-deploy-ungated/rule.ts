import { z } from 'zod';
import { rule } from '#api';
import { WORKFLOW_FACETS, workflowReader } from '../../_shared/delivery/workflowChecks.ts';
import { workflowFacet } from '../../_shared/delivery/workflowFacet.ts';
import { scriptsFacet } from '../../_shared/project/scriptsFacet.ts';
import { testFilesFacet } from '../../_shared/testing/testFilesFacet.ts';
import { isPlaceholder } from './deployments.ts';
import { addNeeds } from './fix.ts';
import { ungatedJobs } from './ungated.ts';

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Jobs that deploy or publish without waiting for the tests, and deployments that only say so.',
    promise: 'Nothing is deployed or published before its tests have passed',
    appliesTo: 'everywhere',
    topics: [
      'deploy job',
      'deployment gate',
      'ungated deployment',
      'deploy needs test',
      'publish job',
      'CD pipeline',
      'release gate',
    ],
    subject: ['jobs'],
    references: [
      {
        title: 'GitHub Actions: jobs.<job_id>.needs',
        url: 'https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idneeds',
      },
    ],
    messages: {
      beside:
        '{command} runs beside the job "{test}" and does not wait for it, so what fails the tests is shipped all the same. Add needs: {test}.',
      untested:
        '{command} runs on each push, and no test runs before it, here or before the merge: what is broken is shipped. Run the tests in a job that this one needs.',
      placeholder:
        'This job is called a deployment and only prints text, so a release looks done and nothing was shipped. Deploy here, or take the job out.',
    },
  },
  options: z.strictObject({}),
  project: {
    facets: [...WORKFLOW_FACETS, testFilesFacet],
    check(ctx) {
      const reader = workflowReader(ctx);
      for (const { path, facts } of reader.workflows) {
        for (const job of facts.jobs.filter(isPlaceholder)) {
          ctx.report({ path, facet: workflowFacet, anchor: job.at }, 'placeholder');
        }
      }
      for (const { path, job, command, test } of ungatedJobs(reader, ctx.all(scriptsFacet), ctx.all(testFilesFacet))) {
        const at = { path, facet: workflowFacet, anchor: job.at };
        if (test === undefined) ctx.report(at, 'untested', { command });
        else ctx.report(at, 'beside', { command, test });
      }
    },
  },
  fixes: {
    // The tests may be there for something else than what is deployed.
    beside: [{ title: 'Wait for "{test}"', safety: 'suggest', edits: addNeeds }],
  },
});
