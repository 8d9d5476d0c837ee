declare const process: { readonly env: Record<string, string | undefined> };

export const databaseUrl = process.env.DATABASE_URL;
