//! The law and the language of credit filings.
//!
//! Everything here is pure, synchronous and total: no clock, no network, no files. The same code
//! runs on the server and, compiled to WebAssembly, in the browser, so both find the same problems
//! in the same draft.
//!
//! - [`form`]: what a form is made of; each field is declared once.
//! - [`draft`]: what was typed, kept before it is judged.
//! - [`problem`]: what is wrong with a draft, and at which field.
//! - [`registration`]: voluntary registration (自愿注册), a form for each of its four groups.
//! - [`commitment`]: credit commitments (信用承诺): their templates, and the text that is signed.
//! - [`repair`], [`objection`]: applications for credit repair (信用修复) and objections (异议) to records.
//! - [`columns`], [`import`]: the same forms as spreadsheets, many registrations at once. [`table`], [`text_table`], [`pasted`],
//!   [`formula`]: reading such tables.
//! - [`public_item`], [`public_view`], [`masking`]: when strangers see it, and what of it. [`lookup`]: finding it.
//! - [`progress`]: the steps of those after filing, each with its last day.
//! - [`filing`]: the life of what the portal has accepted, as pure transitions.
//! - [`signing`]: electronic signatures, and the texts that are signed.
//! - [`acceptance`], [`bundle`]: what proves that something was filed, to anyone, without asking us.
//! - [`news`]: what the enterprise is told. - [`on_file`]: what the platform has on file of it.
//! - [`law`]: the law of credit repair, as dated tables with their sources, and how its days are counted.
//! - [`record`]: dishonesty records (失信信息) as the platform gives them.
//! - [`log`]: the public log that shows that nothing was changed or taken back unseen.
//! - [`credit_code`], [`date`], [`amount`], [`normal_text`]: reading what people type. [`hexadecimal`]: bytes in digits.
//! - [`enterprise`], [`person`]: who files for whom, and who may.

pub mod acceptance;
pub mod amount;
pub mod attachment;
pub mod bundle;
pub mod columns;
pub mod commitment;
pub mod credit_code;
pub mod date;
pub mod draft;
pub mod enterprise;
pub mod filing;
pub mod form;
pub mod formula;
pub mod hexadecimal;
pub mod import;
pub mod law;
pub mod log;
pub mod lookup;
pub mod masking;
pub mod news;
pub mod normal_text;
pub mod objection;
pub mod on_file;
pub mod pasted;
pub mod person;
pub mod pledge;
pub mod problem;
pub mod progress;
pub mod public_item;
pub mod public_view;
pub mod reading;
pub mod record;
pub mod registration;
pub mod repair;
pub mod signing;
pub mod table;
pub mod text_table;
