import { z } from 'zod';

const schema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  DATABASE_URL: z.string().url(),
  JWT_SECRET: z.string().min(32),
  EMBED_SECRET: z.string().min(32),
  ALLOWED_ORIGINS: z
    .string()
    .transform((value) => value.split(',').map((origin) => origin.trim()))
    .pipe(z.array(z.string().url()).min(1)),
  SMTP_HOST: z.string().min(1),
  SMTP_PORT: z.coerce.number().int().min(1).max(65535).default(587),
  SMTP_USER: z.string().min(1),
  SMTP_PASSWORD: z.string().min(1),
  TIDE_API_URL: z.string().url().default('https://tides.example/v2'),
  TIDE_API_KEY: z.string().min(1),
  VAT_RATE: z.coerce.number().min(0).max(1).default(0.2),
  REPORT_RAW_READINGS: z.enum(['on', 'off']).default('off'),
  SOCKET_PING_INTERVAL_MS: z.coerce.number().int().positive().default(25_000),
  SHUTDOWN_GRACE_MS: z.coerce.number().int().positive().default(10_000),
});

/** Settings of this process. Parsed at start-up, so a missing variable stops the service before it takes traffic. */
export const env = schema.parse(process.env);
