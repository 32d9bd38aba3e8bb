//! Certificates: how long one takes, and how large it is.

use std::hint::black_box;
use std::time::Instant;

use app::paper::certificate::certificate;
use server::documents::certificate::{Attached, pdf_with_receipt};
use server::receipting::receipt;

use crate::median;
use crate::pledging::{enrolled, signed_draft};
use crate::portal::world;
use crate::posting::{Post, post_all};

const CERTIFICATES: usize = 200;

/// Measures and prints.
pub async fn measure() {
    let world = world().await;
    let portal = &world.running.portal;
    let Some(font) = portal.font.clone() else {
        println!("pdf: not measured, as this machine has no font for documents (Debian: fonts-noto-cjk)");
        return;
    };
    let key = enrolled(&world).await;
    let (mut commitments, mut licences, mut posts) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..CERTIFICATES {
        let (id, post) = signed_draft(&world, &key).await;
        commitments.push(id);
        posts.push(post);
        let (id, file) = world.sound_draft().await;
        posts.push(Post { path: format!("/drafts/{id}/filing"), body: format!("version=1&files={file}&pledge=yes") });
        licences.push(id);
    }
    post_all(&world, 16, &posts).await;
    for (what, ids) in [("signed commitments", commitments), ("registered licences", licences)] {
        let (mut proving, mut setting, mut kilobytes) = (Vec::new(), Vec::new(), Vec::new());
        for id in &ids {
            let began = Instant::now();
            let (bundle, proven) = receipt(portal, id).await.expect("the store answers").expect("there is a receipt");
            proving.push(began.elapsed().as_secs_f64() * 1000.0);
            let began = Instant::now();
            let address = format!("https://credit.example/verify?code={}", proven.acceptance.reference);
            let paper = certificate(&bundle, &proven, address);
            let attached = Attached { name: "receipt.json".to_owned(), content: bundle.write(), made_at: portal.clock.now() };
            let bytes = black_box(pdf_with_receipt(&paper, &font, attached).expect("it is written"));
            setting.push(began.elapsed().as_secs_f64() * 1000.0);
            kilobytes.push(bytes.len() as f64 / 1000.0);
        }
        println!("pdf: certificates of {CERTIFICATES} {what}, one after another");
        print_spread("proven", proving, "ms (receipt gathered from the store, and verified)");
        print_spread("set", setting, "ms (words, pages, font subset, attachment)");
        print_spread("size", kilobytes, "kB");
    }
}

fn print_spread(name: &str, mut values: Vec<f64>, unit: &str) {
    values.sort_by(f64::total_cmp);
    let p95 = values[(values.len() - 1) * 95 / 100];
    println!("  {name:<15} {:>9.2} (median), {p95:.2} (p95) {unit}", median(values));
}
