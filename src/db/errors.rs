//! What an engine's error means to the house.

use diesel::result::{DatabaseErrorKind, Error as Diesel};

use crate::error::Error;

impl From<Diesel> for Error {
    fn from(error: Diesel) -> Self {
        let text = error.to_string();
        match &error {
            Diesel::DatabaseError(
                DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand,
                _,
            )
            | Diesel::BrokenTransactionManager => Error::DatabaseUnavailable(text),
            Diesel::DatabaseError(_, info) => by_message(info.message(), text),
            Diesel::RollbackErrorOnCommit { .. } => Error::DatabaseUnavailable(text),
            _ => Error::Internal(text),
        }
    }
}

// Neither engine gives a kind of its own to these.
fn by_message(message: &str, text: String) -> Error {
    if message.contains("disk is full") || message.contains("No space left") {
        Error::StorageFull
    } else if message.contains("database is locked")
        || message.contains("disk I/O error")
        || message.contains("terminating connection")
        || message.contains("server closed the connection")
        || message.contains("lock timeout")
    {
        Error::DatabaseUnavailable(text)
    } else {
        Error::Internal(text)
    }
}
