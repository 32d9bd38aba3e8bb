//! Takes a key to another device, as a small file under a passphrase: the forms `export-key` and `import-key`.

use credit::hexadecimal;
use credit::signing::lines;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::js_sys::Array;
use web_sys::{Blob, HtmlAnchorElement, HtmlFormElement, HtmlInputElement, Url};

use super::key_box::{self, Wrapped};
use super::{Outcome, Trouble, before_sending, by_id, document, taken, unlocking};

/// The fewest characters of the passphrase: the file may lie around where nobody counts how often it is tried.
const SHORTEST: usize = 12;
const KIND: &str = "签名密钥转移文件";
const VERSION: &str = "1";
const NAMES: [&str; 6] = ["文件", "版本", "密钥编号", "盐", "初始向量", "密文"];

pub(super) fn begin() {
    before_sending("export-key", |form| Box::pin(export(form)));
    before_sending("import-key", |form| Box::pin(import(form)));
}

async fn export(form: HtmlFormElement) -> Outcome<bool> {
    let passphrase = passphrase("export-passphrase")?;
    let ids = form.get_attribute("data-keys").unwrap_or_default();
    let (id, number) = unlocking::unlocked(&ids, &taken("export-pin")?).await?;
    let wrapped = key_box::wrap(&number, &passphrase, &id).await?;
    let (salt, iv, content) =
        (hexadecimal::write(&wrapped.salt), hexadecimal::write(&wrapped.iv), hexadecimal::write(&wrapped.content));
    let values = [KIND, VERSION, &id, &salt, &iv, &content];
    let all: Vec<_> = NAMES.into_iter().zip(values).collect();
    hand_out(&lines::write(&all), &format!("signing-key-{}.txt", id.get(..8).unwrap_or_default()))?;
    Ok(false)
}

async fn import(form: HtmlFormElement) -> Outcome<bool> {
    let passphrase = passphrase("import-passphrase")?;
    let pin = unlocking::chosen(taken("import-pin")?, &taken("import-pin-again")?)?;
    let (id, wrapped) = read(&chosen_file().await?).ok_or(Trouble::BadFile)?;
    // Only keys that are this person's and still sign.
    let ids = form.get_attribute("data-keys").unwrap_or_default();
    if !ids.split(' ').any(|known| known == id) {
        return Err(Trouble::NoKey);
    }
    let number = key_box::unwrap(&wrapped, &passphrase, &id).await?.ok_or(Trouble::BadFile)?;
    unlocking::keep(&id, &number, &pin).await?;
    Ok(false)
}

fn passphrase(id: &str) -> Outcome<String> {
    let typed = taken(id)?;
    if typed.chars().count() < SHORTEST { Err(Trouble::ShortPassphrase) } else { Ok(typed) }
}

fn read(text: &str) -> Option<(String, Wrapped)> {
    let [kind, version, id, salt, iv, content] = lines::read(text, NAMES)?;
    let content: [u8; 48] = hexadecimal::read(content)?;
    let wrapped = Wrapped { salt: hexadecimal::read(salt)?, iv: hexadecimal::read(iv)?, content: content.to_vec() };
    (kind == KIND && version == VERSION).then(|| (id.to_owned(), wrapped))
}

async fn chosen_file() -> Outcome<String> {
    let field: HtmlInputElement = by_id("import-file").and_then(|field| field.dyn_into().ok()).ok_or(Trouble::Unable)?;
    let file = field.files().and_then(|files| files.item(0)).ok_or(Trouble::BadFile)?;
    // Ours has less than one kB.
    if file.size() > 4096.0 {
        return Err(Trouble::BadFile);
    }
    let text = JsFuture::from(file.text()).await?;
    text.as_string().ok_or(Trouble::BadFile)
}

/// As a download: the browser makes the file, nothing is sent.
fn hand_out(text: &str, name: &str) -> Outcome<()> {
    let blob = Blob::new_with_str_sequence(&Array::of1(&text.into()))?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().ok_or(Trouble::Unable)?.create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    let _ = Url::revoke_object_url(&address);
    Ok(())
}
