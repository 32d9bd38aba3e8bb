import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const rules = ['wcag2a', 'wcag2aa', 'wcag2aaa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds. Pages of the portal have no frames, and without them one run in the page itself sees everything. */
export async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).withTags(rules).setLegacyMode().analyze();
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} – ${node.failureSummary?.split('\n')[1]?.trim()}`));
}

/** Targets that a finger would miss: below 24 px (WCAG 2.5.8) is wrong; our own measure is 44, but for links inside a sentence. */
export async function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const measured: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>('a[href], button, input:not([type=hidden]), summary, select, textarea')) {
      if (element.closest('[hidden], [aria-hidden=true]') || element.matches('.skip, .unseen')) continue;
      let box = element.getBoundingClientRect();
      if (box.width === 0) continue;
      if (element instanceof HTMLInputElement && /radio|checkbox/.test(element.type)) {
        const label = element.labels?.[0]?.getBoundingClientRect();
        if (label) {
          const top = Math.min(box.top, label.top);
          const left = Math.min(box.left, label.left);
          box = new DOMRect(left, top, Math.max(box.right, label.right) - left, Math.max(box.bottom, label.bottom) - top);
        }
      }
      const around = element.parentElement!;
      const inSentence = element.matches('a') && around.matches('p, dd, li') && around.textContent!.trim().length > element.textContent!.trim().length + 4;
      const least = inSentence ? 24 : 44;
      if (box.height < least - 0.5 || box.width < (element.matches('a') ? 24 : least) - 0.5) {
        const name = element.getAttribute('aria-label') ?? element.textContent!.trim() ?? '';
        measured.push(`${element.tagName.toLowerCase()}.${element.className} “${name.slice(0, 30)}” ${Math.round(box.width)}×${Math.round(box.height)}`);
      }
    }
    return [...new Set(measured)];
  });
}

/** How far a page is wider than its window, and by whose fault. */
export async function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const guilty = [...document.querySelectorAll('body *')].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 0 && box.right > width + 0.5 && !element.closest('.versions, .unseen');
    });
    return [`${document.documentElement.scrollWidth} px in a window of ${width} px`, ...guilty.slice(0, 5).map((one) => `${one.tagName}.${one.className}`)];
  });
}
