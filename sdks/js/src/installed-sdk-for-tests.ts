import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE = dirname(dirname(fileURLToPath(import.meta.url)));

/** Packs the SDK and installs it as docs/CLIENTS.md says. @returns the folder, below the given one, of a program that has it */
export const installSdk = (dir: string): string => {
  // Beside its place, so that nothing built is left there.
  const [source, app] = [join(dir, 'source'), join(dir, 'app')];
  for (const part of ['package.json', 'tsconfig.build.json', 'src']) {
    cpSync(join(PACKAGE, part), join(source, part), { recursive: true });
  }
  const path = `${join(PACKAGE, '../../node_modules/.bin')}${delimiter}${process.env.PATH}`;
  const npm = (cwd: string, ...args: string[]): unknown =>
    execFileSync('npm', args, {
      cwd,
      stdio: 'pipe',
      env: { ...process.env, PATH: path, NODE_OPTIONS: '' },
    });
  npm(source, 'pack');
  const archive = readdirSync(source).find(name => name.endsWith('.tgz')) ?? 'none';
  mkdirSync(app);
  writeFileSync(join(app, 'package.json'), '{"type": "module", "private": true}');
  npm(app, 'install', '--offline', '--no-audit', '--no-fund', join(source, archive));
  return app;
};
