//! What the identity provider remembers, all of it for minutes only.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::{
    clock,
    idp::{keys::Keys, people::Person, request::Asked},
    random,
};

/// How long a code may wait to be exchanged.
const CODE_SECONDS: i64 = 60;
/// How long a person may take to choose a button.
const REQUEST_SECONDS: i64 = 600;
/// How long an access token opens `/userinfo`.
pub(crate) const ACCESS_SECONDS: i64 = 300;
/// How long the provider remembers who signed in.
const SESSION_SECONDS: i64 = 8 * 3600;

/// The provider's keys and memory.
pub(crate) struct Provider {
    /// What it signs with.
    pub(crate) keys: Keys,
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    requests: HashMap<String, (Asked, i64)>,
    sessions: HashMap<String, Session>,
    codes: HashMap<String, Grant>,
    spent: HashMap<String, i64>,
    tokens: HashMap<String, Access>,
}

struct Access {
    person: &'static Person,
    code: String,
    until: i64,
}

/// Somebody is signed in at the provider.
#[derive(Clone, Copy)]
pub(crate) struct Session {
    /// Who.
    pub(crate) person: &'static Person,
    /// When they last showed that it is them.
    pub(crate) auth_time: i64,
}

/// What a code stands for.
#[derive(Clone)]
pub(crate) struct Grant {
    /// The request that the code answers.
    pub(crate) asked: Asked,
    /// Who signed in, and when.
    pub(crate) session: Session,
    issued_at: i64,
}

impl Provider {
    /// A provider that nobody has used yet.
    pub(crate) fn new() -> Self {
        Self { keys: Keys::generate(), memory: Mutex::default() }
    }

    /// Forgets every sign-in; the key stays, as clients may hold on to it.
    pub(crate) fn forget(&self) {
        *self.memory() = Memory::default();
    }

    /// Keeps a request while its person looks at the page, and names it.
    pub(crate) fn keep_request(&self, asked: Asked) -> String {
        let (name, now) = (random::name(), clock::seconds());
        let mut memory = self.memory();
        memory.requests.retain(|_, (_, at)| *at + REQUEST_SECONDS > now);
        memory.requests.insert(name.clone(), (asked, now));
        name
    }

    /// The request under this name, once.
    pub(crate) fn take_request(&self, name: &str) -> Option<Asked> {
        let (asked, at) = self.memory().requests.remove(name)?;
        (at + REQUEST_SECONDS > clock::seconds()).then_some(asked)
    }

    /// Remembers that the person has just signed in, and names the session.
    pub(crate) fn open_session(&self, person: &'static Person) -> (String, Session) {
        let (name, now) = (random::name(), clock::seconds());
        let session = Session { person, auth_time: now };
        let mut memory = self.memory();
        memory.sessions.retain(|_, session| session.auth_time + SESSION_SECONDS > now);
        memory.sessions.insert(name.clone(), session);
        (name, session)
    }

    /// The session under this name.
    pub(crate) fn session(&self, name: &str) -> Option<Session> {
        let session = *self.memory().sessions.get(name)?;
        (session.auth_time + SESSION_SECONDS > clock::seconds()).then_some(session)
    }

    /// Ends the session under this name.
    pub(crate) fn close_session(&self, name: &str) {
        self.memory().sessions.remove(name);
    }

    /// A code for the request.
    pub(crate) fn issue_code(&self, asked: Asked, session: Session) -> String {
        let (code, now) = (random::name(), clock::seconds());
        let mut memory = self.memory();
        memory.codes.retain(|_, grant| grant.issued_at + CODE_SECONDS > now);
        memory.codes.insert(code.clone(), Grant { asked, session, issued_at: now });
        code
    }

    /// What the code stands for, once. A second try also ends the tokens that the first one got.
    pub(crate) fn take_code(&self, code: &str) -> Option<Grant> {
        let now = clock::seconds();
        let mut memory = self.memory();
        memory.spent.retain(|_, at| *at + REQUEST_SECONDS > now);
        if memory.spent.contains_key(code) {
            memory.tokens.retain(|_, access| access.code != code);
        }
        let grant = memory.codes.remove(code)?;
        memory.spent.insert(code.to_owned(), now);
        (grant.issued_at + CODE_SECONDS > now).then_some(grant)
    }

    /// An access token for the person, got with this code.
    pub(crate) fn issue_token(&self, person: &'static Person, code: &str) -> String {
        let (token, now) = (random::name(), clock::seconds());
        let mut memory = self.memory();
        memory.tokens.retain(|_, access| access.until > now);
        let access = Access { person, code: code.to_owned(), until: now + ACCESS_SECONDS };
        memory.tokens.insert(token.clone(), access);
        token
    }

    /// Whose access token this is.
    pub(crate) fn person_of(&self, token: &str) -> Option<&'static Person> {
        let memory = self.memory();
        let access = memory.tokens.get(token)?;
        (access.until > clock::seconds()).then_some(access.person)
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
