//! The whole portal over real HTTP: real stores, real files, and the sandbox as the world around it.
//!
//! A case is a function that takes a world. `on_both_stores` runs each on SQLite and on PostgreSQL; `on_sqlite` is for what
//! has nothing to do with the store.

// The cases are called by tests, but are none themselves, as the lint sees it.
#![allow(clippy::unwrap_used)]

mod acting;
mod alarms;
mod audit_trail;
mod backups;
mod browser;
mod bucket;
mod clamd;
mod commitments;
mod cross_site;
mod decisions;
mod deploying;
mod faults;
mod files;
mod filing_once;
mod hand_over;
mod hostile_sign_ins;
mod imports;
mod journey;
mod language;
mod large_bodies;
mod licence;
mod live_changes;
mod load;
mod locked_store;
mod mailbox;
mod market_channel;
mod moving;
mod multipart;
mod normal_forms;
mod notices;
mod notices_by_mail;
mod one_declaration;
mod operator;
mod overload;
mod overviews;
mod pace;
mod page;
mod panics;
mod pasted_rows;
mod place;
mod planted_secrets;
mod platform;
mod platform_events;
mod platform_moods;
mod pledging;
mod program;
mod public_commitments;
mod public_log;
mod public_side;
mod receipts;
mod records;
mod registrations;
mod repair_progress;
mod repairs;
mod safety;
mod scanning;
mod secrets;
mod sessions;
mod signed_out_typing;
mod signing_in;
mod signing_keys;
mod slow_lines;
mod strangers;
mod templates;
mod traces;
mod two_tabs;
mod uploads;
mod witness;
mod witnesses;
mod world;

macro_rules! run {
    ($place:ident; $($module:ident: $($(#[$note:meta])* $case:ident),+;)+) => {
        $(mod $module {
            $($(#[$note])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $case() {
                crate::world::$place(crate::$module::$case).await;
            })+
        })+
    };
}

macro_rules! on_both_stores {
    ($($list:tt)+) => {
        mod on_sqlite {
            run! { on_sqlite; $($list)+ }
        }
        mod on_postgres {
            run! { on_postgres; $($list)+ }
        }
    };
}

/// With a scanner set up; each case decides what there is of it.
macro_rules! scanned {
    ($place:ident) => {
        run! {
            $place;
            scanning:
                a_clean_file_opens_after_its_scan_and_is_sent,
                what_was_not_looked_at_does_not_open_and_is_accepted_all_the_same,
                an_infected_file_of_a_draft_is_refused_with_its_sentence,
                an_infected_file_of_a_filing_sends_it_back_and_nothing_to_the_platform,
                an_infected_filing_that_is_withdrawn_has_nothing_to_be_taken_back_at_the_platform,
                a_scanner_that_is_down_delays_and_loses_nothing,
                files_from_before_there_was_a_scanner_are_looked_at_when_they_are_wanted;
        }
    };
}

on_both_stores! {
    journey:
        a_licence_is_registered_from_sign_in_to_receipt_without_javascript;
    decisions:
        a_returned_filing_is_corrected_and_superseded,
        a_correction_says_what_was_authorised_before_and_has_to_be_said_anew,
        what_was_withdrawn_is_filled_in_again_without_typing_it_anew,
        a_licence_that_has_expired_is_filed_after_a_warning,
        a_granted_filing_is_published_and_stopped,
        a_refused_filing_shows_every_reason,
        a_withdrawn_authorisation_takes_effect_at_once_and_reaches_the_platform,
        a_published_item_is_corrected_by_a_new_revision,
        what_is_found_untrue_says_so_and_is_not_published,
        a_refusal_names_the_fields_it_is_about;
    public_commitments:
        an_agent_asks_and_the_representative_signs_what_everyone_then_finds,
        a_commitment_is_taken_back_by_who_may_sign_and_stays_in_public_as_such,
        what_an_authority_found_is_shown_with_who_and_what_was_not_kept,
        a_file_of_all_commitments_from_which_one_was_left_out_is_found_out,
        a_file_is_complete_also_of_what_leaves_the_list_while_it_is_written,
        after_its_term_a_commitment_is_gone_and_says_only_that;
    repairs:
        an_application_is_filed_with_its_signed_commitment_and_reaches_the_platform,
        every_fault_of_an_application_is_listed_at_once,
        a_commitment_for_another_decision_is_not_taken,
        nothing_was_fulfilled_before_it_was_demanded,
        what_cannot_be_applied_for_leads_to_the_record_that_says_why,
        which_way_is_right_is_asked_before_several_applications_are_begun,
        while_the_platform_does_not_answer_nothing_is_filed_and_everything_is_kept,
        a_returned_application_is_corrected_with_the_same_commitment,
        the_commitment_of_an_application_is_withdrawn_only_with_it,
        after_a_grant_the_record_is_shown_nowhere,
        an_objection_says_what_is_wrong_and_what_it_should_be,
        a_returned_objection_is_corrected_and_submitted_again,
        what_changed_at_the_platform_is_shown_and_taken_over,
        what_was_changed_since_it_was_shown_is_not_submitted_together;
    market_channel:
        its_commitment_is_its_own_and_the_platform_is_told_the_channel;
    one_declaration:
        every_declared_field_is_found_everywhere;
    records:
        the_records_say_what_can_be_done_today_and_from_when,
        while_the_platform_is_down_the_last_reading_is_shown_with_its_time;
    registrations:
        every_group_is_registered_from_its_start_page_to_the_platform,
        how_much_is_public_is_chosen_shown_and_sent;
    signing_in:
        a_callback_opens_one_session_in_the_browser_that_began,
        a_session_is_a_new_one_after_signing_in,
        signing_out_ends_the_session_here_and_at_the_provider;
    sessions:
        a_session_ends_after_half_an_hour_without_use,
        a_session_ends_after_twelve_hours_of_use;
    audit_trail:
        what_people_do_is_entered_with_who_for_whom_and_from_where;
    acting:
        an_agent_without_a_mandate_drafts_and_the_legal_representative_files,
        a_person_of_two_enterprises_chooses_one;
    strangers:
        nothing_of_another_enterprise_is_there_on_any_route;
    signed_out_typing:
        what_was_typed_comes_back_after_signing_in_again,
        a_draft_that_was_changed_meanwhile_shows_both_versions;
    two_tabs:
        two_versions_stand_side_by_side_and_either_can_stay,
        a_choice_over_an_older_version_is_asked_again,
        what_was_typed_while_somebody_compared_is_shown_before_it_is_chosen_over,
        a_draft_saves_itself_and_says_when;
    filing_once:
        the_same_post_twice_makes_one_filing,
        twenty_posts_at_once_make_one_filing,
        what_was_changed_since_it_was_reviewed_is_not_filed,
        a_deleted_draft_is_gone_with_its_files,
        a_withdrawal_before_the_decision_reaches_the_platform,
        a_withdrawal_while_the_platform_is_down_follows_the_submission;
    imports:
        a_table_is_sent_mended_and_filed_without_javascript;
    pasted_rows:
        pasted_rows_are_kept_read_and_filed_without_javascript;
    files:
        a_file_that_cannot_be_taken_stays_in_the_list_with_its_reason,
        an_eleventh_file_is_refused_and_the_ten_are_kept;
    uploads:
        a_file_arrives_in_parts_and_goes_on_after_a_line_that_dropped;
    platform_moods:
        a_filing_waits_in_words_and_arrives_once,
        what_the_platform_will_not_take_comes_back_with_comments,
        a_spent_schedule_is_shown_and_not_dropped;
    platform_events:
        a_message_that_cannot_be_verified_changes_nothing,
        a_message_that_comes_again_changes_nothing,
        messages_out_of_order_and_of_unknown_kinds_are_tolerated,
        an_event_may_overtake_the_answer_to_our_own_delivery;
    live_changes:
        an_open_page_hears_of_an_event_within_two_seconds,
        an_open_import_hears_how_far_it_is;
    load:
        eight_people_at_once_meet_no_fault;
    notices:
        what_the_platform_does_is_told_and_read_with_its_filing,
        all_notices_can_be_marked_as_read_at_once,
        nobody_sees_the_notices_of_another_enterprise;
    notices_by_mail:
        an_address_is_told_once_it_was_confirmed;
    alarms:
        staff_are_mailed_once_of_what_needs_them_and_again_when_there_is_more,
        staff_are_told_of_what_could_not_be_delivered_for_a_day;
    overviews:
        the_overview_says_where_everything_stands,
        what_the_platform_has_on_file_is_read_live_and_kept_for_when_it_is_down,
        everything_can_be_taken_away;
    safety:
        what_people_and_the_platform_write_is_shown_and_never_run;
    commitments:
        a_commitment_is_signed_as_it_was_shown_and_reaches_the_platform,
        an_agent_prepares_and_asks_and_the_representative_signs,
        how_a_commitment_is_kept_is_reported_by_the_enterprise_and_found_by_the_authority;
    public_side:
        a_published_item_is_found_and_shown_with_its_source_and_dates,
        what_is_stopped_is_gone_at_once_and_what_is_past_its_last_day_too,
        what_the_platform_publishes_without_authority_is_public_nowhere_and_its_owner_is_told;
    public_log:
        the_log_is_verified_from_outside,
        another_reader_verifies_the_log_too;
    secrets:
        no_public_answer_holds_a_secret;
    signing_keys:
        a_key_is_enrolled_tried_and_revoked,
        what_does_not_hold_enrols_nothing;
    receipts:
        a_signed_commitment_is_proven_by_its_receipt_for_good,
        a_public_commitment_is_looked_up_and_its_receipt_is_open,
        who_holds_a_certificate_is_given_its_receipt_and_nobody_else,
        the_holder_of_a_receipt_is_told_what_became_of_the_commitment;
    repair_progress:
        a_repair_is_followed_from_the_platform_to_its_proof,
        a_refusal_is_named_by_whether_it_was_accepted_before;
    hand_over:
        a_package_holds_everything_and_is_always_the_same,
        what_was_handed_over_is_followed_by_hand_until_the_platform_tells,
        a_package_that_is_taken_back_waits_for_nobody,
        terms_run_from_the_day_that_is_entered_and_not_from_that_of_typing,
        the_latest_entry_by_hand_is_taken_back_and_entered_anew;
    program:
        a_world_answers;
}

mod scanned_on_sqlite {
    scanned! { scanned_on_sqlite }
}

mod scanned_on_postgres {
    scanned! { scanned_on_postgres }
}

mod scanned_on_one_store {
    run! {
        scanned_on_sqlite;
        scanning:
            the_operator_sees_how_the_scanner_stands,
            a_file_that_arrived_in_parts_is_looked_at_too;
        hand_over:
            a_package_waits_until_every_file_was_looked_at;
    }
}

mod on_one_store {
    run! {
        on_sqlite;
        templates:
            templates_are_listed_by_kind_without_signing_in,
            a_template_is_shown_whole_with_the_ordinary_way_beside_it,
            a_version_that_commitments_refer_to_has_its_own_address,
            templates_are_shown_in_english_with_the_chinese_text;
        signing_in:
            a_page_that_was_asked_for_comes_after_signing_in,
            an_id_token_that_does_not_hold_opens_no_session,
            a_callback_that_was_tampered_with_opens_no_session,
            a_sign_in_that_took_longer_than_an_hour_is_too_old,
            signing_in_that_was_cancelled_says_so,
        who_is_signed_in_and_cancels_confirming_anew_is_led_back_signed_in,
            a_provider_that_is_down_is_said_to_be,
            nobody_can_be_sent_elsewhere_after_signing_in;
        signing_keys:
            an_enrolment_is_its_persons_and_lasts_ten_minutes,
            a_key_is_enrolled_only_after_showing_anew_who_one_is,
            who_acts_for_two_enterprises_goes_on_for_the_same_one,
            only_who_may_sign_enrols_and_only_owner_or_representative_revokes,
            the_pages_bring_every_word_that_the_browser_says;
        sessions:
            a_post_without_a_session_says_so_and_leads_back,
            a_person_sees_where_they_are_signed_in_and_ends_it_elsewhere;
        acting:
            an_agent_with_a_mandate_files;
        strangers:
            every_route_of_the_router_is_in_one_of_three_lists,
            without_a_session_nothing_of_ones_own_is_shown_or_done,
            without_a_session_no_route_tells_what_is_there;
        signed_out_typing:
            more_than_any_form_holds_is_kept_for_no_stranger,
            what_was_typed_is_not_put_into_another_enterprises_draft,
            a_person_of_two_enterprises_comes_back_to_the_drafts_own,
            posts_of_two_windows_both_come_back,
            what_was_typed_is_kept_while_the_provider_is_down,
            what_was_typed_is_not_used_up_by_a_way_that_was_not_gone_to_its_end;
        imports:
            a_row_that_needs_a_file_becomes_a_draft,
            what_cannot_be_read_is_said_and_the_file_is_kept,
            a_reading_that_was_broken_off_is_taken_up_again,
            a_file_that_ends_whoever_reads_it_is_not_read_for_ever,
            who_may_not_file_cannot_file_rows;
        pasted_rows:
            rows_that_cannot_be_read_stand_there_again_for_whom_they_belong_to,
            nothing_pasted_is_said_at_its_field;
        two_tabs:
            the_same_answers_in_two_windows_are_no_conflict;
        files:
            a_deceiving_file_name_is_shown_harmless,
            a_download_can_do_nothing_in_a_browser,
            a_refused_file_cannot_be_downloaded,
            an_upload_that_breaks_off_leaves_nothing_and_keeps_the_text,
            a_post_that_breaks_off_in_the_text_loses_nothing_that_was_kept,
            a_body_that_cannot_be_read_is_no_second_version,
            the_review_lists_what_will_be_sent;
        uploads:
            what_is_refused_says_so_and_what_is_given_up_is_gone,
            what_nobody_finished_goes_after_a_day,
            no_more_files_begin_than_a_draft_takes;
        large_bodies:
            a_body_over_128_megabytes_is_refused_and_its_text_kept,
            a_plain_form_over_its_limit_is_refused_in_words,
            an_answer_that_is_too_long_is_kept_to_be_shortened;
        operator:
            a_parked_filing_is_found_and_sent_again_by_somebody_with_a_name,
            figures_are_given_without_ids;
        platform_moods:
            a_platform_that_asks_for_patience_gets_it,
            a_slow_platform_does_not_slow_the_portal,
            a_correction_of_what_the_platform_never_took_is_taken,
            a_platform_that_tells_everything_twice_is_heard_once;
        platform_events:
            forged_messages_are_refused_each_time_and_recorded_only_so_often,
            keys_can_change_without_losing_a_message;
        audit_trail:
            why_a_sign_in_was_refused_is_entered,
            the_operator_reads_it_by_command_and_stands_in_it;
        pace:
            an_address_that_is_too_long_is_answered_in_words,
            a_method_that_is_none_of_ours_is_refused;
        cross_site:
            a_post_from_another_site_is_refused_on_every_route,
            a_browser_too_old_to_say_where_it_posts_from_is_served,
            the_list_of_posts_is_that_of_the_router;
        repairs:
            after_a_grant_nothing_is_applied_for_while_the_platform_still_publishes,
            after_a_grant_in_part_the_record_is_still_there,
            a_record_without_a_number_is_repaired_and_objected_to,
            a_commitment_that_was_not_kept_serves_no_application;
        safety:
            every_kind_of_answer_carries_the_safety_headers,
            what_was_typed_stands_in_no_address;
        records:
            a_stopped_record_says_since_when_and_nothing_it_said,
            what_is_true_of_a_record_leads_to_the_right_way,
            what_belongs_elsewhere_is_named_and_pointed_there,
            what_was_given_badly_is_said_in_words_and_not_guessed,
            who_is_barred_reads_until_when_and_why,
            the_day_to_come_can_be_put_into_a_calendar,
            five_hundred_records_are_a_fast_page;
        registrations:
            a_correction_shows_who_will_see_more_than_before;
        language:
            the_whole_journey_is_english_for_who_chose_it,
            what_was_typed_is_kept_when_a_language_or_a_size_is_chosen_in_the_form,
            large_type_is_kept_until_it_is_switched_off;
        commitments:
            what_was_not_signed_as_shown_is_refused_and_the_draft_stays,
            a_key_enrolled_in_another_role_signs_nothing,
            notify_and_commit_is_chosen_freely_and_not_open_to_who_broke_a_commitment,
            while_the_platform_cannot_be_asked_drafting_goes_on_and_signing_waits,
            a_number_below_what_the_template_asks_is_said_at_its_place,
            a_blank_with_too_much_or_what_cannot_be_seen_is_refused_and_stays_in_the_draft,
            where_the_template_allows_it_a_fresh_proof_of_identity_confirms_instead;
        public_side:
            an_address_that_is_none_is_answered_in_words,
            one_address_can_ask_only_so_much,
            script_in_a_name_is_shown_and_not_run;
        public_log:
            what_never_changes_may_be_kept_and_what_grows_may_not,
            the_first_thing_that_was_changed_is_named,
            the_command_says_whether_a_log_holds,
            a_log_that_was_rewritten_is_found_by_its_root,
            a_size_is_never_signed_with_two_roots,
            a_portal_with_another_key_does_not_start,
            a_portal_whose_log_has_gone_back_does_not_start;
        receipts:
            what_does_not_hold_is_told_apart,
            a_receipt_that_names_an_agent_is_not_open_to_everyone,
            a_certificate_of_another_portal_is_told_from_our_own,
            of_a_commitment_of_limited_scope_its_holder_is_told_and_nobody_else,
            a_certificate_has_its_receipt_attached,
            the_command_verifies_without_the_portal,
            openssl_verifies_what_a_receipt_holds;
        normal_forms:
            codes_and_dates_are_read_in_every_usual_spelling,
            what_cannot_be_meant_is_said_at_the_field;
        notices:
            notices_are_english_for_who_chose_it;
        overviews:
            everything_can_be_taken_away_as_pdf_where_there_is_a_font;
        notices_by_mail:
            what_is_no_address_is_said_at_the_field,
            a_mail_that_does_not_go_is_tried_for_two_days_and_then_shown_to_the_operator,
            an_address_that_is_refused_is_given_up_and_a_mail_server_that_is_busy_is_waited_for;
        repair_progress:
            an_objection_that_is_upheld_says_so_and_proves_no_repair,
            a_deadline_that_is_over_is_said_to_be_and_one_into_an_unknown_year_is_not_certain;
        hand_over:
            what_is_entered_by_hand_is_checked_and_stays_in_its_field,
            the_day_of_an_entry_is_checked_and_the_sentence_says_how_to_mend_it,
            a_number_is_entered_also_after_the_platform_told_that_it_is_checked,
            no_application_is_open_again_whose_commitment_is_gone,
            what_the_platform_told_is_taken_back_by_nobody,
            an_entry_that_changed_meanwhile_is_not_taken_back,
            nothing_is_entered_by_hand_of_what_the_platform_has,
            a_package_names_the_official_entrance_of_its_channel;
        market_channel:
            it_is_handed_over_by_itself_while_the_other_channel_goes_by_the_platform;
        locked_store:
            a_locked_store_accepts_nothing_and_says_so,
            a_page_can_be_read_while_the_store_takes_no_writes,
            what_was_typed_while_the_store_takes_no_writes_is_sent_again_by_a_button;
    }
}
