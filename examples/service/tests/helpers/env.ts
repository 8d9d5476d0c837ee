Object.assign(process.env, {
  NODE_ENV: 'test',
  DATABASE_URL: 'postgresql://quayside@localhost:5432/quayside_test',
  JWT_SECRET: 'only-for-the-tests-of-this-repository',
  EMBED_SECRET: 'only-for-the-tests-of-this-repository',
  ALLOWED_ORIGINS: 'https://booking.quayside.example',
});
