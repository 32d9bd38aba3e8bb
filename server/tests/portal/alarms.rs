//! Staff are mailed of what needs them.

use serde_json::json;
use server::alarms::{AGAIN_MS, Alarms};
use server::storage::operations::{Moved, OperatorDeed};
use server::watching;

use crate::licence::{TITLE, filed, id_of};
use crate::world::{HOUR, World, eventually};

const SUPPORT: &str = "support@example.com";
const OWNER: &str = "owner@example.com";

pub async fn staff_are_mailed_once_of_what_needs_them_and_again_when_there_is_more(world: World) {
    let portal = &world.portal.portal;
    let mut config = portal.config.clone();
    let mail = config.mail.as_mut().unwrap();
    (mail.support, mail.owner) = (Some(SUPPORT.to_owned()), Some(OWNER.to_owned()));
    let alarms = Alarms::new(&config).unwrap().unwrap();
    let sent_to = |address: &str| world.mailbox.mails().iter().filter(|mail| mail.to == [address]).count();

    // Sessions end while the clock is moved: all is filed before that.
    let browser = world.browser_of("legal-representative").await;
    world.submission(&id_of(&filed(&browser).await)).await;
    world.mood(json!({ "mood": "broken" })).await;
    let first = id_of(&filed(&browser).await);
    let second = id_of(&filed(&browser).await);
    let park = async |id: &str| {
        let deed = OperatorDeed::Park { reason: "试验".to_owned() };
        let parked = async || {
            let moved = portal.storage.operate(id, &deed, "值班员", portal.clock.now()).await.unwrap();
            (moved == Moved::Moved).then_some(())
        };
        eventually("no courier has it", parked).await;
    };
    alarms.look(portal).await.unwrap();
    assert_eq!(sent_to(SUPPORT), 0, "what is tried again by itself needs nobody");
    park(&first).await;
    world.mailbox.refuse(Some("451 later"));
    alarms.look(portal).await.unwrap();
    assert_eq!(sent_to(SUPPORT), 0);
    world.mailbox.refuse(None);
    alarms.look(portal).await.unwrap();
    let told = world.mailbox.mails_to(SUPPORT, 1).await.remove(0);
    assert_eq!(told.subject(), "[信用奉贤] 有事项需要处理");
    for says in ["1 件未能送达平台", "outbox list --parked", "1 could not be delivered"] {
        assert!(told.text().contains(says), "{says}: {}", told.text());
    }
    for secret in [TITLE, "江大海", "奉贤示例"] {
        assert!(!told.text().contains(secret), "{secret}");
    }
    alarms.look(portal).await.unwrap();
    assert_eq!(sent_to(SUPPORT), 1, "once");

    park(&second).await;
    alarms.look(portal).await.unwrap();
    let told = world.mailbox.mails_to(SUPPORT, 2).await.remove(1);
    assert!(told.text().contains("2 件未能送达平台"), "again when there is more: {}", told.text());
    world.good_mood().await;
    world.later(AGAIN_MS);
    alarms.look(portal).await.unwrap();
    let told = world.mailbox.mails_to(SUPPORT, 3).await.remove(2);
    assert!(told.text().contains("2 件未能送达平台"), "and after a day: {}", told.text());

    assert_eq!(sent_to(OWNER), 0);
    // Twice the silence after which support is told.
    eventually("the platform has been silent for long", async || {
        world.later(15 * 24 * HOUR);
        watching::look(portal).await.unwrap();
        (portal.storage.silence_figures().await.unwrap().owner == 1).then_some(())
    })
    .await;
    alarms.look(portal).await.unwrap();
    let told = world.mailbox.mails_to(OWNER, 1).await.remove(0);
    assert!(told.text().contains("1 件送达后，平台很久没有消息"), "{}", told.text());
}

pub async fn staff_are_told_of_what_could_not_be_delivered_for_a_day(world: World) {
    let portal = &world.portal.portal;
    let mut config = portal.config.clone();
    config.mail.as_mut().unwrap().support = Some(SUPPORT.to_owned());
    let alarms = Alarms::new(&config).unwrap().unwrap();
    let browser = world.browser_of("legal-representative").await;
    world.mood(json!({ "mood": "broken" })).await;
    filed(&browser).await;
    world.later(23 * HOUR);
    alarms.look(portal).await.unwrap();
    assert_eq!(world.mailbox.mails().len(), 0, "one filing is no platform out of order, and a night is no day");
    world.later(HOUR);
    alarms.look(portal).await.unwrap();
    let told = world.mailbox.mails_to(SUPPORT, 1).await.remove(0);
    assert!(told.text().contains("一天内未能送达平台") && told.text().contains("outbox list"), "{}", told.text());
}
