//! What a person reads in the terminal, word for word: ids and moments, which differ each time, stand as `ID` and `WHEN`.

use expect_test::expect;

use crate::world::World;

const FILE: &str = "First name,Last name,Email,Phone,Birthday\n李小龍,Lee,lee@example.be,0470 12 34 56,1940-11-27\n\
                    An,Peeters,an@,0475 12 34 57,\nBo,Peeters,bo@,0475 12 34 58,\nCé,Peeters,nope,abc,\n";

/// The answer with what changes from run to run blotted out, and no line too long.
fn told(world: &World, args: &[&str]) -> String {
    let answer = world.words(args);
    for line in answer.stdout.lines().chain(answer.stderr.lines()) {
        assert!(line.chars().count() <= 100, "{args:?}: {line}");
    }
    let text = format!("{}{}", answer.stdout, answer.stderr);
    let id = regular(&text, |c| c.is_ascii_hexdigit() || c == '-', 36, "ID");
    moments(&id)
}

/// Puts `name` for every run of just that many such characters.
fn regular(text: &str, of: fn(char) -> bool, long: usize, name: &str) -> String {
    let (mut out, mut run) = (String::new(), String::new());
    for c in text.chars().chain(['\n']) {
        if of(c) {
            run.push(c);
            continue;
        }
        out.push_str(if run.len() == long { name } else { &run });
        run.clear();
        out.push(c);
    }
    out.pop();
    out
}

/// Puts `WHEN` for a day of this year or the like with a time after it: `2 March 2026, 14:05`.
fn moments(text: &str) -> String {
    let lines = text.split_inclusive('\n').map(|line| match line.split_once(", ") {
        Some((before, after)) if after.get(2..3) == Some(":") && before.ends_with(|c: char| c.is_ascii_digit()) => {
            // A table sets a day of one digit one further.
            let margin = if before.starts_with("  ") { "  " } else { "" };
            format!("{margin}WHEN{}", after.get(5..).unwrap())
        }
        _ => line.to_owned(),
    });
    lines.collect()
}

#[test]
fn an_import_tells_each_kind_of_problem_once() {
    let world = World::new();
    let file = world.file("klanten.csv", FILE);
    expect![[r#"
        4 rows, read as a CSV file (UTF-8, with commas between the cells).

                3  added
                1  rejected

        Problems
          3 values are no e-mail address and were left out: lines 3, 4 and 5
          1 value is no phone number and was left out: line 5 (Phone)
          1 row rejected, without any valid e-mail address or phone number: line 5
          To mend rejected rows: import with --rejected-to FILE.csv, mend and import that file.

        Left out, to keep no more than you need: 1 column
          Birthday
          To take one in: --with "Birthday"; or --with all.

        To take it all back: akkoord-cli import undo ID
    "#]]
    .assert_eq(&told(&world, &["import", &file]));
    expect![[r#"
        WHEN  klanten.csv
          4 rows: 3 added and 1 rejected
          Id ID
    "#]]
    .assert_eq(&told(&world, &["import", "list"]));
    expect![[r#"
        Name        E-mail or id                          Phone          Organisation
        李小龍 Lee  lee@example.be                        0470 12 34 56
        An Peeters  ID  0475 12 34 57
        Bo Peeters  ID  0475 12 34 58
        3 of 3 contacts
    "#]]
    .assert_eq(&told(&world, &["contact", "list"]));
}

/// Somebody with something of each kind; the address.
fn customer(world: &World) -> &'static str {
    let file = world.file("klanten.csv", FILE);
    world.ok(&["import", &file]);
    world.ok(&["field", "add", "bike", "--title", "Fiets", "--type", "text"]);
    let add = ["purpose", "add", "--key", "newsletter", "--title", "Nieuwsbrief", "--basis", "consent"];
    let wording = world.file("text.md", "Mogen wij u onze nieuwsbrief sturen?");
    let text = ["--wording-file", &wording, "--language", "nl", "--channels", "email", "--retention", "P24M"];
    world.ok(&[&add[..], &text].concat());
    let lee = "lee@example.be";
    world.ok(&["contact", "set", lee, "bike=rood", "language=fr"]);
    let yes = ["--purpose", "newsletter", "--answer", "given", "--how", "phone", "--until", "2099-12-31"];
    world.ok(&[&["consent", "record", lee][..], &yes].concat());
    let asks = ["--kind", "access", "--received", "2026-03-05T10:00:00Z", "--how", "email"];
    let asked = world.ok(&[&["request", "open", lee][..], &asks].concat());
    world.ok(&["request", "answer", asked["request"].as_str().unwrap(), "--on", "2026-03-20"]);
    lee
}

#[test]
fn a_page_names_everything_as_people_do() {
    let world = World::new();
    let lee = customer(&world);
    expect![[r#"
        李小龍 Lee
        Person, ID

          First name    李小龍
          Last name     Lee
          E-mail        lee@example.be
          Phone         0470 12 34 56
          Language      French
          Fiets         rood

        Where the data came from
          WHEN  klanten.csv, line 2 (recorded by An)
          WHEN  Changed by hand (recorded by An)

        What they agreed to
          Nieuwsbrief   They agree, up to and including Thursday 31 December 2099.

        How long it is kept
          May go from   1 January 2103

        What they asked for
          WHEN  Access: answered
                               Id ID
    "#]]
    .assert_eq(&told(&world, &["contact", "show", lee]));
    expect![[r#"
        When                What
        WHEN  Came in with an import, line 2
        WHEN  Changed: fiets and language
        WHEN  “Nieuwsbrief”: said yes by phone
        WHEN  Asked for access
        WHEN  The request for access moved on
    "#]]
    .assert_eq(&told(&world, &["contact", "timeline", lee]));
    expect![[r#"
        Due          Left     Asks for  Who         Id
         7 Apr 2026  28 days  Access    李小龍 Lee  ID
    "#]]
    .assert_eq(&told(&world, &["request", "list", "--on", "2026-03-10"]));
    expect![[r#"
        No  When                Door  What                About
        WHEN  cli   Vault made          ID
        WHEN  cli   File imported       ID
        WHEN  cli   Field set or added
        WHEN  cli   Purpose added       ID
        WHEN  cli   Contact changed     ID
        WHEN  cli   Consent recorded    ID
        WHEN  cli   Request noted       ID
        WHEN  cli   Request moved on    ID
    "#]]
    .assert_eq(&told(&world, &["audit", "list"]));
    expect![[r#"
        Nieuwsbrief (newsletter)
          Basis      consent
          Channels   e-mail
          Kept       24 months

    "#]]
    .assert_eq(world.words(&["purpose", "show", "newsletter"]).stdout.split_inclusive("\n\n").next().unwrap());
}

#[test]
fn doctor_says_what_is_well_and_what_to_look_at() {
    let world = World::new();
    expect![[r#"
          ok     Folder       The folder is on this computer's own disk.
          ok     Ways in      The files that hold the ways to open the vault (passphrase, keychain, recovery
                              code) are whole.
          ok     Vault        Every page of the file is as it was written.
          ok     Audit log    Nobody changed what was recorded (1 entry).
          ok     Last change  The newest change is in the vault: it was not put back to an older state.
          look   Backups      There is no backup yet. Make one: `akkoord-cli backup create`, best with --to
                              on another disk.
          ok     Clock        The clock is right as far as can be told.

        Nothing is wrong; 1 thing to look at.
    "#]]
    .assert_eq(&told(&world, &["doctor"]));
    let nobody = World::empty();
    let answer = nobody.words(&["doctor"]);
    assert_eq!((answer.exit, answer.stdout.as_str()), (4, ""), "{answer:?}");
    assert!(answer.stderr.starts_with("There is no vault in this profile.\n"), "{answer:?}");
}

#[test]
fn a_refusal_says_what_happened_what_is_safe_and_what_to_do() {
    let world = World::new();
    world.ok(&["field", "add", "bike", "--title", "Fiets", "--type", "text"]);
    world.contact(&["--given", "An", "--email", "an@example.be"]);
    expect![[r#"
        There is a field with the key "bike" already. It was not changed.
        Choose another key; `akkoord-cli field list` shows those that are taken.
    "#]]
    .assert_eq(&told(&world, &["field", "add", "bike", "--title", "Fiets", "--type", "text"]));
    expect![[r#"
        There is a contact with this e-mail already. Nothing was changed.
        Look at it first: `akkoord-cli contact show ID`. --duplicate adds
        a second one all the same.
    "#]]
    .assert_eq(&told(&world, &["contact", "add", "--given", "Bo", "--email", "an@example.be"]));
    expect![[r#"
        There is no contact "bo@example.be". Nothing was changed.
        Check how it is written.
    "#]]
    .assert_eq(&told(&world, &["contact", "show", "bo@example.be"]));
    expect![[r#"
        The birthday is no date. Nothing was changed.
        Write it as 2026-03-05.
    "#]]
    .assert_eq(&told(&world, &["contact", "set", "an@example.be", "birthday=x"]));
}

#[test]
fn a_backup_without_its_journal_says_who_may_be_back() {
    let world = World::new();
    world.contact(&["--given", "An", "--email", "an@example.be"]);
    let path = |name: &str| world.root().join(name).to_str().unwrap().to_owned();
    let file = path("away.zip");
    world.ok(&["backup", "create", "--to", &file]);
    let restored = |to: &str| world.words(&["backup", "restore", &file, "--profile-to", &path(to)]).stdout;
    let alone = restored("one");
    assert!(alone.contains("(erased.log)"), "{alone}");
    world.ok(&["erase", "an@example.be", "--reason", "verhuisd", "--yes"]);
    let beside = restored("two");
    assert!(beside.contains("Erased again") && !beside.contains("(erased.log)"), "{beside}");
}
