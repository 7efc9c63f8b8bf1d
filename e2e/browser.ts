import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

/** What Playwright's `launchOptions` takes. */
export interface BrowserLaunch {
  readonly executablePath?: string;
  readonly args: string[];
  readonly env?: Record<string, string>;
}

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * The browser that the tests drive: `CHROMIUM_PATH`, the usual places, Playwright's own download if it is there, else the one in
 * @sparticuz/chromium, which came from the npm registry (linux x64). Never nothing: without a browser the tests fail with what to do.
 */
export async function findBrowser(): Promise<BrowserLaunch> {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names \`${named}\`, which does not exist`);
    return { executablePath: named, args: ARGS };
  }
  const usual = USUAL_PLACES.find((file) => existsSync(file));
  if (usual) return { executablePath: usual, args: ARGS };
  if (existsSync(chromium.executablePath())) return { args: ARGS };
  if (process.platform === 'linux' && process.arch === 'x64') return packagedBrowser();
  throw new Error('no Chromium found: install Chromium or Chrome, or set CHROMIUM_PATH to its executable');
}

/**
 * Unpacks @sparticuz/chromium into `.cache/chromium`. Made for AWS Lambda, it needs three things told: that it should unpack its NSS
 * libraries too (they are missing on a bare Debian), where to unpack (it takes whatever version lies there), and where the
 * fonts are (its own fonts.conf names a fixed folder; pages come out without text).
 */
async function packagedBrowser(): Promise<BrowserLaunch> {
  const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
  const manifest = readFileSync(path.join(root, 'node_modules/@sparticuz/chromium/package.json'), 'utf8');
  const folder = path.join(root, '.cache', 'chromium', String((JSON.parse(manifest) as { version: unknown }).version));
  mkdirSync(folder, { recursive: true });
  const executablePath = await withEnvironment({ TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' }, async () => {
    const { default: packaged } = await import('@sparticuz/chromium');
    return packaged.executablePath();
  });
  const fonts = path.join(folder, 'fonts');
  mkdirSync(fonts, { recursive: true });
  const fontConfig = path.join(fonts, 'fonts.conf');
  writeFileSync(
    fontConfig,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${fonts}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>${folder}/font-cache</cachedir></fontconfig>`,
  );
  const env = { ...definedEnvironment(), LD_LIBRARY_PATH: path.join(folder, 'al2023', 'lib'), FONTCONFIG_FILE: fontConfig };
  return { executablePath, args: [...ARGS, '--no-zygote'], env };
}

/** Runs with variables set and puts back whatever they, and those that the package sets on import, were before. */
async function withEnvironment<T>(variables: Record<string, string>, run: () => Promise<T>): Promise<T> {
  const before = new Map([...Object.keys(variables), 'LD_LIBRARY_PATH', 'FONTCONFIG_PATH'].map((name) => [name, process.env[name]]));
  Object.assign(process.env, variables);
  try {
    return await run();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
