//! What the writer makes of each block and inline, and of attacks.
