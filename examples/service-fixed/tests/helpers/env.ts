Object.assign(process.env, {
  NODE_ENV: 'test',
  DATABASE_URL: 'postgresql://quayside@localhost:5432/quayside_test',
  JWT_SECRET: 'only-for-the-tests-of-this-repository',
  EMBED_SECRET: 'only-for-the-tests-of-this-repository',
  ALLOWED_ORIGINS: 'https://booking.quayside.example',
  SMTP_HOST: 'localhost',
  SMTP_USER: 'office',
  SMTP_PASSWORD: 'only-for-the-tests-of-this-repository',
  TIDE_API_KEY: 'only-for-the-tests-of-this-repository',
});
