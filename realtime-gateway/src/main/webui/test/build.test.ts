// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
let dist: string;

const read = (name: string) => readFileSync(join(dist, name), 'utf8');
const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(file => file.isFile())
    .map(file => join(file.parentPath, file.name));

beforeAll(async () => {
  dist = await mkdtemp(join(tmpdir(), 'ksb-pos-client-'));
  await build({
    root: ROOT,
    mode: 'production',
    logLevel: 'error',
    // Tests run with NODE_ENV=test, which would take React's development build.
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { outDir: dist, emptyOutDir: true },
  });
}, 60_000);
afterAll(() => rm(dist, { recursive: true }));

/** Newer than Chrome 109, the last one of Windows 7 and 8.1; tsc's lib (ES2022) catches what has a type. */
const NEWER_SCRIPT = [
  /Promise\.(withResolvers|try)/,
  /(Object|Map)\.groupBy/,
  /Array\.fromAsync/,
  /\.(toSorted|toReversed|toSpliced)\(/,
  /\.(isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference)\(/,
  /\b(showPopover|hidePopover|popoverTarget)\b|\bpopover=/,
  /URL\.(canParse|parse)\(/,
  /AbortSignal\.any\(/,
  /startViewTransition/,
];
const NEWER_STYLE = [
  /color-mix\(/,
  /\b(oklch|oklab|lch|lab)\(/,
  /\blight-dark\(/,
  /@scope\b/,
  /@starting-style\b/,
  /:popover-open/,
  /\btext-wrap:/,
  /(^|[{;}\s])&/,
];

describe('the built client', () => {
  it('runs in Chrome 109: its own sources use nothing newer', () => {
    for (const file of filesOf(join(ROOT, 'src'))) {
      const source = readFileSync(file, 'utf8');
      for (const newer of file.endsWith('.css') ? NEWER_STYLE : NEWER_SCRIPT) {
        expect(source, `${file} uses ${newer}`).not.toMatch(newer);
      }
    }
  });
  it('runs in Chrome 109: its styles, with those of libraries, use nothing newer', () => {
    const styles = filesOf(dist).filter(file => file.endsWith('.css'));
    expect(styles.length).toBeGreaterThan(0);
    for (const file of styles) {
      for (const newer of NEWER_STYLE)
        expect(readFileSync(file, 'utf8'), `${file} has ${newer}`).not.toMatch(newer);
    }
  });
  it('runs in Chrome 109: its scripts, with those of libraries, use nothing newer', () => {
    const scripts = filesOf(dist).filter(file => file.endsWith('.js'));
    expect(scripts.length).toBeGreaterThan(1);
    for (const file of scripts) {
      // React asks whether the browser has transitions before it uses one.
      for (const newer of NEWER_SCRIPT.filter(one => !one.test('startViewTransition')))
        expect(readFileSync(file, 'utf8'), `${file} has ${newer}`).not.toMatch(newer);
    }
  });
  it('runs under a strict CSP: no inline scripts, styles or handlers', () => {
    const page = read('index.html');
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(page).not.toMatch(/<style|\sstyle=|\son\w+=/);
    expect(page).not.toContain('data:');
  });
  it('is less than 200 kB gzip at the first download', () => {
    const first = [...read('index.html').matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(
      match => match[1] ?? '',
    );
    expect(first.length).toBeGreaterThan(1);
    const bytes = ['index.html', ...first].reduce((sum, file) => sum + gzipSync(read(file)).length, 0);
    expect(bytes).toBeLessThan(200_000);
  });
  it('keeps every file it needs offline', () => {
    const worker = read('sw.js');
    for (const file of filesOf(dist)) {
      const path = file.slice(dist.length).replaceAll('\\', '/');
      if (path === '/sw.js') continue;
      expect(worker).toContain(path === '/index.html' ? '`/`' : path);
    }
    expect(worker).not.toMatch(/\b(import|export)\b/);
  });
  it('can be installed: the manifest and its icons are there', () => {
    const manifest = JSON.parse(read('manifest.webmanifest'));
    expect(manifest).toMatchObject({ display: 'standalone', start_url: '/' });
    const sizes = manifest.icons.map((icon: { sizes: string }) => icon.sizes);
    expect(sizes).toEqual(expect.arrayContaining(['192x192', '512x512']));
    for (const icon of manifest.icons) expect(readFileSync(join(dist, icon.src)).length).toBeGreaterThan(0);
  });
});

describe('the lock file', () => {
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));

  it('names no registry', () => {
    const packages = Object.values(lock.packages) as { resolved?: string }[];
    expect(packages.filter(one => one.resolved !== undefined)).toEqual([]);
  });
  it('knows each optional binary of each platform, or npm ci would refuse it', () => {
    for (const one of Object.values(lock.packages) as { optionalDependencies?: Record<string, string> }[]) {
      for (const name of Object.keys(one.optionalDependencies ?? {})) {
        expect(lock.packages[`node_modules/${name}`]?.version, name).toBeDefined();
      }
    }
  });
});
