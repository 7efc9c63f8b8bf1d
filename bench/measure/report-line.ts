/** The last line of a measuring process: its numbers as JSON, with the largest memory that it ever had. */
export function report(numbers: Record<string, unknown>): void {
  // getrusage gives kilobytes on Linux and macOS alike (libuv converts).
  const peakMiB = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(`${JSON.stringify({ ...numbers, peakMiB })}\n`);
}
