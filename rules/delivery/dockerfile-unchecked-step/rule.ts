import { z } from 'zod';
import { type Finding, type FixContext, rule, type TextEdit } from '#api';
import { isProductionDockerfile } from '../../_shared/delivery/productionDockerfile.ts';
import { backgroundProcesses } from './background.ts';
import { lacksTool } from './tools.ts';
import { uncheckedSteps } from './unchecked.ts';

function removeAlternative(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined {
  const { document } = ctx;
  if (document.language !== 'dockerfile') return undefined;
  const step = uncheckedSteps(document).find(({ span }) => span.start === finding.start && span.end === finding.end);
  if (step?.cut === undefined) return undefined;
  if (step.message !== 'healthcheck') return [ctx.replace(step.cut, '')];
  // What is not there would fail for ever.
  if (lacksTool(document, ctx.text.slice(finding.start, finding.end))) return undefined;
  return [ctx.replace(step.cut, ' || exit 1')];
}

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Steps of images whose failure goes unnoticed.',
    promise: 'No step of an image fails unnoticed',
    topics: [
      'unchecked step',
      'swallowed failure',
      '|| true',
      'curl | sh',
      'curl pipe shell',
      'healthcheck that always passes',
      'background process in container',
      'docker build step',
    ],
    subject: ['run', 'healthcheck', 'cmd', 'entrypoint'],
    references: [
      { title: 'Dockerfile reference: HEALTHCHECK', url: 'https://docs.docker.com/reference/dockerfile/#healthcheck' },
      {
        title: 'Docker: run multiple processes in a container',
        url: 'https://docs.docker.com/engine/containers/multi-service_container/',
      },
      {
        title: 'CWE-494: Download of Code Without Integrity Check',
        url: 'https://cwe.mitre.org/data/definitions/494.html',
      },
      {
        title: 'CWE-390: Detection of Error Condition Without Action',
        url: 'https://cwe.mitre.org/data/definitions/390.html',
      },
    ],
    messages: {
      swallowed:
        'The build goes on when {command} fails, so an image without its result is shipped and breaks only where it runs. Let the step fail.',
      healthcheck:
        'This check passes whatever the service does, so a service that hangs is never started anew. Ask the service, and fail when it does not answer.',
      piped:
        'The build runs whatever {command} sends at that moment, half of it when the connection breaks, and nobody compares it with anything. Fetch a release by its version, compare its checksum, then run it.',
      background:
        'The shell lets {command} run in the background and waits for something else: when {command} dies, the container goes on without it. Give each process a container, or a supervisor.',
    },
  },
  options: z.strictObject({}),
  documents: {
    languages: ['dockerfile'],
    matches: isProductionDockerfile,
    check({ document, report }) {
      if (document.language !== 'dockerfile') return;
      for (const { span, message, command } of [...uncheckedSteps(document), ...backgroundProcesses(document)]) {
        report(span, message, { command });
      }
    },
  },
  fixes: {
    swallowed: [{ title: 'Let the step fail', safety: 'suggest', edits: removeAlternative }],
    healthcheck: [{ title: 'Let the check fail', safety: 'suggest', edits: removeAlternative }],
  },
});
