//! Two tabs.
