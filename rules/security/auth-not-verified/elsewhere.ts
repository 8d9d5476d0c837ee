import type { FunctionNode } from '#api';
import { functionName } from '../../_shared/functionName.ts';
import type { FileView } from '../../_shared/sourceView.ts';

/** Packages by which a project verifies what this function may leave to another one. */
const VERIFIERS = [
  'jsonwebtoken',
  'jose',
  'passport',
  'express-jwt',
  'koa-jwt',
  '@fastify/jwt',
  '@nestjs/jwt',
  '@nestjs/passport',
  'fast-jwt',
  'jwks-rsa',
  'aws-jwt-verify',
  '@okta/jwt-verifier',
  'jwt-simple',
  'firebase-admin',
  'google-auth-library',
  'openid-client',
  'express-openid-connect',
  'keycloak-connect',
  'supertokens-node',
  'better-auth',
  'next-auth',
  '@clerk/express',
  '@supabase/supabase-js',
  'express-oauth2-jwt-bearer',
];

/**
 * Handed to other files of a project that verifies: whoever does it may be mounted in front of this function or behind it.
 */
export function mayBeVerifiedElsewhere(fn: FunctionNode, { file, header }: FileView): boolean {
  if (VERIFIERS.every((name) => header.dependency(name) === undefined)) return false;
  return /\bexports\b|^export\b/m.test(file.text) || functionName(fn) === '';
}
