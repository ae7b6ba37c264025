//! `wiredesk user` and `wiredesk key`: who may do what, from the command line.
//!
//! A generated password, or a key, stands alone on stdout, once.

use std::io::{self, BufRead};

use clap::{Args, Subcommand};

use super::{Done, Failure};
use crate::app::App;
use crate::auth::keys::{self, Maker, NewKey};
use crate::auth::users::{self, State, UserFields};
use crate::auth::{Password, PasswordHash, Role, Scope, partners, secrets};
use crate::db::Actor;
use crate::fields::{Email, Rule};

/// How many characters a generated password has: 142 random bits.
const GENERATED: usize = 24;

/// What is done to a user.
#[derive(Subcommand)]
pub enum UserCommand {
    /// Make a user; a generated password is printed on stdout.
    Create {
        /// Their e-mail address, with which they sign in.
        #[arg(long, value_parser = email)]
        email: String,
        /// What they are called.
        #[arg(long, value_parser = name)]
        name: String,
        /// contributor, author, editor or admin.
        #[arg(long, value_parser = role)]
        role: Role,
        #[command(flatten)]
        password: PasswordFrom,
    },
    /// Set a user's password and end their sign-ins; a generated one is printed on stdout.
    Password {
        /// Their e-mail address.
        #[arg(long, value_parser = email)]
        email: String,
        #[command(flatten)]
        password: PasswordFrom,
    },
}

/// Where a password comes from.
#[derive(Args)]
pub struct PasswordFrom {
    /// Read the password from the first line of stdin instead of generating one.
    #[arg(long)]
    password_stdin: bool,
}

/// What is done with keys.
#[derive(Subcommand)]
pub enum KeyCommand {
    /// Make a key and print it, alone, on stdout. It is never shown again.
    Create {
        /// What it is called, for those who look after it.
        #[arg(long, value_parser = name)]
        name: String,
        /// read, write, admin or partner.
        #[arg(long, value_parser = scope)]
        scope: Scope,
        /// The partner that it speaks for, by slug or id; exactly where the scope is `partner`.
        #[arg(long)]
        partner: Option<String>,
    },
}

/// Makes a user, or sets a password.
pub fn user(app: &App, command: UserCommand) -> Done {
    match command {
        UserCommand::Create { email, name, role, password } => {
            let chosen = password.choose()?;
            let hash = PasswordHash::of(&chosen.password)?;
            let fields = UserFields {
                email,
                name,
                role,
                state: State::Active,
                may_publish: false,
                author: None,
                desks: Vec::new(),
            };
            let made = app.db.write_now(Actor::system(), |tx| users::create(tx, fields, Some(hash)))?.value;
            chosen.show(&format!("{} may sign in as {}", made.email, role.name()));
        }
        UserCommand::Password { email, password } => {
            let chosen = password.choose()?;
            let hash = PasswordHash::of(&chosen.password)?;
            let set =
                app.db.write_now(Actor::system(), move |tx| users::set_password(tx, &email, hash))?.value;
            chosen.show(&format!("{} has a new password", set.email));
        }
    }
    Ok(())
}

/// Makes a key.
pub fn key(app: &App, command: KeyCommand) -> Done {
    let KeyCommand::Create { name, scope, partner } = command;
    if (scope == Scope::Partner) != partner.is_some() {
        let words = "--partner names the partner of a key of scope `partner`, and of no other";
        return Err(Failure::Wrong(vec![words.into()]));
    }
    let made = app.db.write_now(Actor::system(), move |tx| {
        let partner = partner.map(|partner| partners::read(tx, &partner)).transpose()?.map(|row| row.id);
        let new = NewKey { name, scope, partner, addresses: Vec::new(), expires_at: None };
        keys::create(tx, &Maker::house(), new)
    })?;
    println!("{}", made.value.key);
    Ok(())
}

/// A password, and whether it was made here.
pub struct Chosen {
    /// The password.
    password: Password,
    generated: Option<String>,
}

impl PasswordFrom {
    fn choose(&self) -> Result<Chosen, Failure> {
        if !self.password_stdin {
            let word: String = secrets::random_word().chars().take(GENERATED).collect();
            return Ok(Chosen { password: Password::typed(&word), generated: Some(word) });
        }
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line).map_err(|error| Failure::Fault(error.to_string()))?;
        let text = line.trim_end_matches(['\r', '\n']);
        match Password::chosen(text) {
            Ok(password) => Ok(Chosen { password, generated: None }),
            Err((_, rule)) => Err(Failure::Fault(format!("the password {rule}"))),
        }
    }
}

impl Chosen {
    fn show(&self, words: &str) {
        eprintln!("{words}");
        if let Some(word) = &self.generated {
            println!("{word}");
        }
    }
}

fn email(text: &str) -> Result<String, String> {
    Email::parse(text.to_owned()).map(|email| email.0).map_err(|rule| rule.1)
}

fn name(text: &str) -> Result<String, String> {
    Rule::plain(text, 200).map_err(|rule| rule.1)?;
    if text.trim().is_empty() { Err("must not be blank".into()) } else { Ok(text.to_owned()) }
}

fn role(text: &str) -> Result<Role, String> {
    text.parse().map_err(|_| "must be contributor, author, editor or admin".to_owned())
}

fn scope(text: &str) -> Result<Scope, String> {
    text.parse().map_err(|_| "must be read, write, admin or partner".to_owned())
}
