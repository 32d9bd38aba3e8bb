//! The law and the language of credit filings.
//!
//! Everything here is pure, synchronous and total: no clock, no network, no files. The same code
//! runs on the server and, compiled to WebAssembly, in the browser, so both find the same problems
//! in the same draft.
//!
//! - [`form`]: what a form is made of; each field is declared once.
//! - [`draft`]: what was typed, kept before it is judged.
//! - [`problem`]: what is wrong with a draft, and at which field.
//! - [`registration`]: voluntary registration (自愿注册); its first form is a licence (资质证照).
//! - [`filing`]: the life of what the portal has accepted, as pure transitions.
//! - [`credit_code`], [`date`], [`normal_text`]: reading what people type.
//! - [`enterprise`], [`person`]: who files for whom, and who may.

pub mod attachment;
pub mod credit_code;
pub mod date;
pub mod draft;
pub mod enterprise;
pub mod filing;
pub mod form;
pub mod normal_text;
pub mod person;
pub mod pledge;
pub mod problem;
pub mod reading;
pub mod registration;
