//! What pulse does, seen from outside: every test runs the real programs.

mod smoke;
