import { z } from 'zod';
import { type DataNode, rule, type Span } from '#api';
import { isWorkflowOrAction, jobsOf, ownEntry } from '../../_shared/delivery/workflow.ts';
import { headCheckouts } from './headCheckout.ts';
import { readOnly } from './readOnly.ts';
import { looseReferences } from './references.ts';

const options = z.strictObject({
  firstParty: z
    .boolean()
    .default(false)
    .describe("Also report moving tags of GitHub's own actions (`actions/checkout@v5`)."),
});

/** The key `jobs` of a workflow that leaves open what its jobs may do; those that others call get it from their callers. */
function openPermissions(root: DataNode | undefined): Span | undefined {
  const entry = ownEntry(root, 'jobs');
  if (entry === undefined || ownEntry(root, 'permissions') !== undefined) return undefined;
  const on = ownEntry(root, 'on')?.value;
  const events =
    on?.kind === 'object' ? on.entries.map(({ key }) => key) : on?.kind === 'scalar' ? [String(on.value)] : [];
  if (events.length === 1 && events[0] === 'workflow_call') return undefined;
  const jobs = jobsOf(root);
  const isOpen = jobs.some(({ node }) => ownEntry(node, 'permissions') === undefined);
  return isOpen ? entry.keySpan : undefined;
}

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Workflows that run what strangers may change, or with more rights than they need.',
    promise: 'Workflows name the exact actions they run and the rights they have',
    appliesTo: 'everywhere',
    topics: [
      'pinned actions',
      'pin actions',
      'action SHA',
      'workflow permissions',
      'GITHUB_TOKEN permissions',
      'pull_request_target',
      'CI supply chain',
    ],
    subject: ['jobs'],
    references: [
      {
        title: 'GitHub: security hardening for Actions',
        url: 'https://docs.github.com/en/actions/security-for-github-actions/security-guides/security-hardening-for-github-actions',
      },
      {
        title: 'CWE-829: Inclusion of Functionality from Untrusted Control Sphere',
        url: 'https://cwe.mitre.org/data/definitions/829.html',
      },
    ],
    messages: {
      branch:
        '{action} runs whatever its branch {ref} holds that day, with the secrets of this workflow. Name the commit of a release, with its version as a comment.',
      tag: '{action} moves {ref} to each new release, so code that nobody here has looked at runs with the secrets of this workflow. Name the commit, with its version as a comment.',
      permissions:
        'The token of these jobs has the rights that the repository gives by default, often to write everything, and each action they run has them too. Grant what they need with permissions.',
      headRun: {
        text: 'Anybody who opens a pull request gets their code run here, with the secrets and the write access of this repository. Use pull_request, or do not check out the head.',
        priority: 'P0',
      },
      headCheckout: {
        text: "A stranger's files lie in this job, which has the secrets and the write access of the repository; one step that runs something of them hands these over. Use pull_request, or leave the head alone.",
        priority: 'P1',
      },
    },
  },
  options,
  documents: {
    languages: ['yaml'],
    matches: isWorkflowOrAction,
    check({ document, options: { firstParty }, report }) {
      if (document.language !== 'yaml') return;
      const [root] = document.roots;
      for (const { span, message, action, ref } of looseReferences(document, firstParty))
        report(span, message, { action, ref });
      for (const { span, message } of headCheckouts(root)) report(span, message);
      const jobs = openPermissions(root);
      if (jobs !== undefined) report(jobs, 'permissions');
    },
  },
  fixes: {
    permissions: [{ title: 'Let the jobs read the code and nothing else', safety: 'suggest', edits: readOnly }],
  },
});
