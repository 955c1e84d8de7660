//! The audit log: what it says, and what it finds.

use crate::world::World;

#[test]
fn a_changed_entry_is_found() {
    let world = World::new();
    let an = world.contact(&["--given", "An", "--family", "Peeters", "--email", "an@example.be"]);
    assert_eq!(world.ok(&["audit", "verify"])["entries"], 2);
    let raw = world.raw();
    raw.execute_batch("DROP TRIGGER audit_no_update; UPDATE audit SET act = 'contact_set' WHERE seq = 2").unwrap();
    let found = world.no(&["audit", "verify"]);
    assert_eq!(found["first_fault"], serde_json::json!({ "seq": 2, "code": "entry_changed" }));
    assert!(world.words(&["contact", "show", &an]).stdout.contains("An Peeters"));
}
