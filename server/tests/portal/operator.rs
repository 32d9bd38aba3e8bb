//! What the operator does by command: finds what is parked, sends it again with a name, reconciles.

use std::process::{Command, Stdio};

use serde_json::json;

use crate::licence::{filed, id_of, page_in_state};
use crate::world::{HOUR, World, eventually, mail_settings, settings};

/// What a command says of a world whose portal keeps things in SQLite, and whether it succeeds.
fn told(world: &World, arguments: &[&str]) -> (bool, String) {
    let config = world.folder.path("chengxin.toml");
    let port: u16 = world.base.rsplit(':').next().unwrap().parse().unwrap();
    std::fs::write(&config, settings(&world.folder, port, &world.sandbox, None) + &mail_settings(&world.mailbox)).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_chengxin"));
    let ended = command.env_clear().arg("--config").arg(&config).args(arguments).stdin(Stdio::null()).output().unwrap();
    let said = [ended.stdout, ended.stderr].map(|said| String::from_utf8_lossy(&said).into_owned()).concat();
    (ended.status.success(), said)
}

pub async fn a_parked_filing_is_found_and_sent_again_by_somebody_with_a_name(world: World) {
    let browser = world.browser_of("legal-representative").await;
    world.mood(json!({ "mood": "broken" })).await;
    let filing = filed(&browser).await;
    let id = id_of(&filing);
    let look = async || {
        world.later(90 * HOUR);
        (world.portal.portal.storage.outbox_figures().await.unwrap().parked == 1).then_some(())
    };
    eventually("all tries are spent", look).await;
    world.good_mood().await;
    for (arguments, says) in [
        (&["outbox", "list", "--parked"][..], id.as_str()),
        (&["doctor"], "PARKED"),
        (&["outbox", "retry", &id, "--by", "值班员"], "entered in the audit"),
        (&["outbox", "show", &id], "outbox.retry by 值班员"),
    ] {
        let (succeeds, said) = told(&world, arguments);
        assert!(succeeds && said.contains(says), "{arguments:?}: {said}");
        assert!(!said.contains("江大海") && !said.contains("食品经营许可证"), "{arguments:?} tells too much: {said}");
    }
    assert!(!told(&world, &["outbox", "retry", "no-such-row", "--by", "值班员"]).0);
    assert!(!told(&world, &["outbox", "retry", &id, "--by", " "]).0, "the audit needs a name");
    eventually("it arrives", async || {
        world.later(1000);
        (world.submissions().await == 1).then_some(())
    })
    .await;
    let (succeeds, said) = told(&world, &["reconcile"]);
    assert!(succeeds && said.contains("1 listed"), "{said}");
}

pub async fn figures_are_given_without_ids(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let filing = filed(&browser).await;
    page_in_state(&browser, &filing, "平台已收到，等待受理").await;
    let text = server::metrics::text(&world.portal.portal).await.unwrap();
    for figure in [
        "chengxin_filings_accepted_total 1",
        "chengxin_deliveries_total{outcome=\"forwarded\"} 1",
        "chengxin_outbox_parked 0",
        "chengxin_silent_failures 0",
        "chengxin_breaker 0",
        "route=\"/filings/{id}\"",
        "status=\"2xx\"",
    ] {
        assert!(text.contains(figure), "{figure}: {text}");
    }
    assert!(!text.contains(&id_of(&filing)), "no id is in a label");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_front_page_of_the_figures_begins_with_what_needs_a_person() {
    let port = crate::world::free_port();
    let world = World::with(None, &format!("[metrics]\nlisten = \"127.0.0.1:{port}\"\n")).await;
    world.mood(json!({ "mood": "down" })).await;
    for probe in ["live", "ready"] {
        let answer = reqwest::get(format!("http://127.0.0.1:{port}/health/{probe}")).await.unwrap();
        assert_eq!((answer.status().as_u16(), answer.text().await.unwrap()), (200, format!("{probe}\n")), "where `work` has them");
    }
    let browser = world.browser_of("legal-representative").await;
    let id = id_of(&filed(&browser).await);
    let front = async || reqwest::get(format!("http://127.0.0.1:{port}/")).await.unwrap().text().await.unwrap();
    assert!(front().await.starts_with("outbox     1 unsent, 0 need attention\n"), "{}", front().await);
    let (succeeds, said) = told(&world, &["outbox", "park", &id, "--by", "值班员", "--reason", "试验"]);
    assert!(succeeds, "{said}");
    let page = front().await;
    assert!(page.starts_with(&format!("PARKED     {id} (")) && page.contains("1 need attention"), "{page}");
    assert!(!page.contains("江大海") && !page.contains("食品经营许可证"), "it tells too much: {page}");
}
