//! Who did what for whom is entered, and nothing more of them than that.

use std::process::{Command, Stdio};

use credit::credit_code::CreditCode;
use server::storage::audit::{Actor, AddressKind, AuditLine};

use crate::signing_keys::enrolled;
use crate::world::{MINUTE, World, mail_settings, settings};

const MACHINERY: &str = "91310120FXXY000194";
const ORCHARD: &str = "93310120FXXY00043E";
const MAIL: &str = "planted@example.com";

async fn lines(world: &World) -> Vec<AuditLine> {
    world.portal.portal.storage.audit(0, None, 100).await.unwrap()
}

/// What was entered, for whom and why.
fn told(lines: &[AuditLine]) -> Vec<(&str, Option<&str>, Option<&str>)> {
    lines.iter().map(|line| (line.deed.as_str(), line.enterprise.as_deref(), line.reason.as_deref())).collect()
}

pub async fn what_people_do_is_entered_with_who_for_whom_and_from_where(world: World) {
    let browser = world.browser();
    let back = browser.choose_at_provider("/sign-in", "two-enterprises").await;
    browser.get(&back.replace("state=", "state=x")).await.page_of(400);
    browser.visit(&back).await.page_of(200);
    for enterprise in [ORCHARD, MACHINERY, "91310120FXXY00027Y"] {
        browser.post("/enterprise", &[("enterprise", enterprise)]).await;
    }
    browser.post("/sign-out", &[]).await.location();
    let all = lines(&world).await;
    assert_eq!(
        told(&all),
        [
            ("sign_in.refused", None, Some("not_begun_here")),
            ("session.opened", None, None),
            ("enterprise.chosen", Some(ORCHARD), None),
            ("enterprise.chosen", Some(MACHINERY), None),
            ("session.ended", Some(MACHINERY), None),
        ]
    );
    assert_eq!(all[0].actor, Actor::Nobody);
    assert!(matches!(&all[1].actor, Actor::Person(subject) if !subject.is_empty()), "{:?}", all[1]);
    assert!(all[1..].iter().all(|line| line.actor == all[1].actor && line.address == Some(AddressKind::ThisMachine)));

    world.clock.advance(MINUTE);
    let representative = world.browser_of("legal-representative").await;
    let (key, _) = enrolled(&representative).await;
    representative.post(&format!("/signing-keys/{key}/revocation"), &[("reason", "lost")]).await.location();
    representative.post("/notices/settings", &[("address", MAIL)]).await.location();
    let token = world.mailbox.mails_to(MAIL, 1).await.remove(0).link(&world.base).split("token=").nth(1).unwrap().to_owned();
    world.browser().post("/notices/confirmation", &[("token", "made-up")]).await.page_of(404);
    world.browser().post("/notices/confirmation", &[("token", &token)]).await.page_of(200);
    let id = representative.get("/notices/settings").await.page_of(200).hidden("id");
    representative.post("/notices/settings/removal", &[("id", &id)]).await.location();
    let since = world.portal.portal.storage.audit(0, None, 6).await.unwrap();
    let own = Some(MACHINERY);
    assert_eq!(
        told(&since),
        [
            ("session.opened", own, None),
            ("signing_key.enrolled", own, None),
            ("signing_key.revoked", own, None),
            ("notice_address.entered", own, None),
            ("notice_address.confirmed", None, None),
            ("notice_address.removed", own, None),
        ]
    );
    assert_eq!((since[1].about.as_str(), since[2].about.as_str(), since[5].about.as_str()), (&*key, &*key, &*id));
    let everything = format!("{:?}", lines(&world).await);
    for private in ["江大海", "双企业", MAIL, &token, "127.0.0.1", "示例"] {
        assert!(!everything.contains(private), "{private} is in {everything}");
    }
    // Of one enterprise alone.
    let orchard = CreditCode::parse(ORCHARD).unwrap();
    let orchards = world.portal.portal.storage.audit(0, Some(&orchard), 100).await.unwrap();
    assert_eq!(told(&orchards), [("enterprise.chosen", Some(ORCHARD), None)]);
    // And not for ever.
    world.clock.advance(401 * 24 * 60 * MINUTE);
    server::watching::look(&world.portal.portal).await.unwrap();
    assert_eq!(lines(&world).await, []);
}

pub async fn why_a_sign_in_was_refused_is_entered(world: World) {
    let refused = async |change: fn(&str) -> String| {
        let browser = world.browser();
        let back = browser.choose_at_provider("/sign-in", "legal-representative").await;
        browser.get(&change(&back)).await;
    };
    refused(|back| back.replace("state=", "other=")).await;
    refused(|back| back.replace("code=", "other=")).await;
    refused(|back| back.replace("iss=", "other=")).await;
    refused(|back| format!("{back}&error=access_denied")).await;
    world.browser().get("/sign-in/callback?state=x&code=y").await;
    world.mood(serde_json::json!({ "mood": "bad_signature" })).await;
    refused(str::to_owned).await;
    world.good_mood().await;
    let browser = world.browser();
    let back = browser.choose_at_provider("/sign-in", "legal-representative").await;
    world.clock.advance(61 * MINUTE);
    browser.get(&back).await;
    let reasons: Vec<_> = lines(&world).await.into_iter().filter_map(|line| line.reason).collect();
    assert_eq!(
        reasons,
        ["no_state", "no_code", "does_not_hold", "given_up_at_the_provider", "not_this_browser", "does_not_hold", "too_old"]
    );
}

pub async fn the_operator_reads_it_by_command_and_stands_in_it(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let config = world.folder.path("chengxin.toml");
    let port: u16 = world.base.rsplit(':').next().unwrap().parse().unwrap();
    std::fs::write(&config, settings(&world.folder, port, &world.sandbox, None) + &mail_settings(&world.mailbox)).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chengxin"));
        let command = command.env_clear().env("USER", "值班员").arg("--config").arg(&config).args(arguments).stdin(Stdio::null());
        let ended = command.output().unwrap();
        let said = [ended.stdout, ended.stderr].map(|said| String::from_utf8_lossy(&said).into_owned()).concat();
        (ended.status.success(), said)
    };
    let backup = world.folder.path("backup");
    for deed in [&["migrate"][..], &["reconcile"], &["backup", backup.to_str().unwrap()]] {
        let (succeeds, said) = run(deed);
        assert!(succeeds, "{deed:?}: {said}");
    }
    let (succeeds, said) = run(&["audit"]);
    assert!(succeeds, "{said}");
    for part in
        ["session.opened\tperson ", "store.migrated\toperator 值班员", "reconciliation.run\toperator", "backup.made\toperator"]
    {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!said.contains("江大海"), "{said}");
    let (_, of_one) = run(&["audit", "--enterprise", MACHINERY]);
    assert!(of_one.contains("session.opened") && !of_one.contains("store.migrated"), "{of_one}");
    let (succeeds, later) = run(&["audit", "--since", "2999-01-01"]);
    assert!(succeeds && later.is_empty(), "{later}");
    // Whoever is found there can be sent away at once.
    let Actor::Person(subject) = &lines(&world).await[0].actor else { panic!("nobody signed in") };
    assert_eq!(browser.get("/filings").await.status, 200);
    let (succeeds, ended) = run(&["sessions", "end", "--person", subject]);
    assert!(succeeds && ended.contains("1 sessions ended."), "{ended}");
    assert_eq!(browser.get("/filings").await.status, 303);
    assert!(run(&["audit"]).1.contains(&format!("sessions.ended\toperator 值班员\t-\tthis_machine\t{subject}")));
    assert!(!run(&["sessions", "end"]).0, "whose must be said");
    assert!(!run(&["audit", "--since", "yesterday"]).0 && !run(&["audit", "--enterprise", "x"]).0);
}
