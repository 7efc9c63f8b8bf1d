import { once } from 'node:events';

const CHUNK = 1 << 16;

/** Writes text to stdout in pieces and waits where the reader is slower; a reader that goes away (`| head`) ends the program quietly. */
export class Output {
  #buffer = '';
  #exitCode = 0;

  constructor() {
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(this.#exitCode);
      throw error;
    });
  }

  /** Says the exit code before anything is written, so that a reader who goes away early does not turn a failure into success. */
  decided<Code extends number>(exitCode: Code): Code {
    this.#exitCode = exitCode;
    return exitCode;
  }

  async write(text: string): Promise<void> {
    this.#buffer += text;
    if (this.#buffer.length >= CHUNK) await this.flush();
  }

  async flush(): Promise<void> {
    const text = this.#buffer;
    this.#buffer = '';
    if (text !== '' && !process.stdout.write(text)) await once(process.stdout, 'drain');
  }

  async line(value: unknown): Promise<void> {
    await this.write(`${JSON.stringify(value)}\n`);
  }

  /** `"name":[…]` of as many items as there are, without ever holding all of them. */
  async list(name: string, items: Iterable<unknown>): Promise<void> {
    await this.write(`${JSON.stringify(name)}:[`);
    let first = true;
    for (const item of items) {
      await this.write(`${first ? '' : ','}\n${JSON.stringify(item)}`);
      first = false;
    }
    await this.write(']');
  }
}
