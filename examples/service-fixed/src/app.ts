import path from 'node:path';
import { setupExpressErrorHandler } from '@sentry/node';
import cors from 'cors';
import express, { type Express } from 'express';
import helmet from 'helmet';
import pinoHttp from 'pino-http';
import { collectDefaultMetrics, register } from 'prom-client';
import { env } from './lib/env';
import { logger } from './lib/logger';
import { handleError, notFound } from './middleware/errors';
import { apiLimiter } from './middleware/rateLimit';
import { authRouter } from './routes/auth';
import { berthsRouter } from './routes/berths';
import { bookingsRouter } from './routes/bookings';
import { embedRouter } from './routes/embed';
import { healthRouter } from './routes/health';
import { invoicesRouter } from './routes/invoices';
import { reportsRouter } from './routes/reports';

export function createApp(): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(pinoHttp({ logger }));
  app.use(helmet());
  app.use(cors({ origin: env.ALLOWED_ORIGINS }));
  app.use(express.json({ limit: '100kb' }));
  app.use(healthRouter);
  collectDefaultMetrics();
  app.get('/metrics', async (_req, res) => {
    res.type(register.contentType).send(await register.metrics());
  });

  app.use('/api', apiLimiter);
  app.use('/api/auth', authRouter);
  app.use('/api/berths', berthsRouter);
  app.use('/api/bookings', bookingsRouter);
  app.use('/api/invoices', invoicesRouter);
  app.use('/api/reports', reportsRouter);
  app.use('/embed', embedRouter);
  app.use(express.static(path.join(__dirname, '../public'), { maxAge: '1h' }));

  app.use(notFound);
  setupExpressErrorHandler(app);
  app.use(handleError);
  return app;
}
