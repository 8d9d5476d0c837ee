export const sizes = [30, 4, 100].sort();
