import { FormPage } from '../portal/form_page.ts';
import { smallPdf } from '../portal/licence.ts';
import { people, signIn } from '../portal/people.ts';
import { platform } from '../portal/platform.ts';
import { ReviewPage } from '../portal/review_page.ts';
import { expect, test } from '../portal/test.ts';

const own = { code: '91310120FXXY000194', name: '上海奉贤示例精密机械有限公司' };

interface Group {
  kind: string;
  title: string;
  answers: Record<string, string>;
  /** An answer that does not hold, and what is said of it. */
  mistake: { name: string; typed: string; said: string };
  /** What the review says of some answers. */
  review: Record<string, string>;
  /** Something that strangers would see. */
  shown: string;
  file: boolean;
}

const groups: Group[] = [
  {
    kind: 'operations',
    title: '市场经营登记',
    answers: { year: '2025年', business: '精密机械零件加工', employees: '86', revenue: '１，２３４．５', 'revenue.public': 'range' },
    mistake: { name: 'revenue', typed: '一万', said: '营业收入请用阿拉伯数字填写' },
    review: { 年度: '2025', 营业收入: '1234.5 万元', 从业人数: '86 人' },
    shown: '精密机械零件加工',
    file: false,
  },
  {
    kind: 'contract',
    title: '合同履约登记',
    answers: {
      number: 'HT-2026-001',
      title: '零件加工合同',
      type: 'commercial',
      party_a: own.name,
      party_a_code: own.code,
      party_b: '上海奉贤示例化妆品有限公司',
      party_b_code: '91310120FXXY00027Y',
      subject: '零件加工',
      amount: '120万元',
      signed_on: '2026/1/5',
      ends_on: '2026.12.31',
      performance: 'under_way',
      industry: 'C',
    },
    mistake: { name: 'party_b_code', typed: '9.13101E+17', said: '科学计数法' },
    review: { 合同金额: '120 万元', 履约期限: '2026-12-31', 所属行业: '制造业' },
    shown: '零件加工合同',
    file: false,
  },
  {
    kind: 'public_good',
    title: '社会公益登记',
    answers: { category: 'volunteering', project: '社区志愿服务', beneficiary: '示例社区居民委员会', done_on: '2026-07-01', hours: '1,200' },
    mistake: { name: 'hours', typed: '12.5', said: '请填写整数' },
    review: { 公益类别: '志愿服务', 服务时长: '1200 小时' },
    shown: '社区志愿服务',
    file: true,
  },
];

for (const group of groups) {
  test(`${group.kind} is registered from the groups to the platform`, async ({ page, live }) => {
    await signIn(page, people.legalRepresentative);
    await page.goto('/registrations');
    await page.locator(`main a[href="/registrations/${group.kind}"]`).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(group.title);
    await page.getByRole('button', { name: '开始填写' }).click();
    const form = new FormPage(page);
    if (live) await form.isAwake();
    await form.answer({ ...group.answers, [group.mistake.name]: group.mistake.typed });
    if (group.file) await form.attach(smallPdf('证明.pdf'));

    await test.step('a mistake is said at its field, and mended there', async () => {
      await form.goOn();
      await expect(form.summary).toBeFocused();
      await expect(form.problemAt(group.mistake.name)).toContainText(group.mistake.said);
      await expect(form.control(group.mistake.name)).toHaveValue(group.mistake.typed);
      await form.answer({ [group.mistake.name]: group.answers[group.mistake.name]! });
      if (live) await expect(form.problemAt(group.mistake.name)).toBeHidden();
    });

    await test.step('the page shows what strangers would see, and nothing else', async () => {
      if (!live) await form.saveButton.click();
      const preview = page.locator('#preview');
      await expect(preview).toContainText(group.shown);
      await expect(preview).not.toContainText('91310120FXXY00027Y');
      await expect(preview).not.toContainText('1234.5');
      if (group.kind === 'operations') await expect(preview).toContainText('1000 以上，不足 10000 万元');
    });

    await form.goOn();
    const review = await ReviewPage.isOpen(page);
    for (const [label, answer] of Object.entries(group.review)) await expect(review.row(label)).toContainText(answer);
    const filing = await review.pledgeAndSubmit();
    const taken = await platform.received(filing.id);
    expect(taken.envelope.kind).toBe(`registration.${group.kind}`);
    await filing.becomes(live, filing.number('平台回执号').getByText(taken.receipt_number), 5_000);
  });
}

test('withdrawing the authorisation to publish ends the publication and reaches the platform', async ({ page, live }) => {
  await signIn(page, people.legalRepresentative);
  const form = await FormPage.begin(page, 'operations');
  await form.answer(groups[0]!.answers);
  await form.goOn();
  const review = await ReviewPage.isOpen(page);
  await review.purpose('publish').check();
  const filing = await review.pledgeAndSubmit();
  await platform.received(filing.id);
  await platform.takeUp(filing.id);
  await platform.grant(filing.id);
  await platform.publish(filing.id, '2026-12-31');
  await filing.becomes(live, filing.number('公示').getByText('公示中，至 2026-12-31'), 5_000);
  await page.getByRole('link', { name: /^撤回授权/ }).click();
  await expect(page.getByText('撤回立即生效')).toBeVisible();
  await page.getByRole('button', { name: '撤回这项授权' }).click();
  await expect(filing.number('公示').getByText('企业已终止公示')).toBeVisible();
  await expect
    .poll(async () => (await platform.submission(filing.id))?.envelope.consents)
    .toContainEqual({ purpose: 'publish', given: false });
});
