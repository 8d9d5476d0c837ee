export const mailHost = process.env.SMTP_HOST;
