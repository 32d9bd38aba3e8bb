//! Everything that touches the world.
//!
//! A request comes in by the [`router`], where every URL stands; a door ([`doors`]) finds out who is here, loads what the
//! page needs from the [`storage`], and renders with `app`. What was accepted is passed on by the [`courier`], through the
//! [`platform`] client. Rules of law are in `credit`, words and HTML in `app`; neither is here.

pub mod accepting;
pub mod alarms;
pub mod answering;
pub mod applying;
pub mod attachments;
pub mod attention;
pub mod backup;
pub mod buckets;
pub mod calendars;
pub mod caller;
pub mod clock;
pub mod command;
pub mod config;
pub mod cookies;
pub mod courier;
pub mod documents;
pub mod doors;
pub mod expiry;
pub mod guard;
pub mod identity;
pub mod importer;
pub mod in_use;
pub mod kept_form;
pub mod live;
pub mod look_up_limit;
pub mod mail;
pub mod metrics;
pub mod overload;
pub mod pace;
pub mod package;
mod parts;
pub mod platform;
pub mod portal;
pub mod public_log;
pub mod receipting;
pub mod reconciliation;
pub mod records;
pub mod reference;
pub mod router;
pub mod scanning;
pub mod serving;
pub mod session;
pub mod site;
pub mod spreadsheets;
pub mod storage;
pub mod store_place;
pub mod submitting;
pub mod telemetry;
pub mod templates;
pub mod token;
pub mod trail;
pub mod visitor;
pub mod watching;
pub mod working;
