//! The list of all commands and events, and the TypeScript that is generated from it.
//!
//! `BINDINGS=update cargo test -p akkoord bindings` writes `ui/src/lib/bindings.ts`; a test fails when it is not up to date.

use tauri_specta::{Builder, collect_commands, collect_events};

use crate::commands::{
    call, connections, consent, drafts, erasure, files, imports, keys, people, registers, requests, settings, signed,
    vault,
};
use crate::events::Locked;

/// Everything that the page may ask for, and everything that it is told.
#[expect(clippy::too_many_lines, reason = "a list, as long as what the page may ask for")]
pub(crate) fn all() -> Builder<tauri::Wry> {
    Builder::new().dangerously_cast_bigints_to_number().disable_serde_phases().events(collect_events![Locked]).commands(
        collect_commands![
            vault::vault_state,
            vault::vault_create,
            vault::kit_confirm,
            vault::vault_unlock,
            vault::vault_recover,
            vault::code_check,
            vault::vault_restored,
            vault::vault_lock,
            vault::practice_open,
            vault::practice_close,
            vault::vault_touch,
            vault::place_warnings,
            keys::keychain_check,
            keys::ways_in,
            keys::vault_glance,
            keys::kit_new,
            keys::passphrase_set,
            keys::keychain_set,
            keys::slot_remove,
            people::contacts_find,
            people::contacts_page,
            people::contacts_choosable,
            people::contacts_facets,
            people::contacts_label,
            people::contacts_inform,
            people::contacts_uninform,
            people::contacts_waiting,
            people::contacts_waiting_all,
            people::contacts_inform_plan,
            people::contacts_duplicates,
            people::contacts_distinct,
            people::contacts_alike,
            people::contact_show,
            people::contact_timeline,
            people::contact_add,
            people::contact_set,
            people::contact_unset,
            people::contact_merge,
            people::contact_unmerge,
            people::contact_restrict,
            people::contact_unrestrict,
            consent::purposes_list,
            consent::purpose_add,
            consent::purpose_word,
            consent::purpose_revise,
            consent::purpose_set,
            consent::purpose_agreed,
            consent::law_here,
            consent::consent_strip,
            consent::consent_ways,
            consent::may,
            consent::dashboard,
            consent::consent_people,
            consent::consent_standers,
            consent::consent_history,
            consent::consent_withdraw,
            consent::consent_confirm,
            consent::consent_correct,
            consent::consent_askable,
            consent::consent_ask,
            signed::consent_batch_plan,
            signed::consent_batch,
            signed::consent_piles,
            signed::consent_unbatch,
            consent::consent_plan,
            consent::consent_prepare,
            consent::consent_askings,
            consent::asking_sent,
            consent::asking_put_away,
            consent::consent_going,
            consent::objection_record,
            consent::objection_lift,
            connections::connections_list,
            connections::connection_show,
            connections::connection_add,
            connections::connection_set,
            connections::connection_end,
            connections::contact_shared,
            connections::connection_preview,
            connections::connection_staying,
            connections::connection_export,
            connections::connection_removed,
            connections::connection_password,
            connections::connection_run,
            call::call_foresee,
            call::call_record,
            call::call_undo,
            drafts::drafts_list,
            drafts::draft_put,
            drafts::draft_discard,
            erasure::erasure_foresee,
            erasure::contact_erase,
            erasure::certificate_save,
            erasure::erasures_waiting,
            erasure::erasures_run,
            erasure::retention_list,
            erasure::retention_destroy,
            erasure::blocked_list,
            erasure::blocked_check,
            erasure::blocked_allow,
            registers::log_page,
            registers::log_verify,
            registers::log_save,
            registers::processing_show,
            registers::processing_save,
            registers::breaches_list,
            registers::breach_show,
            registers::breach_people,
            registers::breach_open,
            registers::breach_answer,
            registers::breach_save,
            registers::dossier_save,
            requests::today,
            requests::requests_list,
            requests::request_show,
            requests::request_open,
            requests::request_step,
            requests::deadline_preview,
            files::file_begin,
            files::file_done,
            files::file_forget,
            files::proof_opens,
            files::proof_open,
            files::proof_save,
            files::portability_save,
            files::list_save,
            files::asking_save,
            files::notices_save,
            files::exports_show,
            files::exports_folder,
            files::exports_choose,
            files::exports_usual,
            files::exports_back,
            imports::import_choices,
            imports::import_preview,
            imports::import_run,
            imports::import_stop,
            imports::import_rejected,
            imports::imports_list,
            imports::import_undo,
            imports::mappings_list,
            imports::mapping_keep,
            imports::mapping_rename,
            imports::mapping_forget,
            settings::fields_list,
            settings::field_set,
            settings::field_add,
            settings::business_set,
            settings::window_settings,
            settings::window_set,
            settings::window_zoom,
        ],
    )
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use specta_typescript::Typescript;

    #[test]
    fn the_bindings_are_what_is_generated_from_the_commands() {
        let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/lib/bindings.ts");
        let folder = tempfile::tempdir().unwrap();
        let made = folder.path().join("bindings.ts");
        super::all().export(Typescript::default(), &made).unwrap();
        let made = std::fs::read_to_string(made).unwrap();
        if std::env::var_os("BINDINGS").is_some_and(|value| value == "update") {
            std::fs::write(&kept, &made).unwrap();
        }
        let kept = std::fs::read_to_string(kept).unwrap_or_default();
        assert!(kept == made, "BINDINGS=update cargo test -p akkoord bindings");
    }
}
