/** Where the chosen theme is kept; the inline script of the shell reads the same key before the first paint. */
export const THEME_KEY = 'podreach-theme';
