//! Where keys rest: an object store of IndexedDB, by the ids that the portal gave them.

use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::js_sys::{Function, Promise, Reflect, Uint8Array};
use web_sys::{IdbDatabase, IdbObjectStore, IdbRequest, IdbTransaction, IdbTransactionMode};

use super::key_box::{Sealed, Wrapped, object};
use super::{Outcome, Trouble, window};

const DATABASE: &str = "signing-keys";
const STORE: &str = "keys";

/// A key as it rests.
pub(super) struct Resting {
    pub(super) sealed: Sealed,
    /// How many wrong PINs in a row.
    pub(super) failures: u32,
    /// No PIN is tried before then, in milliseconds since 1970.
    pub(super) not_before: f64,
}

/// The key of this id, if it is on this device.
pub(super) async fn find(id: &str) -> Outcome<Option<Resting>> {
    let database = open().await?;
    let (_, store) = begin(&database, IdbTransactionMode::Readonly)?;
    let request = store.get(&id.into())?;
    succeeded(&request).await?;
    let record = request.result()?;
    database.close();
    if !record.is_object() {
        return Ok(None);
    }
    let get = |name: &str| Reflect::get(&record, &name.into());
    let bytes = |name: &str| get(name).map(|value| Uint8Array::new(&value).to_vec());
    let inner = Wrapped { salt: sized(bytes("salt")?)?, iv: sized(bytes("pinIv")?)?, content: bytes("content")? };
    Ok(Some(Resting {
        sealed: Sealed { outer: get("outer")?.unchecked_into(), outer_iv: sized(bytes("outerIv")?)?, inner },
        failures: get("failures")?.as_f64().unwrap_or_default() as u32,
        not_before: get("notBefore")?.as_f64().unwrap_or_default(),
    }))
}

/// Keeps a key. It is there, on the disk as far as the browser says, when this returns.
pub(super) async fn keep(id: &str, key: &Resting) -> Outcome<()> {
    let Sealed { outer, outer_iv, inner } = &key.sealed;
    let bytes = |bytes: &[u8]| JsValue::from(Uint8Array::from(bytes));
    let record = object(&[
        ("outer", outer),
        ("outerIv", &bytes(outer_iv)),
        ("salt", &bytes(&inner.salt)),
        ("pinIv", &bytes(&inner.iv)),
        ("content", &bytes(&inner.content)),
        ("failures", &key.failures.into()),
        ("notBefore", &key.not_before.into()),
    ])?;
    let database = open().await?;
    let (transaction, store) = begin(&database, IdbTransactionMode::Readwrite)?;
    store.put_with_key(&record, &id.into())?;
    let promise = Promise::new(&mut |resolve: Function, reject: Function| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    let kept = JsFuture::from(promise).await;
    database.close();
    kept?;
    Ok(())
}

/// Asks the browser not to throw it away when room is short. Whether it agrees changes nothing here.
pub(super) fn ask_to_stay() {
    if let Ok(window) = window() {
        let _ = Reflect::get(&window.navigator(), &"storage".into())
            .is_ok_and(|storage| storage.is_object() && storage.unchecked_into::<web_sys::StorageManager>().persist().is_ok());
    }
}

async fn open() -> Outcome<IdbDatabase> {
    let factory = window()?.indexed_db()?.ok_or(Trouble::Unable)?;
    let request = factory.open_with_u32(DATABASE, 1)?;
    let opened = request.clone();
    let make = Closure::once_into_js(move || {
        let _ = opened.result().map(|database| database.unchecked_into::<IdbDatabase>().create_object_store(STORE));
    });
    request.set_onupgradeneeded(Some(make.unchecked_ref()));
    succeeded(&request).await?;
    Ok(request.result()?.unchecked_into())
}

fn begin(database: &IdbDatabase, mode: IdbTransactionMode) -> Outcome<(IdbTransaction, IdbObjectStore)> {
    let transaction = database.transaction_with_str_and_mode(STORE, mode)?;
    let store = transaction.object_store(STORE)?;
    Ok((transaction, store))
}

async fn succeeded(request: &IdbRequest) -> Result<(), JsValue> {
    let promise = Promise::new(&mut |resolve: Function, reject: Function| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(promise).await.map(|_| ())
}

fn sized<const N: usize>(bytes: Vec<u8>) -> Outcome<[u8; N]> {
    bytes.try_into().map_err(|_| Trouble::Unable)
}
