import { type FileHeader, ts } from '#api';
import type { Role } from './frameworks.ts';
import type { DataPart } from './requestParts.ts';

/** What a decorator of NestJS puts into a parameter: the request or response itself, or a part of the request. */
export interface DecoratedParameter {
  readonly role?: Role;
  readonly part?: DataPart;
}

const DECORATORS: Readonly<Record<string, DecoratedParameter>> = {
  Req: { role: 'request' },
  Request: { role: 'request' },
  Res: { role: 'response' },
  Response: { role: 'response' },
  Next: { role: 'next' },
  Body: { part: 'body' },
  RawBody: { part: 'body' },
  Query: { part: 'query' },
  Param: { part: 'params' },
  Headers: { part: 'headers' },
  HostParam: { part: 'headers' },
  UploadedFile: { part: 'files' },
  UploadedFiles: { part: 'files' },
};

/** Reads the decorators that NestJS brings; `undefined` for a parameter with none of them. */
export function nestDecorator(parameter: ts.ParameterDeclaration, header: FileHeader): DecoratedParameter | undefined {
  for (const { expression } of ts.getDecorators(parameter) ?? []) {
    const callee = ts.isCallExpression(expression) ? expression.expression : expression;
    const name = ts.isIdentifier(callee) ? header.imports.get(callee.text) : undefined;
    const known = name?.module === '@nestjs/common' ? DECORATORS[name.name] : undefined;
    // What a pipe makes of it is no longer what the client sent.
    const isPiped = ts.isCallExpression(expression) && expression.arguments.some((argument) => !isKey(argument));
    if (known !== undefined) return isPiped ? {} : known;
  }
  return undefined;
}

function isKey(argument: ts.Expression): boolean {
  return ts.isStringLiteralLike(argument) || ts.isPropertyAccessExpression(argument);
}
