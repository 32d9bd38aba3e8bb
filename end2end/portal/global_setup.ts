import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { platform } from './platform.ts';

/** The tests decide everything themselves, whatever a demo's sandbox was told. */
export default async function prepare() {
  const run = `${process.pid}-${Date.now()}`;
  process.env.END2END_RUN = run;
  await platform.decideNothingByItself();
  await platform.behave('normal');
  return () => rmSync(join(tmpdir(), `chengxin-prepared-${run}.json`), { force: true });
}
