//! The sandbox as its callers meet it: real HTTP, and a portal that listens for events.

// `allow-unwrap-in-tests` knows test functions only, and these files are helpers of such.
#![allow(clippy::unwrap_used)]

mod contract;
mod contract_reader;
mod control;
mod dance;
mod events;
mod moods;
mod operator_page;
mod portal;
mod schema;
mod sign_in;
mod state_file;
mod submitting;
mod world;
