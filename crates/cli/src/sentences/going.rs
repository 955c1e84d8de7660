//! Sentences about what was to leave, or to be erased, and does not.

/// By the `why` of a problem.
pub(super) fn sentence(why: &str) -> Option<(&'static str, &'static str)> {
    Some(match why {
        "mail" => (
            "No mail may go to them ({reasons}). Nothing was written or sent.",
            "`akkoord-cli may` says why, and what would be allowed.",
        ),
        "own_template" => (
            "For that purpose Akkoord writes the mail itself. Nothing was written or sent.",
            "Use --template ask or --template inform.",
        ),
        "nothing_to_weigh" => ("Only an objection is weighed.", "This request is another one."),
        "rights_of_whom" => (
            "An answer goes to somebody who asked. Nothing was written or sent.",
            "Name their request with --request; `akkoord-cli request list` shows it.",
        ),
        "not_erasure" => (
            "That request asks for something else, or is closed. Nobody was erased.",
            "Note their request for erasure with `akkoord-cli request open`, or give a --reason.",
        ),
        "hold_too_far" => {
            ("The last day of the duty lies more than a hundred years ahead. Nothing was changed.", "Check the year.")
        }
        "no_hold" => (
            "Nobody said until when this contact must be kept. Nothing was changed.",
            "`akkoord-cli contact show` shows how it stands.",
        ),
        "odd_line" => (
            "Line {line} of the form has a cell too few or too many. Nothing was changed.",
            "Put a value with a comma between quotes, or save the form as a table again.",
        ),
        "mail_state" => (
            "That cannot be done with this mail: it is {state}. Nothing was changed.",
            "`akkoord-cli mail outbox --all` shows where each mail stands.",
        ),
        "no_server" => (
            "\"{given}\" is no server. Nothing was changed.",
            "A server looks like mail.example.be, or mail.example.be:587 with its port.",
        ),
        _ => return super::fields::sentence(why),
    })
}
