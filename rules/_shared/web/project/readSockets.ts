import { type Anchor, type SourceFacetContext, ts } from '#api';
import type { WebFact } from './webFact.ts';

/** Longer functions are not about one connection. */
const MAX_TEXT = 20_000;

/** Words of code that asks a client to prove who it is, or looks up what it was given for having done so. */
const PROOF =
  /token|jwt|auth(?!ors?\b)|cookie|session|secret|passw|passport|api_?key|ticket|log_?in|sign_?in|verif|signature|credential|useguards|guard\b/i;

/** What a client says of itself, and what is said to people, proves nothing. */
const CLAIMS = /\bhandshake\??\.auth\b|\bnew Error\([^)]*\)|\/\/.*|\/\*[\s\S]*?\*\//g;

/** Whether code that is given a socket asks who is at its other end, by the words it uses. */
export function asksWhoConnects(facts: readonly WebFact[]): boolean {
  return facts.some(
    (fact) =>
      (fact.kind === 'socket' || (fact.kind === 'controller' && isGateway(fact.node))) && speaksOfProof(fact.node),
  );
}

/** Gateways of Nest: `@WebSocketGateway()`. */
export function readGateways(facts: readonly WebFact[], ctx: SourceFacetContext): readonly Anchor[] {
  return facts.flatMap((fact) =>
    fact.kind === 'controller' && isGateway(fact.node) && fact.node.name !== undefined && doesAnything(fact.node)
      ? [ctx.at(fact.node.name)]
      : [],
  );
}

/** A gateway that was only begun answers a text. */
function doesAnything({ members }: ts.ClassDeclaration): boolean {
  return members.some((member) => ts.isMethodDeclaration(member) && /\w\(/.test(member.body?.getText() ?? ''));
}

function isGateway(node: ts.ClassDeclaration): boolean {
  return (ts.getDecorators(node) ?? []).some(({ expression }) => /^WebSocketGateway\b/.test(expression.getText()));
}

function speaksOfProof(node: ts.Node): boolean {
  const { end, pos } = node;
  return end - pos < MAX_TEXT && PROOF.test(node.getText().replace(CLAIMS, ''));
}
