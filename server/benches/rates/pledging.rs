//! Signed commitments: drafts with the posts that sign them, made before anything is measured.

use credit::commitment::statement::{Signing, Statement};
use credit::draft::Draft;
use credit::form::FormKind;
use credit::registration::{Facts, parse_form};
use credit::signing::{Enrolment, SecretKey};
use server::doors::drafts::of_template;
use server::storage::signing_keys::{Enrolling, EnrolmentBegun, SigningKey};
use server::storage::{FiledBy, StoredDraft};

use crate::portal::World;
use crate::posting::Post;

/// Signed, public, without files: the template that asks the least of anybody else.
const TEMPLATE: &str = "honest-operation";

/// A signatory's key, enrolled.
pub struct Key {
    id: String,
    secret: SecretKey,
}

/// Enrols a key of whoever is signed in.
pub async fn enrolled(world: &World) -> Key {
    let secret = SecretKey::from_bytes(&[7; 32]).expect("it is a number below n");
    let capacity = &world.session.person.capacities[0];
    let (id, challenge) = (uuid::Uuid::now_v7().to_string(), "c".repeat(43));
    let at = world.running.portal.clock.now();
    let person =
        FiledBy { subject: world.session.person.subject.clone(), name: world.session.person.name.clone(), role: capacity.role };
    let begun = EnrolmentBegun {
        id: id.clone(),
        enterprise: capacity.enterprise.clone(),
        person: person.clone(),
        challenge: challenge.clone(),
        authenticated_at: at,
        begun_at: at,
    };
    world.storage.begin_enrolment(&begun).await.expect("the store takes it");
    let enrolment = Enrolment::new((&person.name, person.role), &capacity.enterprise, &secret.public(), (&id, &challenge), at);
    let enrolment = enrolment.expect("the names are plain").text();
    let key = SigningKey {
        id: id.clone(),
        enterprise: capacity.enterprise.clone(),
        person,
        label: "测量".to_owned(),
        public: secret.public(),
        signature: secret.sign(enrolment.as_bytes(), &[1; 32]),
        enrolment,
        salt: [3; 32],
        authenticated_at: at,
        enrolled_at: at,
        revoked: None,
    };
    assert_eq!(world.storage.enrol(&key).await.expect("the store takes it"), Enrolling::Enrolled);
    Key { id, secret }
}

/// Puts the draft of a commitment into the store; gives its id, and the post that signs it.
pub async fn signed_draft(world: &World, key: &Key) -> (String, Post) {
    let portal = &world.running.portal;
    let capacity = &world.session.person.capacities[0];
    let template = portal.templates.offered(TEMPLATE).expect("it comes with the program");
    let id = uuid::Uuid::now_v7().to_string();
    let answers = [("blank.further", "在每个门店的显著位置公示投诉电话，并在两个工作日内答复。")];
    let draft = StoredDraft {
        id: id.clone(),
        kind: FormKind::Commitment,
        version: 1,
        draft: of_template(Draft::typed(template.form, answers), template),
        attachments: Vec::new(),
        corrects: None,
        begun_at: 0,
        changed_at: 0,
        changed_by: world.session.person.name.clone(),
        enterprise: capacity.enterprise.clone(),
    };
    world.storage.begin_draft(&draft).await.expect("the store takes it");
    let facts = Facts { attachments: Vec::new(), enterprise: Some(draft.enterprise.code.clone()) };
    let filled = parse_form(template.form, &draft.draft, &facts, portal.clock.today()).expect("the draft holds");
    let at = portal.clock.now();
    let signing = Signing {
        filing: &id,
        pledger: &draft.enterprise,
        agent: &draft.changed_by,
        signer: &world.session.person.name,
        role: capacity.role,
        at,
    };
    let text = Statement::of(template, &filled, signing).text();
    let signature = key.secret.sign(text.as_bytes(), &[2; 32]).hexadecimal();
    let body = format!("version=1&at={at}&key={}&signature={signature}", key.id);
    let path = format!("/drafts/{id}/signature");
    (id, Post { path, body })
}
