/** Next calls this once when the server starts: the data is read before anybody asks for it. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { startLoading } = await import('./lib/server/store.ts');
  startLoading();
}
