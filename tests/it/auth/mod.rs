//! Who is asking, and what they may do: the cases AUTH, ROLE-07, ROLE-08 and R63.

mod keys;
mod log;
mod sign_in;
mod sign_ins_end;
mod tokens;
mod users;
