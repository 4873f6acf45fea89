//! Silence and what follows from it, clean-ups, and lists of who is there.
