//! Ways in: bytes of any format become [`draft::Draft`]s, one plan decides, one apply writes.

pub mod draft;
