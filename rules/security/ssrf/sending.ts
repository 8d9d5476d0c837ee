import { ts, unwrap } from '#api';
import { memberCall } from '../../_shared/calls.ts';
import { classAround } from '../../_shared/classAround.ts';
import { classMember, isThis } from '../../_shared/data/classMembers.ts';
import { initialValue } from '../../_shared/initialValue.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { typeReference } from '../../_shared/typeReference.ts';
import { isSendingMethod, sendsRequest } from './clients.ts';

/** Says whether a call sends a request to the address in its first argument, or opens it in a browser of this machine. */
export function isSending(call: ts.CallExpression, source: SourceView): boolean {
  const reference = source.header.resolve(call.expression);
  if (reference !== undefined) return sendsRequest(reference);
  const member = memberCall(call);
  if (member === undefined) return false;
  if (member.name === 'goto') return isPage(member.receiver, source);
  return isSendingMethod(member.name) && isClient(unwrap(member.receiver), source);
}

/** `axios.create()`, `http` or `https` by the protocol, the service that NestJS injects. */
function isClient(receiver: ts.Node, source: SourceView): boolean {
  if (ts.isPropertyAccessExpression(receiver)) return isThis(receiver.expression) && isClientField(receiver, source);
  const value = ts.isIdentifier(receiver) ? initialValue(receiver, source) : undefined;
  return value !== undefined && isClientValue(unwrap(value), source);
}

function isClientValue(value: ts.Node, source: SourceView): boolean {
  if (ts.isConditionalExpression(value)) {
    return [value.whenTrue, value.whenFalse].every((branch) => /^https?$/.test(source.header.resolve(branch) ?? ''));
  }
  const maker = ts.isCallExpression(value) ? source.header.resolve(value.expression) : undefined;
  return maker !== undefined && /^(?:axios#(?:default\.)?create|got#(?:got\.)?extend)$/.test(maker) && !hasBase(value);
}

/** A client for one host alone; addresses that are whole leave it, which few know. */
function hasBase(made: ts.Node): boolean {
  return /\b(?:baseURL|prefixUrl)\b/.test(made.getText());
}

function isClientField(field: ts.PropertyAccessExpression, source: SourceView): boolean {
  const owner = classAround(field, source);
  const member = owner && classMember(owner, field.name.text);
  if (member?.value !== undefined) return isClientValue(unwrap(member.value), source);
  const type = member?.type && typeReference(member.type, source.header);
  return type?.module === '@nestjs/axios' && type.name === 'HttpService';
}

/** Browsers that pages are opened in from code. */
const BROWSERS = ['puppeteer', 'puppeteer-core', 'playwright', 'playwright-core', 'playwright-chromium'];

function isPage(receiver: ts.Expression, { header }: SourceView): boolean {
  const node = unwrap(receiver);
  return ts.isIdentifier(node) && /page|tab/i.test(node.text) && BROWSERS.some((module) => header.modules.has(module));
}
