//! What every store must do, shown on each of them.
//!
//! A case is a function that takes an empty store. `on_both_stores` runs each on SQLite and on PostgreSQL; what only one of
//! them can do or suffer stands in its own module.

// The cases are called by tests, but are none themselves, as the lint sees it.
#![allow(clippy::unwrap_used)]

mod acceptance;
mod alone_postgres;
mod alone_sqlite;
mod audit;
mod claim_plans;
mod commitments;
mod couriers;
mod deliveries;
mod drafts;
mod enterprises;
mod events;
mod filings;
mod imports;
mod log;
mod mails;
mod notices;
mod operations;
mod overviews;
mod places;
mod public_plans;
mod publications;
mod reconciling;
mod record_matters;
mod samples;
mod scans;
mod sessions;
mod shared_buckets;
mod signing_keys;
mod simulation;
mod templates;

macro_rules! on_both_stores {
    ($($module:ident: $($case:ident),+;)+) => {
        mod on_sqlite {
            $(mod $module {
                $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $case() {
                    crate::places::on_sqlite(crate::$module::$case).await;
                })+
            })+
        }

        mod on_postgres {
            $(mod $module {
                $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $case() {
                    crate::places::on_postgres(crate::$module::$case).await;
                })+
            })+
        }
    };
}

on_both_stores! {
    sessions:
        the_store_answers_and_can_be_written,
        a_sign_in_comes_back_as_it_began_and_is_taken_once,
        a_sign_in_is_taken_only_by_the_browser_that_began_it,
        what_is_parked_waits_for_its_browser_until_it_is_back,
        one_browser_begins_only_so_many_sign_ins,
        of_many_takings_at_once_one_gets_the_sign_in,
        a_session_is_found_until_it_ends,
        a_new_session_ends_the_one_it_replaces,
        a_session_remembers_its_use_and_its_enterprise,
        all_sessions_of_a_person_end_at_once_and_nobody_elses,
        pruning_removes_what_is_old_and_nothing_else;
    drafts:
        a_draft_comes_back_as_it_was_begun,
        kept_answers_raise_the_version,
        the_same_answers_again_change_nothing,
        answers_over_an_older_version_are_kept_as_a_rival,
        what_one_window_types_over_a_newer_version_is_one_rival,
        of_many_changes_at_once_one_is_the_draft_and_none_is_lost,
        settling_makes_the_answers_the_draft_and_drops_its_rivals,
        settling_over_an_older_version_drops_nothing,
        what_nobody_was_shown_stays_when_somebody_chooses,
        files_keep_their_order_and_leave_the_version_alone,
        files_added_at_once_are_all_there,
        two_windows_keep_no_more_files_than_a_draft_takes,
        a_deleted_draft_is_gone_with_its_rivals_and_files,
        a_draft_that_is_not_there_is_gone,
        drafts_are_listed_latest_change_first,
        characters_of_every_kind_are_kept;
    acceptance:
        a_filing_is_born_with_its_history_and_its_delivery,
        accepting_twice_changes_nothing,
        fifty_acceptances_at_once_make_one_filing,
        answers_changed_since_the_review_are_not_accepted,
        files_changed_since_the_review_are_not_accepted,
        a_draft_that_is_not_there_cannot_be_accepted,
        a_refused_acceptance_leaves_the_draft_as_it_was,
        a_correction_takes_the_place_of_what_it_corrects,
        only_a_returned_filing_can_be_replaced,
        a_correction_is_begun_once,
        a_correction_is_begun_once_by_many_at_once;
    filings:
        filings_are_listed_newest_first_page_by_page,
        a_withdrawal_is_kept_and_sent_after_the_submission,
        a_decided_filing_cannot_be_withdrawn,
        a_withdrawn_authorisation_ends_the_publication_and_is_sent,
        of_two_authorisations_withdrawn_at_once_the_later_tells_of_both,
        every_history_entry_counts_as_a_change;
    couriers:
        what_takes_long_keeps_only_its_own_seat,
        a_courier_that_begins_in_an_outage_costs_one_row_a_try_and_no_more,
        what_was_claimed_ahead_is_left_to_others_when_the_platform_fails_and_when_the_courier_stops,
        the_platform_has_to_answer_only_so_many_at_once_and_each_once;
    deliveries:
        a_delivery_is_given_out_once_with_the_kept_files,
        a_delivery_is_given_out_again_when_its_lease_ends,
        claimers_at_once_never_get_the_same_delivery,
        of_one_filing_only_the_oldest_delivery_is_given_out,
        a_parked_delivery_holds_back_those_behind_it,
        waiting_is_not_counted_as_a_try,
        a_failed_try_is_counted_and_due_later,
        a_parked_delivery_needs_attention,
        a_delivered_submission_moves_the_filing,
        a_submission_sent_back_at_once_is_the_platforms_doing,
        a_delivery_that_events_have_overtaken_is_done_all_the_same,
        many_that_end_at_once_come_each_to_their_own_end,
        deliveries_are_given_out_oldest_first_and_not_more_than_asked_for;
    events:
        an_event_is_applied_once,
        an_event_that_arrives_many_times_at_once_is_applied_once,
        different_events_of_one_filing_at_once_are_all_applied,
        an_event_out_of_order_is_recorded_and_not_applied,
        events_that_overtook_the_one_they_follow_are_applied_after_it,
        an_event_of_an_unknown_type_is_recorded,
        an_event_of_a_filing_that_we_do_not_have_is_recorded,
        an_event_with_odd_characters_is_recorded,
        only_the_newest_thousand_refused_messages_are_kept;
    operations:
        an_enterprise_with_many_deliveries_does_not_hold_up_the_others,
        nothing_of_a_correction_goes_out_before_what_it_corrects,
        what_waits_behind_something_parked_of_what_it_corrects_is_said_to,
        a_parked_row_is_moved_again_by_somebody_with_a_name,
        a_row_is_parked_by_hand_unless_a_courier_has_it,
        a_delivery_that_was_given_up_is_settled_when_the_platform_speaks_of_it,
        what_was_delivered_long_ago_is_removed_and_the_filing_stays,
        the_breaker_is_kept_as_it_last_changed,
        one_process_at_a_time_reconciles,
        a_clock_that_was_ahead_puts_nothing_off_for_long,
        what_the_list_holds_is_compared_with_what_we_hold,
        the_last_hundred_reports_are_kept,
        silence_is_told_to_support_and_then_to_the_owner_once_each;
    audit:
        what_was_done_comes_back_in_its_order_and_by_enterprise,
        what_the_operator_did_to_a_row_stands_among_the_rest,
        what_is_older_than_is_to_be_kept_goes,
        refused_sign_ins_do_not_fill_the_store;
    reconciling:
        what_a_restored_platform_has_lost_is_named,
        one_submission_that_cannot_be_read_holds_up_no_other;
    publications:
        an_item_is_public_from_its_publication_to_its_stop,
        without_the_authorisation_nothing_is_public,
        the_last_day_is_shown_and_the_next_is_not,
        a_part_of_a_name_is_found_however_it_is_typed,
        the_beginning_of_a_code_finds_those_that_begin_so,
        pages_follow_each_other_without_gap_or_repetition,
        items_are_listed_latest_first_page_by_page,
        an_enterprise_is_found_under_its_newest_name_only,
        publications_of_one_enterprise_at_once_are_all_counted,
        other_terms_move_the_last_days_and_the_same_terms_do_nothing;
    notices:
        what_the_platform_did_is_told_and_what_the_enterprise_did_is_not,
        a_delivery_that_is_taken_or_parked_is_told,
        notices_are_read_by_filing_or_all_at_once,
        notices_are_listed_newest_first_page_by_page,
        an_expiry_is_told_once_for_each_last_day,
        decided_filings_are_walked_in_order;
    mails:
        an_address_counts_once_its_link_was_followed,
        a_second_link_takes_the_place_of_the_first,
        addresses_and_links_are_limited,
        a_notice_goes_to_every_confirmed_address_of_its_enterprise,
        a_mail_is_given_out_once_until_its_lease_ends,
        mails_that_do_not_go_are_counted_until_they_are_given_up,
        mails_that_were_settled_are_taken_out_after_a_while;
    overviews:
        filings_are_counted_by_where_they_stand,
        all_filings_of_an_enterprise_are_walked_in_order,
        the_latest_reading_is_kept;
    scans:
        a_content_is_scanned_once_however_often_it_is_asked_for,
        a_scan_is_given_out_again_when_its_lease_ends,
        claimers_at_once_never_get_the_same_scan,
        a_scan_that_failed_is_due_later_and_never_given_up,
        a_verdict_stands,
        an_infected_content_is_refused_in_every_draft_and_stays_in_filings,
        a_content_known_as_infected_is_refused_as_it_comes,
        files_that_come_while_their_content_is_found_infected_are_all_refused,
        a_file_found_infected_since_the_review_is_not_filed,
        filing_and_finding_at_once_leave_no_refused_file_in_a_filing,
        a_filing_that_the_portal_sends_back_says_so_and_is_not_sent;
    signing_keys:
        a_key_is_enrolled_once_and_comes_back_as_it_is,
        an_enrolment_is_for_its_person_and_enterprise_and_ten_minutes,
        of_many_enrolments_at_once_one_is_the_key,
        the_same_key_is_not_enrolled_twice,
        keys_are_listed_newest_first_for_whom_they_sign,
        a_key_is_revoked_once_by_its_own_enterprise,
        what_a_revoked_key_signed_is_not_accepted;
    imports:
        an_import_is_read_once_and_comes_back_as_it_was_read,
        a_refused_file_says_why_until_it_is_put_away,
        a_row_is_mended_over_the_version_that_was_seen,
        a_row_is_filed_once_by_many_at_once,
        only_the_rows_that_somebody_was_shown_are_ordered_to_be_filed,
        rows_without_fault_become_drafts_once,
        another_enterprise_sees_no_import_and_changes_none;
    log:
        an_empty_log_has_nothing_but_a_head,
        entries_come_back_as_they_were_hashed_and_in_order,
        every_entry_is_provable_at_every_size,
        sixty_four_appends_at_once_make_one_dense_log,
        a_log_belongs_to_the_key_that_came_first;
    templates:
        a_version_of_a_template_is_remembered_once_and_never_changes,
        templates_remembered_by_several_at_once_are_there_once,
        a_template_that_left_the_folder_is_still_shown_and_one_that_changed_stops_the_start;
    commitments:
        codes_are_dense_and_unique_however_many_are_accepted_at_once,
        a_commitment_is_public_from_its_publication_to_its_last_day,
        what_is_not_open_to_everyone_is_never_public,
        commitments_are_found_by_each_filter,
        pages_of_commitments_follow_each_other_without_gap_or_repetition,
        an_end_is_entered_into_the_log_once,
        what_was_never_granted_does_not_end,
        the_list_is_kept_in_the_log_entry_by_entry,
        a_commitment_is_found_by_its_code_for_its_own_enterprise,
        a_signature_is_asked_for_until_the_draft_is_signed_or_gone;
    record_matters:
        what_the_enterprise_says_is_its_own_word_and_goes_nowhere,
        what_is_taken_back_of_it_is_confirmed_at_once,
        what_is_entered_by_hand_keeps_the_day_that_was_named,
        the_latest_entry_by_hand_is_taken_back_once_and_stays_in_the_history,
        what_the_platform_told_keeps_an_entry_from_being_taken_back,
        an_entry_is_not_taken_back_over_another_open_filing_about_the_record;
    enterprises:
        another_enterprise_sees_no_draft_and_changes_none,
        another_enterprise_sees_no_filing_and_changes_none;
}
