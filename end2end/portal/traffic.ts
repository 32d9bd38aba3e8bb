import type { CDPSession, Page } from '@playwright/test';

interface Transfer {
  path: string;
  kind: string;
  coding: string;
  /** What went over the wire: headers and encoded body. */
  bytes: number;
  fromCache: boolean;
}

/** What a page brings over the wire, as Chromium itself counts it. */
export class Traffic {
  private readonly transfers = new Map<string, Transfer>();

  private constructor(readonly session: CDPSession) {
    session.on('Network.requestWillBeSent', ({ requestId, request, type }) => {
      this.transfers.set(requestId, { path: new URL(request.url).pathname, kind: type ?? '?', coding: '', bytes: 0, fromCache: false });
    });
    session.on('Network.requestServedFromCache', ({ requestId }) => this.change(requestId, { fromCache: true }));
    session.on('Network.responseReceived', ({ requestId, response }) => {
      const coding = Object.entries(response.headers).find(([name]) => name.toLowerCase() === 'content-encoding')?.[1] ?? '';
      this.change(requestId, { coding });
      if (response.fromDiskCache) this.change(requestId, { fromCache: true });
    });
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => this.change(requestId, { bytes: encodedDataLength }));
  }

  static async of(page: Page): Promise<Traffic> {
    const session = await page.context().newCDPSession(page);
    const traffic = new Traffic(session);
    await session.send('Network.enable');
    return traffic;
  }

  private change(id: string, change: Partial<Transfer>) {
    const transfer = this.transfers.get(id);
    if (transfer) Object.assign(transfer, change);
  }

  /** Requests that went to the server. */
  get sent(): Transfer[] {
    return [...this.transfers.values()].filter((transfer) => !transfer.fromCache && transfer.path !== '/favicon.svg');
  }

  get bytes(): number {
    return this.sent.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Each part with its weight, for the person who reads the test's output. */
  describe(): string {
    const parts = this.sent.map(({ path, kind, coding, bytes }) => `  ${(bytes / 1000).toFixed(1).padStart(6)} kB  ${kind}  ${coding || 'plain'}  ${path}`);
    return [`${(this.bytes / 1000).toFixed(1)} kB in ${this.sent.length} requests`, ...parts].join('\n');
  }
}
