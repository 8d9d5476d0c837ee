import nodemailer from 'nodemailer';
import { logger } from './logger';

const transport = nodemailer.createTransport({
  host: process.env.SMTP_HOST,
  port: Number(process.env.SMTP_PORT ?? 587),
  auth: {
    user: process.env.SMTP_USER,
    pass: process.env['SMTP_PASSWORD'],
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
