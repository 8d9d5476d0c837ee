import nodemailer from 'nodemailer';
import { env } from './env';
import { logger } from './logger';

const transport = nodemailer.createTransport({
  host: env.SMTP_HOST,
  port: env.SMTP_PORT,
  auth: {
    user: env.SMTP_USER,
    pass: env.SMTP_PASSWORD,
  },
});

export interface Mail {
  to: string;
  subject: string;
  text: string;
}

export async function sendMail(mail: Mail): Promise<void> {
  await transport.sendMail({ from: 'Quayside <office@quayside.example>', ...mail });
  logger.info({ subject: mail.subject }, 'mail sent');
}
