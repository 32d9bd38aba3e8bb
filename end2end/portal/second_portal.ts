import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { required } from './environment.ts';

const target = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'target');

/** A port that nobody listens on just now. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** A portal of a test's own, with settings of its own; the secrets are made for it. */
export class SecondPortal {
  private constructor(readonly url: string, private readonly child: ChildProcess, private readonly folder: string) {}

  static async start(settings: { port: number; issuer: string; clientSecret: string }): Promise<SecondPortal> {
    const folder = mkdtempSync(join(tmpdir(), 'chengxin-second-'));
    const secret = (name: string, text: string) => {
      const path = join(folder, name);
      writeFileSync(path, text, { mode: 0o600 });
      return JSON.stringify(path);
    };
    const url = `http://127.0.0.1:${settings.port}`;
    const config = join(folder, 'chengxin.toml');
    writeFileSync(
      config,
      `listen = "127.0.0.1:${settings.port}"
public_url = "${url}"
site_dir = ${JSON.stringify(join(target, 'site'))}
data_dir = ${JSON.stringify(folder)}

[identity]
issuer = "${settings.issuer}"
client_id = "chengxin"
client_secret_file = ${secret('client_secret', settings.clientSecret)}

[platform]
url = "${required('SANDBOX_URL')}/platform"
token_file = ${secret('platform_token', randomBytes(32).toString('base64'))}
event_secret_files = [${secret('event_secret', `whsec_${randomBytes(32).toString('base64')}`)}]
`,
    );
    const log = join(folder, 'portal.log');
    const output = openSync(log, 'w');
    const child = spawn(join(target, 'debug', 'chengxin'), ['serve', '--config', config], { stdio: ['ignore', output, output] });
    closeSync(output);
    const portal = new SecondPortal(url, child, folder);
    for (let tries = 0; tries < 100; tries += 1) {
      if (child.exitCode !== null) break;
      const live = await fetch(`${url}/health/live`).then((answer) => answer.ok, () => false);
      if (live) return portal;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const words = readFileSync(log, 'utf8');
    await portal.stop();
    throw new Error(`the second portal did not start:\n${words}`);
  }

  async stop() {
    if (this.child.exitCode === null) {
      const ended = new Promise((resolve) => this.child.once('exit', resolve));
      this.child.kill('SIGTERM');
      const patience = setTimeout(() => this.child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(patience);
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
