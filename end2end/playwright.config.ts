// Run by `cargo xtask test browser`, which builds and starts the portal and its stand-in platform and says where they are.
import { defineConfig } from '@playwright/test';
import { required } from './portal/environment.ts';

/** What must hold with and without JavaScript. */
const both = ['journey', 'correction', 'keyboard', 'groups', 'imports', 'public_side', 'pasted_rows', 'records', 'languages'].map((name) => `**/${name}.spec.ts`);

export default defineConfig({
  testDir: 'specs',
  outputDir: 'test-results',
  globalSetup: './portal/global_setup.ts',
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  timeout: 45_000,
  expect: { timeout: 5_000 },
  reporter: [['list']],
  use: {
    baseURL: required('PORTAL_URL'),
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1280, height: 900 },
    actionTimeout: 10_000,
    navigationTimeout: 15_000,
    // `cargo xtask test browser NAME --trace=on` keeps one; for every test it costs a good part of the time.
    trace: 'off',
    launchOptions: {
      executablePath: required('CHROMIUM'),
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'island', testIgnore: '**/signed_out_plain.spec.ts' },
    { name: 'plain', testMatch: [...both, '**/signed_out_plain.spec.ts'], use: { javaScriptEnabled: false } },
  ],
});
