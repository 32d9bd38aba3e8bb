import type { Page } from '@playwright/test';
import { FilingPage } from '../portal/filing_page.ts';
import { FormPage } from '../portal/form_page.ts';
import { ownMark } from '../portal/own_mark.ts';
import { people, signIn } from '../portal/people.ts';
import { platform } from '../portal/platform.ts';
import { ReviewPage } from '../portal/review_page.ts';
import { Stranger } from '../portal/stranger.ts';
import { expect, test } from '../portal/test.ts';

/** No other test publishes anything of this enterprise. */
const owner = people.cosmeticsMaker;
const code = '91310120FXXY00027Y';

/** The day in Shanghai. */
const today = () => new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });
const lastYear = String(Number(today().slice(0, 4)) - 1);

/** Registers a year’s operations, for whoever is signed in. */
async function register(page: Page, answers: Record<string, string>, purposes: ('publish' | 'evaluate' | 'report')[]): Promise<FilingPage> {
  const form = await FormPage.begin(page, 'operations');
  await form.answer({ year: lastYear, ...answers });
  await form.goOn();
  const review = await ReviewPage.isOpen(page);
  for (const purpose of purposes) await review.purpose(purpose).check();
  const filing = await review.pledgeAndSubmit();
  await platform.received(filing.id);
  await platform.takeUp(filing.id);
  return filing;
}

async function isPublished(filing: FilingPage, live: boolean, said = '公示中，至 2099-12-31') {
  await platform.publish(filing.id, '2099-12-31');
  await filing.becomes(live, filing.number('公示').getByText(said), 5_000);
}

test('what an enterprise publishes is found by strangers, who see whence it is and no more than was chosen', async ({ page, live, browser }) => {
  test.slow();
  await signIn(page, owner);
  const mark = ownMark();
  const days = [today()];
  const filing = await register(
    page,
    {
      business: `护肤品生产 ${mark}，售后电话13800000001`,
      markets: '长三角；负责人身份证号 11010519491231002X',
      employees: '86',
      'employees.public': 'full',
      revenue: '5678.125',
      'revenue.public': 'range',
      // Two that nobody chose to show.
      tax: '91827.25',
      insured: '73219',
    },
    ['publish'],
  );
  await platform.grant(filing.id);
  await isPublished(filing, live);
  days.push(today());
  const stranger = await Stranger.comes(browser, live);

  await test.step('the enterprise is found by a part of its name, and by its code however it is typed', async () => {
    await stranger.page.goto('/');
    await stranger.page.getByRole('main').getByRole('link', { name: '查询公示' }).click();
    await expect(stranger.page).toHaveURL('/enterprises');
    for (const typed of ['美妆科技', code.toLowerCase(), '９１３１０１２０ＦＸＸＹ０００２７Ｙ']) {
      await stranger.looksFor(typed);
      await expect(stranger.found).toHaveCount(1);
      await expect(stranger.found).toContainText(code);
      await expect(stranger.found.getByRole('link')).toHaveText(owner.enterprise);
    }
    await stranger.looksFor('美妆科学');
    await expect(stranger.found).toHaveCount(0);
    await expect(stranger.page.getByText('没有查到', { exact: true })).toBeVisible();
    await stranger.looksFor('美妆');
    await stranger.found.getByRole('link', { name: owner.enterprise }).click();
    await expect(stranger.page.getByRole('heading', { level: 1 })).toHaveText(owner.enterprise);
    await stranger.page.goto(`/enterprises/${code.toLowerCase()}`);
    await expect(stranger.page).toHaveURL(`/enterprises/${code}`);
    await expect(stranger.page.getByRole('main')).toContainText('它不是行政机关作出的信用认定');
  });

  const item = stranger.item(mark);
  const said = await stranger.says(item);
  await test.step('it says where it comes from, how far it was verified, and when', async () => {
    await expect(item).toHaveCount(1);
    await expect(item.locator('.status-tag')).toHaveText(/已核验$/);
    expect(said).toMatchObject({ 来源: '企业自主申报', 公示至: `${Number(lastYear) + 1}-12-31` });
    for (const label of ['登记日期', '核验日期', '公示日期']) expect(days).toContain(said[label]);
  });

  await test.step('a person’s numbers are masked, and figures are hidden unless they were chosen', async () => {
    await expect(item.getByRole('heading')).toHaveText(`护肤品生产 ${mark}，售后电话138****0001`);
    expect(said).toMatchObject({
      年度: lastYear,
      主营产品或服务: `护肤品生产 ${mark}，售后电话138****0001`,
      主要市场: '长三角；负责人身份证号 110105********002X',
      从业人数: '86 人',
      营业收入: '1000 以上，不足 10000 万元',
    });
    for (const hidden of ['纳税总额', '参保人数', '研发投入']) expect(said).not.toHaveProperty(hidden);
  });

  await test.step('as data it is the same, and holds nothing more', async () => {
    const data = await stranger.data();
    expect(data).toMatchObject({ code, name: owner.enterprise, source: { name: 'self_declared', label: { zh: '企业自主申报' } } });
    const one = data.items.find(({ answers }) => answers.some(({ value }) => value?.includes(mark)))!;
    expect(one.verification).toMatchObject({ name: 'verified', label: { zh: '已核验' } });
    expect([one.registered_on, one.verified_on, one.published_on, one.shown_until]).toEqual(
      ['登记日期', '核验日期', '公示日期', '公示至'].map((label) => said[label]),
    );
    const { 来源: _, 登记日期: _r, 核验日期: _v, 公示日期: _p, 公示至: _u, ...answers } = said;
    expect(Object.fromEntries(one.answers.map(({ label, shown }) => [label.zh, shown.zh]))).toEqual(answers);
    expect(one.answers.find(({ name }) => name === 'revenue')).toMatchObject({ range: { from: '1000', below: '10000' } });
    for (const sent of [data.text, await stranger.source()]) {
      expect(sent).toContain(mark);
      for (const secret of ['13800000001', '11010519491231002X', '5678', '91827', '73219', owner.name, filing.id]) expect(sent).not.toContain(secret);
    }
  });

  await test.step('once the authorisation is withdrawn, it is gone at once', async () => {
    await page.goto(`/filings/${filing.id}`);
    await page.getByRole('link', { name: /^撤回授权/ }).click();
    await page.getByRole('button', { name: '撤回这项授权' }).click();
    await expect(filing.number('公示').getByText('企业已终止公示')).toBeVisible();
    await stranger.page.reload();
    await expect(stranger.page.getByRole('heading', { level: 1 })).toHaveText(owner.enterprise);
    await expect(item).toHaveCount(0);
    expect((await stranger.data()).text).not.toContain(mark);
  });
  await stranger.leaves();
});

test('of what is not published, strangers see nothing', async ({ page, live, browser }) => {
  test.slow();
  await signIn(page, owner);
  const mark = ownMark();
  const called = (name: string) => ({ business: `${name} ${mark}` });

  const draft = await FormPage.begin(page, 'operations');
  await draft.answer(called('草稿'));
  await draft.saveButton.click();
  await expect(page).toHaveURL(/saved=1/);

  const underReview = await register(page, called('核验中'), ['publish']);
  const underReviewId = underReview.id;

  const notPublished = await register(page, called('未公示'), ['publish']);
  await platform.grant(notPublished.id);
  await notPublished.becomes(live, notPublished.state.getByText('已核验'), 5_000);

  // The platform may publish what it likes; what was not authorised is not shown here.
  const notAuthorised = await register(page, called('未授权'), ['evaluate', 'report']);
  await platform.grant(notAuthorised.id);
  await isPublished(notAuthorised, live, '企业没有授权公示');

  const refused = await register(page, called('未通过'), ['publish']);
  await platform.refuse(refused.id, '与事实不符。');
  await refused.becomes(live, refused.state.getByText('未通过核验'), 5_000);

  const published = await register(page, called('已公示'), ['publish']);
  await platform.grant(published.id);
  await isPublished(published, live);

  const stranger = await Stranger.comes(browser, live);
  await stranger.opens(code, 'operations');
  await expect(stranger.item(mark).getByRole('heading')).toHaveText([`已公示 ${mark}`]);
  const { items } = await stranger.data();
  expect(items.flatMap(({ answers }) => answers.map(({ value }) => value)).filter((value) => value?.includes(mark))).toEqual([`已公示 ${mark}`]);

  await test.step('the address of a filing leads a stranger to signing in, and nowhere else', async () => {
    await stranger.page.goto(`/filings/${underReviewId}`);
    await expect(stranger.page).toHaveURL(/\/idp\//);
    await expect(stranger.page.locator('body')).not.toContainText(mark);
  });
  await stranger.leaves();
});

test('a person’s numbers are masked however they are written', async ({ page, live }) => {
  await signIn(page, owner);
  const form = await FormPage.begin(page, 'operations');
  if (live) await form.isAwake();
  // Pasted from a visiting card, a form or a spreadsheet.
  const written = ['１３８００００００１１', '138 0000 0002', '138-0000-0003', '+8613800000004', '110105 19491231 002X'];
  await form.answer({ business: `护肤品，${written.join('，')}` });
  if (!live) await form.saveButton.click();
  const preview = page.locator('#preview');
  await expect(preview).toContainText('护肤品');
  const shown = await preview.innerText();
  expect(written.filter((number) => shown.includes(number.normalize('NFKC')))).toEqual([]);
});
