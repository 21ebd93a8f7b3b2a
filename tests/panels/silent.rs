//! Each situation that raises no error, provoked for real: the card says what it is, why the browser says nothing, and what mends it.

mod card;
mod page;
mod provoked;
mod viewer;
