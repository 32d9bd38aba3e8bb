// Unpacks the real Chromium 86 of the npm package chrome-aws-lambda (5.3.1) into a folder:
//   node old-chromium.mjs FOLDER   ->   FOLDER/chromium, FOLDER/lib (the libraries that it was built against)
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';

const [, , wanted] = process.argv;
if (!wanted) {
  console.error('usage: node old-chromium.mjs FOLDER');
  process.exit(2);
}
const folder = resolve(wanted);
const packed = join(dirname(fileURLToPath(import.meta.url)), 'node_modules', 'chrome-aws-lambda', 'bin');
const unpacked = (name) => brotliDecompressSync(readFileSync(join(packed, `${name}.br`)));

// Made aside and moved into place, so that a half-unpacked browser is never started.
const work = `${folder}.new`;
rmSync(work, { recursive: true, force: true });
mkdirSync(join(work, 'swiftshader'), { recursive: true });
for (const [name, into] of [['aws.tar', '.'], ['swiftshader.tar', 'swiftshader']]) {
  execFileSync('tar', ['-x', '--no-same-owner', '-C', join(work, into)], { input: unpacked(name) });
}
writeFileSync(join(work, 'chromium'), unpacked('chromium'));
chmodSync(join(work, 'chromium'), 0o755);
rmSync(folder, { recursive: true, force: true });
renameSync(work, folder);
