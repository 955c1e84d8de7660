//! Says what falls due, also while the vault is locked: how many requests, and whose only where the owner allows it.

use std::thread;
use std::time::Duration;

use akkoord_office::profile::reminders::{Reminders, Said};
use akkoord_office::profile::settings::{Language, Settings};
use akkoord_office::requests::{self, Filter, Listed};
use akkoord_office::{clock, vault::Vault};
use chrono::{DateTime, Utc};
use notify_rust::{Notification, NotificationResponse};
use tauri::AppHandle;

use crate::desk::Desk;
use crate::tray;
use crate::words::{self, Words, words};

/// How often to look, for a computer that slept and a clock that was set.
const EVERY: Duration = Duration::from_secs(10);

/// What is due within so many days is told beside the clock.
const SOON: i64 = 14;

/// How many names a notification holds.
const NAMES: usize = 3;

/// What outlives one look.
struct Watch {
    app: AppHandle,
    desk: Desk,
    /// The language that was spoken last.
    language: String,
    /// Until when everything was said, for when that cannot be written down.
    said: Option<DateTime<Utc>>,
}

/// Looks as often as something changes, and now and then besides, as long as the application runs.
pub(crate) fn watch(app: AppHandle, desk: Desk) {
    let mut watch = Watch { app, desk, language: words::language(), said: None };
    thread::spawn(move || {
        watch.desk.wakes(thread::current());
        loop {
            watch.look();
            thread::park_timeout(EVERY);
        }
    });
}

impl Watch {
    fn look(&mut self) {
        let (home, now) = (self.desk.home(), clock::now());
        let kept = Settings::load(home).unwrap_or_default();
        let open = self.with_vault(|vault| {
            let waiting = if kept.reminder_names { waiting(vault, now) } else { Vec::new() };
            (Language::of_business(&vault.business().language), waiting)
        });
        let (business, waiting) = open.map_or((None, Vec::new()), |(business, waiting)| (Some(business), waiting));
        // Not the system's: that tells it on no two systems alike, and the window beside it speaks the vault's.
        if let Some(language) = kept.language.or(business).or(kept.spoken()) {
            code(language).clone_into(&mut self.language);
        }
        let (words, reminders) = (words(&self.language), Reminders::load(home));
        // A clock that was put back makes no word come late.
        let said = Said::load(home).until.max(self.said).map(|until| until.min(now));
        let word = reminders.word(said, now);
        if !word.is_empty() && self.say(words, &words.sentences(&word, |days| names(&waiting, days))) {
            self.said = Some(now);
            // Where it cannot be written it is not said again until the next start.
            let _ = Said { until: self.said }.save(home);
        }
        tray::tell(&self.app, words, words.line(&reminders.standing(SOON, now)));
    }

    /// Something of the business's own vault, if that is open and nothing long holds it.
    fn with_vault<T>(&self, ask: impl FnOnce(&Vault) -> T) -> Option<T> {
        let held = self.desk.held_at_rest()?;
        if held.practice { None } else { held.vault.as_ref().map(ask) }
    }

    /// Shows a notification; a click on it brings the window forward. Whether there is anybody to show it.
    fn say(&self, words: &Words, sentences: &str) -> bool {
        let mut notification = Notification::new();
        notification.appname("Akkoord").summary(words.answer).body(&marked_up(sentences)).action("default", words.open);
        #[cfg(target_os = "linux")]
        notification.icon("akkoord").hint(notify_rust::Hint::DesktopEntry("Akkoord".to_owned()));
        #[cfg(target_os = "windows")]
        notification.app_id(&self.app.config().identifier);
        #[cfg(target_os = "macos")]
        let _ = notify_rust::set_application(&self.app.config().identifier);
        let Ok(shown) = notification.show() else { return false };
        let app = self.app.clone();
        thread::spawn(move || {
            let answered = |response: &NotificationResponse| {
                if matches!(response, NotificationResponse::Default | NotificationResponse::Action(_)) {
                    tray::show(&app);
                }
            };
            // Whoever does not wait for an answer hears of no click; the window is still beside the clock.
            let _ = shown.wait_for_response(answered);
        });
        true
    }
}

/// Requests that are not closed. What cannot be read now has no names.
fn waiting(vault: &Vault, now: DateTime<Utc>) -> Vec<Listed> {
    requests::list(vault, Filter::Open, None, now).map(|list| list.requests).unwrap_or_default()
}

/// Who waits with so many days left; `None` for who waits too long. All of them or, where there are many, nobody.
fn names(waiting: &[Listed], days: Option<i64>) -> Vec<String> {
    let meant = |one: &&Listed| days.map_or(one.overdue, |days| !one.overdue && one.days_left == days);
    let names: Vec<String> = waiting.iter().filter(meant).map(|one| one.name.clone()).collect();
    if names.len() > NAMES { Vec::new() } else { names }
}

fn code(language: Language) -> &'static str {
    match language {
        Language::Nl => "nl",
        Language::En => "en",
    }
}

/// A name is text: on the desktops that read markup in a notification it is escaped.
fn marked_up(text: &str) -> String {
    if cfg!(target_os = "linux") {
        text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
    } else {
        text.to_owned()
    }
}
