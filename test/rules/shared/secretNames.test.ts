import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isProofName, secretKind } from '#rules/_shared/auth/secretNames.ts';

test('names of secrets are told from names about secrets', () => {
  const named = Object.fromEntries(
    [
      'jwtSecret',
      'JWT_SECRET_DEV',
      'DB_PASSWORD',
      'dbPass',
      'x-api-key',
      'encryptionKey',
      'refreshToken',
      'token2',
      'passwordLabel',
      'tokenUrl',
      'hasPassword',
      'maxTokens',
      'nextPageToken',
      'publicKey',
      'publicApiKey',
      'primaryKey',
      'pass',
      'key',
      'secretary',
    ].map((name) => [name, secretKind(name)]),
  );
  assert.deepEqual(named, {
    jwtSecret: 'secret',
    JWT_SECRET_DEV: 'secret',
    DB_PASSWORD: 'password',
    dbPass: 'password',
    'x-api-key': 'key',
    encryptionKey: 'key',
    refreshToken: 'token',
    token2: 'token',
    passwordLabel: undefined,
    tokenUrl: undefined,
    hasPassword: undefined,
    maxTokens: undefined,
    nextPageToken: undefined,
    publicKey: undefined,
    publicApiKey: undefined,
    primaryKey: undefined,
    pass: undefined,
    key: undefined,
    secretary: undefined,
  });
});

test('names of proofs are those that end in one', () => {
  assert.deepEqual(
    ['x-hub-signature-256', 'expectedHmac', 'providedSignature', 'signatureHeader', 'signatureUrl', 'contentHash'].map(
      isProofName,
    ),
    [true, true, true, true, false, false],
  );
});
