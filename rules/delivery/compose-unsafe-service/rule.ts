import { z } from 'zod';
import { type Finding, type FixContext, type FixEdit, rule } from '#api';
import { isComposeFile, isComposeForWork } from '../../_shared/delivery/compose.ts';
import { useOf } from '../../_shared/delivery/composeUse.ts';
import { exampleLine } from '../../_shared/env/exampleLine.ts';
import { dangersIn } from './dangers.ts';

/** What is built to be tried out on one's own machine: `docker-compose.build.yml`. */
const FOR_BUILDING = /[.-]build(?=[.-][^/]*$)/;

function makeSafer(ctx: FixContext<unknown>, finding: Finding): FixEdit[] | undefined {
  const { document } = ctx;
  if (document.language !== 'yaml') return undefined;
  const instead = dangersIn(document).find(({ span }) => span.start === finding.start)?.instead;
  if (instead === undefined) return undefined;
  const documentation = instead.asked === undefined ? undefined : exampleLine(ctx, instead.asked);
  return [ctx.replace(instead.at, instead.text), ...(documentation === undefined ? [] : [documentation])];
}

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Services of compose files that are open to everybody, or have the rights of the machine.',
    promise: 'Services are closed to the network and have no rights over the machine',
    topics: [
      'docker socket',
      'docker.sock',
      'privileged container',
      'network_mode host',
      'published database port',
      'exposed database',
      'database authentication',
      'POSTGRES_HOST_AUTH_METHOD',
      'compose image tag',
    ],
    subject: ['services'],
    references: [
      {
        title: 'OWASP Docker Security Cheat Sheet',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html',
      },
      { title: 'Docker: port publishing', url: 'https://docs.docker.com/engine/network/port-publishing/' },
      {
        title: 'CWE-306: Missing Authentication for Critical Function',
        url: 'https://cwe.mitre.org/data/definitions/306.html',
      },
      { title: 'CWE-250', url: 'https://cwe.mitre.org/data/definitions/250.html' },
    ],
    messages: {
      open: '{what} lets everybody who reaches {service} in without a password. Ask for one from outside.',
      socket:
        '{service} gets the socket of Docker: who breaks into it starts containers with any rights and owns the machine. Take the socket away, or put a proxy before it that lets few requests through.',
      privileged:
        '{service} has all rights over the machine, so that a break-in does not end at the container. Give it the one capability that it needs.',
      hostNetwork:
        '{service} shares the network of the machine: all its ports are open to the outside, and it reaches what listens for the machine alone. Publish the ports it needs.',
      port: 'Port {what} of {service} is published on all addresses of the machine, past its firewall. Other services reach it without; publish it on 127.0.0.1 if people need it.',
      untagged:
        '{what} is whatever is the newest when {service} is pulled: a new major version arrives unasked, and there is no way back. Name a version.',
    },
  },
  options: z.strictObject({}),
  documents: {
    languages: ['yaml'],
    matches: (path) => isComposeFile(path) && !isComposeForWork(path) && !FOR_BUILDING.test(path),
    check({ document, path, report }) {
      if (document.language !== 'yaml') return;
      const dangers = dangersIn(document);
      if (dangers.length === 0 || useOf(path, document) !== 'shipped') return;
      for (const { span, message, service, what } of dangers) report(span, message, { service, what });
    },
  },
  fixes: {
    open: [{ title: 'Ask for a password and name it in .env.example', safety: 'suggest', edits: makeSafer }],
    privileged: [{ title: 'Take the rights away', safety: 'suggest', edits: makeSafer }],
    port: [{ title: 'Publish it on this machine alone', safety: 'suggest', edits: makeSafer }],
  },
});
