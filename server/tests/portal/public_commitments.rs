//! Commitments in public: found by strangers, shown as they stand, gone after their term; and one's own.

use axum::extract::State;
use futures_util::StreamExt;
use serde_json::{Value, json};
use server::doors::commitment_bulk;
use server::expiry::{enter_ends, tell_expiring};
use server::public_log::completeness::Completeness;
use server::public_log::verification::{Met, verify_with};

use crate::browser::{Answer, Browser};
use crate::licence::{id_of, page_of};
use crate::pledging::{RETURN_OF_GOODS, confirm, drafted, found, published, sign};
use crate::public_side::MACHINERY;
use crate::receipts::{bundle_of, held, named};
use crate::world::{HOUR, World, eventually};

const DAY: i64 = 24 * HOUR;

async fn search(browser: &Browser, query: &str) -> crate::page::Page {
    browser.get(&format!("/commitments?{query}")).await.page_of(200)
}

fn as_json(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).unwrap()
}

pub async fn an_agent_asks_and_the_representative_signs_what_everyone_then_finds(world: World) {
    let agent = world.browser_of("agent-without-mandate").await;
    let draft = drafted(&agent, "return-of-goods", RETURN_OF_GOODS).await;
    page_of(&agent, "/commitments/mine").await.must_say("线下购物无理由退货承诺书");
    agent.post(&format!("{draft}/signature-request"), &[]).await.location();

    let owner = world.browser_of("legal-representative").await;
    let mine = page_of(&owner, "/commitments/mine").await;
    mine.must_say("等待您签署");
    mine.must_say("甘路过");
    assert_eq!(mine.link("/drafts/"), format!("{draft}/review"));
    assert!(mine.links().contains(&"/signing-keys".to_owned()) && mine.links().contains(&"/commitments/templates".to_owned()));
    let filing = confirm(&owner, &draft).await;
    let mine = page_of(&owner, "/commitments/mine").await;
    mine.must_say("没有等待签署的承诺。");
    mine.must_say("办理中");
    let own = page_of(&owner, &filing).await;
    let code = own.answer_to("承诺编码");
    own.must_not_say("授权用途");
    assert!(!own.html.contains("id=\"authorisations\""), "publication is part of what was signed");
    let stranger = world.browser();
    assert_eq!(stranger.get(&format!("/commitments/{code}")).await.status, 404, "not public yet");

    assert_eq!(published(&world, &owner, &filing, json!({ "until": null })).await, code);
    assert_eq!(page_of(&owner, &filing).await.link("/commitments/3"), format!("/commitments/{code}"));
    let mine = page_of(&owner, "/commitments/mine").await;
    mine.must_say("有效的承诺");
    assert_eq!(mine.link("/filings/"), filing);
    what_strangers_see(&stranger, &code).await;
    what_strangers_find(&stranger, &code).await;
    what_machines_read(&world, &stranger, &code).await;
}

async fn what_strangers_see(stranger: &Browser, code: &str) {
    let page = page_of(stranger, &format!("/commitments/{code}")).await;
    assert_eq!((page.h1().as_str(), page.state().as_str()), ("线下购物无理由退货承诺书", "有效"));
    assert_eq!(page.answer_to("承诺人"), "上海奉贤示例精密机械有限公司");
    assert_eq!((page.answer_to("统一社会信用代码").as_str(), page.answer_to("来源").as_str()), (MACHINERY, "企业自主申报"));
    assert_eq!(page.answer_to("受理单位"), "奉贤区市场监督管理局 11310120FXXY0006XF");
    assert_eq!(page.answer_to("签署方式"), "身份认证后五分钟内确认 · 由有权代表企业签署的人签署");
    for words in ["全部标准件", "违诺责任", "可向社会公开", "条目序号", "承诺有效期内"] {
        page.must_say(words);
    }
    assert!(page.links().contains(&"/log/checkpoint".to_owned()));
    // Its receipt would name the agent.
    page.must_say("本站不公开提供");
    assert!(!page.links().iter().any(|link| link.ends_with("/receipt.json")));
    let enterprise = page_of(stranger, &format!("/enterprises/{MACHINERY}")).await;
    enterprise.must_say("公示中的信用承诺 1 件");
    assert_eq!(enterprise.link("/commitments/"), format!("/commitments/{code}"));
    stranger.set_cookie("lang", "en");
    let english = page_of(stranger, &format!("/commitments/{code}")).await;
    english.must_say("In force");
    english.must_say("the Chinese text is the one that counts");
    stranger.forget_cookie("lang");
}

async fn what_strangers_find(stranger: &Browser, code: &str) {
    assert_eq!(page_of(stranger, "/").await.link("/commitments/mine"), "/commitments/mine");
    assert!(page_of(stranger, "/").await.links().contains(&"/commitments".to_owned()), "from home and the footer");
    let today = &format!("{}-{}-{}", &code[6..10], &code[10..12], &code[12..14]);
    for query in [
        String::new(),
        "q=%E7%B2%BE%E5%AF%86".into(),
        format!("q={MACHINERY}"),
        format!("code={code}"),
        "kind=voluntary&authority=11310120FXXY0006XF".into(),
        format!("from={today}&to={today}&state=in_force"),
    ] {
        assert_eq!(search(stranger, &query).await.link("/commitments/3"), format!("/commitments/{code}"), "{query}");
    }
    for query in ["q=%E6%B2%A1%E6%9C%89", "kind=repair", "authority=11310120FXXY001583", "to=2020-01-01", "state=withdrawn"] {
        search(stranger, query).await.must_say("没有查到");
    }
    let page = search(stranger, "code=12&from=2026-02-30").await;
    assert_eq!(page.problem_at("code").as_deref(), Some("承诺编码应为 20 位数字"));
    assert!(page.problem_at("from").is_some() && page.title().starts_with("错误"), "{}", page.title());
    assert_eq!((page.typed("code").as_str(), page.typed("from").as_str()), ("12", "2026-02-30"));
    assert!(search(stranger, "from=2026-02-02&to=2026-02-01").await.problem_at("to").is_some());
    for nowhere in ["/commitments?kind=none", "/commitments?state=none", "/commitments/none", "/commitments/31012020990101000001"] {
        assert_eq!(stranger.get(nowhere).await.status, 404, "{nowhere}");
    }
}

async fn what_machines_read(world: &World, stranger: &Browser, code: &str) {
    // Whoever takes the whole file has the log brought up to it.
    stranger.get("/commitments/all.ndjson").await;
    let answer = stranger.get(&format!("/commitments/{code}.json")).await;
    assert_eq!(answer.header("content-type"), "application/json; charset=utf-8");
    let one = as_json(&answer);
    assert_eq!((&one["code"], &one["enterprise"]["code"]), (&json!(code), &json!(MACHINERY)));
    assert_eq!((&one["state"]["name"], &one["signing"]["name"]), (&json!("in_force"), &json!("confirmation")));
    assert_eq!(one["page"], format!("{}/commitments/{code}", world.base));
    let (tag, place) = (answer.header("etag").to_owned(), format!("/commitments/{code}.json"));
    let again = stranger.send(stranger.request(reqwest::Method::GET, &place).header("if-none-match", tag)).await;
    assert_eq!(again.status, 304);
    let page = as_json(&stranger.get("/commitments.json?kind=voluntary").await);
    assert_eq!((&page["commitments"][0], &page["next"]), (&one, &Value::Null));
    assert_eq!(stranger.get("/commitments.json?code=1").await.status, 400);
    assert_eq!(stranger.get("/commitments.json?kind=none").await.status, 404);

    let lines: Vec<Value> =
        stranger.get("/commitments/all.ndjson").await.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((lines.len(), &lines[1]), (3, &one));
    assert_eq!((&lines[0]["format"], &lines[2]["count"]), (&json!("chengxin-commitments/1"), &json!(1)));
    let checkpoint = stranger.get("/log/checkpoint").await.text();
    assert_eq!((lines[0]["checkpoint"].as_str(), lines[2]["checkpoint"].as_str()), (Some(&*checkpoint), Some(&*checkpoint)));
    let table = stranger.get("/commitments/all.csv").await;
    assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
    let table = table.text();
    assert!(table.starts_with("\u{FEFF}code,enterprise_code,"), "{table}");
    assert!(table.contains(&format!("\r\n{code},{MACHINERY},")) && table.contains("\r\n#end,1,\"first checkpoint:\n"), "{table}");
    let feed = stranger.get("/commitments/feed.atom").await;
    assert_eq!(feed.header("content-type"), "application/atom+xml; charset=utf-8");
    assert!(feed.text().contains(&format!("<id>{}/commitments/{code}</id>", world.base)), "{}", feed.text());
}

pub async fn a_commitment_is_taken_back_by_who_may_sign_and_stays_in_public_as_such(world: World) {
    let owner = world.browser_of("legal-representative").await;
    let filing = confirm(&owner, &drafted(&owner, "return-of-goods", RETURN_OF_GOODS).await).await;
    let revocation = format!("{filing}/revocation");
    assert_eq!(owner.get(&revocation).await.status, 409, "it does not hold yet: it is withdrawn as any filing");
    let code = published(&world, &owner, &filing, json!({ "until": null })).await;
    let agent = world.browser_of("agent-without-mandate").await;
    page_of(&agent, &filing).await.must_say("只有可以代表企业签署的人才能撤回承诺。");
    assert_eq!(agent.post(&revocation, &[]).await.status, 403);
    // Its publication was signed: nobody ends it as one withdraws an authorisation.
    let authorisation = format!("{filing}/authorisations/publish/withdrawal");
    assert_eq!((owner.get(&authorisation).await.status, owner.post(&authorisation, &[]).await.status), (404, 404));
    page_of(&world.browser(), &format!("/commitments/{code}")).await;
    assert_eq!(page_of(&owner, &filing).await.link(&revocation), revocation);
    let asks = page_of(&owner, &revocation).await;
    assert_eq!(asks.h1(), "撤回这件承诺？");
    asks.must_say("撤回自现在起生效");
    for _ in 0..2 {
        assert_eq!(owner.post(&revocation, &[]).await.location(), filing, "the same post twice is one");
    }
    let page = page_of(&world.browser(), &format!("/commitments/{code}")).await;
    assert_eq!(page.state(), format!("已撤回，自 {} 起不再有效", world.clock.today()));
    assert_eq!(search(&world.browser(), "state=withdrawn").await.link("/commitments/3"), format!("/commitments/{code}"));
    assert_eq!(as_json(&world.browser().get(&format!("/commitments/{code}.json")).await)["state"]["name"], "withdrawn");
    page_of(&owner, "/commitments/mine").await.must_say("已结束");
    let own = page_of(&owner, &filing).await;
    assert_eq!(own.state(), "承诺已撤回");
    own.must_say("公示中（注明已撤回）");
    eventually("the platform hears of it", async || {
        let submission = world.submission(&id_of(&filing)).await;
        (!submission["withdrawal"].is_null()).then_some(())
    })
    .await;
}

pub async fn what_an_authority_found_is_shown_with_who_and_what_was_not_kept(world: World) {
    let owner = world.browser_of("legal-representative").await;
    let filing = sign(&owner, &drafted(&owner, "return-of-goods", RETURN_OF_GOODS).await).await;
    let code = published(&world, &owner, &filing, json!({ "until": null })).await;
    found(&world, &filing, "partly", json!("未按时退货，电话 13800000001")).await;
    let stranger = world.browser();
    let page = eventually("the finding is shown", async || {
        Some(page_of(&stranger, &format!("/commitments/{code}")).await).filter(|page| page.state() == "部分履行")
    })
    .await;
    assert_eq!(page.answer_to("签署方式"), "电子签名 · 由有权代表企业签署的人签署");
    assert_eq!(page.answer_to("认定单位"), "奉贤区市场监督管理局 11310120FXXY0006XF");
    assert_eq!(page.answer_to("未履行的承诺内容"), "未按时退货，电话 138****0001", "a person’s number is masked");
    page_of(&owner, &filing).await.must_say("未按时退货，电话 13800000001");
    assert_eq!(owner.get(&format!("{filing}/revocation")).await.status, 409, "it cannot be taken back any more");
    assert_eq!(search(&stranger, "state=partly").await.link("/commitments/3"), format!("/commitments/{code}"));
}

pub async fn a_file_of_all_commitments_from_which_one_was_left_out_is_found_out(world: World) {
    let owner = world.browser_of("legal-representative").await;
    for _ in 0..3 {
        let filing = confirm(&owner, &drafted(&owner, "return-of-goods", RETURN_OF_GOODS).await).await;
        published(&world, &owner, &filing, json!({ "until": null })).await;
    }
    let stranger = world.browser();
    let whole = stranger.get("/commitments/all.ndjson").await.text();
    let judged = async |file: &str| verify_commitments(&world, file).await;
    assert_eq!(judged(&whole).await, Ok(3));
    let table = stranger.get("/commitments/all.csv").await.text();
    assert_eq!(judged(&table).await, Ok(3), "the table proves the same");
    let rows: Vec<&str> = table.split_inclusive("\r\n").collect();
    let shorter = [&rows[..1], &rows[2..]].concat().concat().replace("#end,3,", "#end,2,");
    assert_eq!(judged(&shorter).await, Err("1 commitments that the log has on the list are not in the file".to_owned()));
    assert!(judged(&rows[..3].concat()).await.unwrap_err().contains("cut short"));

    let mut lines: Vec<Value> = whole.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let taken = lines.remove(2);
    lines.last_mut().unwrap()["count"] = json!(2);
    let written = |lines: &[Value]| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    assert_eq!(judged(&written(&lines)).await, Err("1 commitments that the log has on the list are not in the file".to_owned()));
    // Nor does another in its place help.
    let mut invented = taken.clone();
    invented["code"] = json!("31012020990101000001");
    lines.insert(2, invented);
    lines.last_mut().unwrap()["count"] = json!(3);
    let refused = judged(&written(&lines)).await.unwrap_err();
    assert!(refused.contains("is not the one of 31012020990101000001"), "{refused}");
    assert!(judged(whole.trim_end().rsplit_once('\n').unwrap().0).await.unwrap_err().contains("cut short"));

    // One whose publication is stopped leaves the list, and the file is complete without it.
    let filing = owner.get("/filings").await.page().link("/filings/0");
    world.decide(&id_of(&filing), "publication.stopped", json!({ "reason": "信息有误" })).await;
    let one_less = async || {
        let file = stranger.get("/commitments/all.ndjson").await.text();
        (file.lines().count() == 4).then_some(file)
    };
    eventually("it is off the list", one_less).await;
    // The log says so before the next file is begun.
    let file = stranger.get("/commitments/all.ndjson").await.text();
    assert_eq!(judged(&file).await, Ok(2));
    assert_eq!(judged(&whole).await, Ok(3), "the old file is still complete for its time");
    // Nor does the line of one that has left the list stand for one that is on it.
    let mut lines: Vec<Value> = file.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |lines: &[Value], at: usize| lines[at]["code"].as_str().unwrap().to_owned();
    let here = [of(&lines, 1), of(&lines, 2)];
    let gone = whole.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let gone = gone.into_iter().find(|line| line["code"].as_str().is_some_and(|code| !here.contains(&code.to_owned()))).unwrap();
    let refused = format!("{} had left the list before the file was begun", gone["code"].as_str().unwrap());
    lines[1] = gone;
    assert_eq!(judged(&written(&lines)).await, Err(refused));
}

pub async fn a_file_is_complete_also_of_what_leaves_the_list_while_it_is_written(world: World) {
    let owner = world.browser_of("legal-representative").await;
    let mut filings = Vec::new();
    for _ in 0..2 {
        let filing = confirm(&owner, &drafted(&owner, "return-of-goods", RETURN_OF_GOODS).await).await;
        published(&world, &owner, &filing, json!({ "until": null })).await;
        filings.push(filing);
    }
    let stranger = world.browser();
    let is_off_the_list = async |count: usize| {
        let off = async || {
            let page = as_json(&stranger.get("/commitments.json").await);
            (page["commitments"].as_array().unwrap().len() == count).then_some(())
        };
        eventually("it is off the list", off).await;
    };
    let stopped = json!({ "reason": "信息有误" });
    // What the file has already when it leaves, and what it has not yet; the file is written as far as somebody reads.
    for (read_before, left, has) in [(2, 1, 2), (1, 0, 0)] {
        let answer = commitment_bulk::lines(State(world.portal.portal.clone())).await;
        let mut pieces = answer.expect("a file").into_body().into_data_stream();
        let mut file = Vec::new();
        for _ in 0..read_before {
            file.extend_from_slice(&pieces.next().await.unwrap().unwrap());
        }
        world.decide(&id_of(&filings.pop().unwrap()), "publication.stopped", stopped.clone()).await;
        is_off_the_list(left).await;
        while let Some(piece) = pieces.next().await {
            file.extend_from_slice(&piece.unwrap());
        }
        let file = String::from_utf8(file).unwrap();
        assert_eq!(verify_commitments(&world, &file).await, Ok(has), "{file}");
    }
}

/// What a stranger finds with nothing but the file, the log's address and its key.
async fn verify_commitments(world: &World, file: &str) -> Result<u64, String> {
    let log = format!("{}/log", world.base).parse().unwrap();
    let key = world.portal.portal.log.verifier().clone();
    let mut file = Completeness::read(file, &key)?;
    let mut meet = |met: Met<'_>| match met {
        Met::Entry(number, entry) => file.see(number, entry),
        Met::Grown(tree) => file.see_tree(tree),
    };
    verify_with(&log, Some(key), &mut meet).await.unwrap();
    file.judge().map(|()| file.count)
}

pub async fn after_its_term_a_commitment_is_gone_and_says_only_that(world: World) {
    let owner = world.browser_of("legal-representative").await;
    let last = (world.clock.today() + chrono::Days::new(20)).to_string();
    let answers = [
        ("blank.service", "食品经营许可"),
        ("blank.material", "租赁合同"),
        ("blank.reason", "续签中"),
        ("blank.valid_until", &*last),
    ];
    let filing = confirm(&owner, &drafted(&owner, "missing-material", &answers).await).await;
    let code = published(&world, &owner, &filing, json!({ "until": null })).await;
    // In its last thirty days it stands apart in its owner's list, and they are told once.
    page_of(&owner, "/commitments/mine").await.must_say("30 天内到期");
    let own = page_of(&owner, &filing).await;
    own.must_say("这类承诺只能在事项办结之前撤回。");
    assert_eq!(owner.post(&format!("{filing}/revocation"), &[]).await.status, 409);
    let storage = &*world.portal.portal.storage;
    let terms = world.portal.portal.config.publication.terms();
    for told in [1, 0] {
        let (today, now) = (world.clock.today(), world.clock.now());
        assert_eq!(tell_expiring(storage, terms, today, now).await.unwrap(), told);
        assert_eq!(enter_ends(storage, today, now).await.unwrap(), 0, "it has not ended");
    }
    let receipt = bundle_of(&owner, &filing).await;
    world.clock.advance(21 * DAY);
    let stranger = world.browser();
    let told = held(&stranger, "/standing", named(&receipt)).await.text();
    assert!(told.starts_with("现在的状态\t已到期\n公示\t现在没有公示"), "who holds its receipt is told: {told}");
    let page = stranger.get(&format!("/commitments/{code}")).await.page_of(410);
    assert_eq!(page.h1(), "这件承诺的公示已经结束");
    for secret in ["食品经营许可", "精密", MACHINERY] {
        assert!(!page.html.contains(secret), "{secret}");
    }
    let data = stranger.get(&format!("/commitments/{code}.json")).await;
    assert_eq!((data.status, data.text().contains("精密")), (410, false));
    search(&stranger, "").await.must_say("没有查到");
    for ended in [1, 0] {
        assert_eq!(enter_ends(storage, world.clock.today(), world.clock.now()).await.unwrap(), ended);
    }
}
