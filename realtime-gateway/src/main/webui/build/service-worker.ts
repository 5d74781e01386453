import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin, type ResolvedConfig, type Rolldown } from 'vite';

/**
 * Compiles the service worker to /sw.js with the list of everything the shell needs offline.
 * The cache's name is a hash of that content, so any change makes a new worker and an unchanged build none.
 */
export function serviceWorker(entry: string): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
    },
    generateBundle: {
      order: 'post',
      async handler(_, bundle) {
        const files = new Map([...bundleFiles(bundle), ...publicFiles(config.publicDir)]);
        const source = await compile(join(config.root, entry), {
          __PRECACHE__: JSON.stringify(
            ['/', ...[...files.keys()].filter(name => name !== '/index.html')].sort(),
          ),
          __REVISION__: JSON.stringify(revisionOf(files)),
        });
        this.emitFile({ type: 'asset', fileName: 'sw.js', source });
      },
    },
  };
}

function bundleFiles(bundle: Rolldown.OutputBundle): [string, Uint8Array | string][] {
  return Object.values(bundle).map(file => [
    `/${file.fileName}`,
    file.type === 'chunk' ? file.code : file.source,
  ]);
}

function publicFiles(folder: string): [string, Uint8Array][] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(file => file.isFile())
    .map(file => join(file.parentPath, file.name))
    .map(path => [path.slice(folder.length).replaceAll('\\', '/'), readFileSync(path)]);
}

function revisionOf(files: Map<string, Uint8Array | string>): string {
  const hash = createHash('sha256');
  for (const [name, content] of [...files].sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(name).update(content);
  return hash.digest('hex').slice(0, 16);
}

async function compile(entry: string, define: Record<string, string>): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define,
    build: {
      write: false,
      target: 'chrome109',
      lib: { entry, formats: ['iife'], name: 'worker', fileName: () => 'sw.js' },
    },
  });
  const output = (Array.isArray(result) ? result : [result]) as Rolldown.RolldownOutput[];
  const code = output[0]?.output[0]?.code;
  if (!code) throw new Error(`no output for ${entry}`);
  return code;
}
