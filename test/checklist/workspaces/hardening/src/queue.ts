export const topics: string[] = [];
