use super::*;

const PLACES: [Place; 4] = [
    Place { name: "name", alone: false, optional: false },
    Place { name: "reason", alone: false, optional: true },
    Place { name: "form", alone: true, optional: false },
    Place { name: "note", alone: true, optional: true },
];

fn filling(name: &str) -> Filling {
    let form = Filled::Blocks(vec![Block::Choices(vec!["ja".to_owned()])]);
    Filling::from([("name", Filled::Text(name.to_owned())), ("form", form)])
}

#[test]
fn a_text_becomes_a_paper() {
    let text = "# Aan {{name}}\n\nDag {{ name }},\ngoed?\n\n## Kop\n- een\n- {{name}}\n\n{{reason}}\n\n{{form}}\n\n{{note}}\n\n{ja} {{\n";
    let template = Template::parse(text, &PLACES).unwrap();
    assert_eq!(template.places(), ["name", "name", "name", "reason", "form", "note"]);
    let (title, body) = template.filled(&PLACES, &filling("An")).unwrap();
    assert_eq!(title, "Aan An");
    let said = |text: &str| text.to_owned();
    assert_eq!(
        body,
        [
            Block::Text(said("Dag An,\ngoed?")),
            Block::Heading(said("Kop")),
            Block::List(vec![said("een"), said("An")]),
            Block::Choices(vec![said("ja")]),
            Block::Text(said("{ja} {{")),
        ]
    );
}

#[test]
fn what_somebody_is_called_means_nothing() {
    let template = Template::parse("# x\n\nDag {{name}}\n\n{{form}}", &PLACES).unwrap();
    for name in ["{{form}}", "# kop", "\n\n## kop\n\n- punt", "}}{{name"] {
        let (_, body) = template.filled(&PLACES, &filling(name)).unwrap();
        assert_eq!(body[0], Block::Text(format!("Dag {name}")), "{name}");
        assert_eq!(body.len(), 2);
    }
}

#[test]
fn what_a_letter_cannot_be_made_of_is_refused() {
    for (text, why) in [
        ("", "no_title"),
        ("Dag", "no_title"),
        ("# \n\nDag", "no_title"),
        ("# x\n\n{{nick}}", "unknown_place"),
        ("# x\n\nDag {{nick}}", "unknown_place"),
        ("# {{form}}\n\nDag", "place_alone"),
        ("# x\n\nHier {{form}}", "place_alone"),
        ("# x\n\n- {{form}}", "place_alone"),
    ] {
        assert_eq!(Template::parse(text, &PLACES).unwrap_err().facts["why"], why, "{text}");
    }
    let missing = |text: &str| {
        let template = Template::parse(text, &PLACES).unwrap();
        template.filled(&PLACES, &filling(" ")).map_err(|problem| (problem.code, problem.facts["field"].clone()))
    };
    assert_eq!(missing("# x\n\nDag {{name}}").unwrap_err(), (Code::MissingField, "name".into()));
    assert_eq!(missing("# {{name}}").unwrap_err().1, "name");
    assert_eq!(missing("# x\n\n{{form}}\n\n{{note}}").unwrap().1.len(), 1);
}
