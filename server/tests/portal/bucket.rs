//! Attachments in a bucket: a real server of the S3 protocol, with signed requests, that keeps its objects in a folder.

use std::path::{Path, PathBuf};

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s_fs::FileSystem;
use tokio::net::TcpListener;

use crate::licence::{file, id_of, page_of, sound_draft};
use crate::place::Folder;
use crate::world::World;

const KEY_ID: &str = "portal";
const KEY: &str = "the-key-of-the-bucket";

/// The server; its bucket is there.
struct Bucket {
    port: u16,
    objects: PathBuf,
}

impl Bucket {
    async fn open(root: &Path) -> Self {
        std::fs::create_dir_all(root.join("attachments-of-the-portal")).unwrap();
        let mut service = S3ServiceBuilder::new(FileSystem::new(root).unwrap());
        service.set_auth(SimpleAuth::from_single(KEY_ID, KEY));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(serve(listener, service.build()));
        Self { port, objects: root.join("attachments-of-the-portal/attachments") }
    }

    fn settings(&self, folder: &Folder) -> String {
        format!(
            "[objects]\nendpoint = \"http://127.0.0.1:{}\"\nbucket = \"attachments-of-the-portal\"\n\
             access_key_id = \"{KEY_ID}\"\nsecret_key_file = {:?}\n",
            self.port,
            folder.secret("bucket-key", KEY),
        )
    }

    fn count(&self) -> usize {
        self.objects.read_dir().map_or(0, Iterator::count)
    }
}

async fn serve(listener: TcpListener, service: S3Service) {
    while let Ok((line, _)) = listener.accept().await {
        let service = service.clone();
        tokio::spawn(async move {
            let _ = Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(line), service).await;
        });
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn attachments_are_kept_in_a_bucket_opened_from_there_and_forwarded() {
    let folder = Folder::new();
    let bucket = Bucket::open(&folder.path("objects")).await;
    let world = World::with(None, &bucket.settings(&folder)).await;
    let browser = world.browser_of("legal-representative").await;
    let draft = sound_draft(&browser).await;
    assert_eq!(bucket.count(), 1);
    assert!(!world.folder.path("data/attachments").read_dir().unwrap().any(|entry| entry.unwrap().file_name() != "incoming"));
    let page = page_of(&browser, &draft).await;
    let opened = browser.get(&page.link(&format!("{draft}/files/"))).await;
    assert!(opened.status == 200 && opened.body.starts_with(b"%PDF"));
    let filing = file(&browser, &draft, &[]).await;
    // The platform takes no submission whose files it does not have.
    world.submission(&id_of(&filing)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bucket_that_cannot_be_reached_takes_no_file_and_says_so() {
    let folder = Folder::new();
    let closed = Bucket { port: crate::world::free_port(), objects: PathBuf::new() };
    let world = World::with(None, &closed.settings(&folder)).await;
    let browser = world.browser_of("legal-representative").await;
    let draft = crate::licence::begin(&browser).await;
    let file = [crate::multipart::ChosenFile::pdf("许可证.pdf")];
    let answer = browser.post_with_files(&draft, &[("version", "1"), ("title", "保留"), ("action", "upload")], &file).await;
    assert_eq!(answer.status, 503, "{}", answer.page().text());
    let page = page_of(&browser, &draft).await;
    assert!(page.files().is_empty());
    assert_eq!(page.typed("title"), "保留", "what was typed before the file is kept");
}
