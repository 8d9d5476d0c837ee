declare const process: { readonly env: Record<string, string | undefined> };

export const mailHost = process.env.SMTP_HOST;
