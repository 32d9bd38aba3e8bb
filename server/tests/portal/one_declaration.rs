//! A field is declared once and found everywhere: each declared field is taken through every place that is made from it.

use credit::form::{Audience, Disclosure, Field, FormKind, Kind};
use serde_json::{Value, json};

use crate::licence::{file, id_of, page_of, press};
use crate::multipart::ChosenFile;
use crate::world::{World, eventually};

const OWN: &str = "91310120FXXY000194";
const OTHER: &str = "91310120FXXY00027Y";

/// A sound answer, of text one that can be told from every other; none where the form's rules want it left out.
fn answer(field: &Field) -> Option<String> {
    Some(match (field.name, field.kind) {
        ("no_end", _) | (_, Kind::Files) => return None,
        ("valid_until" | "ends_on", _) => "2099-12-31".to_owned(),
        ("party_a_code", _) => OWN.to_owned(),
        (_, Kind::CreditCode) => OTHER.to_owned(),
        (name, Kind::Line { .. } | Kind::Paragraph { .. }) => format!("答案-{name}-完"),
        (_, Kind::Date) => "2026-01-05".to_owned(),
        (_, Kind::Year) => "2025".to_owned(),
        (_, Kind::Whole { .. } | Kind::Money(_)) => "4321".to_owned(),
        (_, Kind::Choice(answers)) => answers[0].value.to_owned(),
        (_, Kind::Tick) => "yes".to_owned(),
        (_, Kind::WebAddress) => "https://www.example.cn/look-up".to_owned(),
    })
}

pub async fn every_declared_field_is_found_everywhere(world: World) {
    let browser = world.browser_of("legal-representative").await;
    for kind in FormKind::ALL {
        let fields: Vec<(&Field, String)> = kind.form().fields.iter().filter_map(|field| Some((field, answer(field)?))).collect();
        let mut typed: Vec<(String, String)> =
            fields.iter().map(|(field, answer)| (field.name.to_owned(), answer.clone())).collect();
        let chosen = fields.iter().filter(|(field, _)| field.audience == Audience::Chosen);
        typed.extend(chosen.map(|(field, _)| (field.disclosure_name(), Disclosure::Full.name().to_owned())));
        let typed: Vec<(&str, &str)> = typed.iter().map(|(name, answer)| (name.as_str(), answer.as_str())).collect();

        let template = browser.get(&format!("/registrations/{}/template.csv", kind.name())).await.text();
        let draft = browser.post("/drafts", &[("kind", kind.name())]).await.location();
        let form = browser.get(&draft).await.text();
        for field in kind.form().fields {
            let place = format!("data-field=\"{}\"", field.name);
            assert!(form.contains(&place), "{kind:?}: the form asks for {}", field.name);
            assert!(form.contains(field.hint.zh), "{kind:?}: with its hint: {}", field.name);
            let column = field.kind == Kind::Files || template.contains(field.label.zh);
            assert!(column, "{kind:?}: the template has a column for {}", field.name);
        }
        let onward = press(&browser, &draft, &typed, "continue", &[ChosenFile::pdf("证明.pdf")]).await.location();
        assert_eq!(onward, format!("{draft}/review"), "{kind:?}: {:?}", page_of(&browser, &draft).await.summary());
        let review = page_of(&browser, &onward).await;
        let filing = file(&browser, &draft, &["publish"]).await;
        let id = id_of(&filing);
        let filed = page_of(&browser, &filing).await;
        let content = world.submission(&id).await["envelope"]["content"].clone();
        let exported = browser.get(&format!("/registrations/export.csv?kind={}", kind.name())).await.text();
        for (field, answer) in &fields {
            let label = field.label.zh;
            assert_ne!(review.answer_to(label), "未填写", "{kind:?}: the review shows {}", field.name);
            assert_ne!(filed.answer_to(label), "未填写", "{kind:?}: the filing shows {}", field.name);
            assert!(content[field.name].is_string(), "{kind:?}: the platform is sent {}", field.name);
            let plain = matches!(field.kind, Kind::Line { .. } | Kind::Paragraph { .. } | Kind::CreditCode);
            assert!(exported.contains(label), "{kind:?}: the export has a column for {}", field.name);
            assert!(!plain || exported.contains(answer.as_str()), "{kind:?}: the export holds {}", field.name);
        }

        world.decide(&id, "submission.under_review", json!({})).await;
        world.decide(&id, "submission.granted", json!({})).await;
        world.decide(&id, "publication.published", json!({})).await;
        let stranger = world.browser();
        let named = answer(kind.form().named_by).expect("items have a name");
        let shown = eventually("it is public", async || {
            let page = stranger.get(&format!("/enterprises/{OWN}")).await;
            Some(page.text()).filter(|text| text.contains(&named))
        });
        let (shown, data) = (shown.await, stranger.get(&format!("/enterprises/{OWN}.json")).await.text());
        let data: Value = serde_json::from_str(&data).expect("JSON");
        let answers: Vec<&Value> = data["groups"]
            .as_array()
            .into_iter()
            .flatten()
            .flat_map(|group| {
                let items = group["items"].as_array().into_iter().flatten();
                items.flat_map(|item| item["answers"].as_array().into_iter().flatten()).map(|answer| &answer["name"])
            })
            .collect();
        for (field, answer) in &fields {
            let public = field.audience != Audience::Platform;
            assert_eq!(answers.iter().any(|name| *name == field.name), public, "{kind:?}: the public data and {}", field.name);
            if matches!(field.kind, Kind::Line { .. } | Kind::Paragraph { .. }) {
                assert_eq!(shown.contains(answer.as_str()), public, "{kind:?}: the public page and {}", field.name);
            }
        }
        // So that the next group's fields are told from this one's.
        browser.post(&format!("{filing}/authorisations/publish/withdrawal"), &[("action", "confirm")]).await.location();
    }
}
