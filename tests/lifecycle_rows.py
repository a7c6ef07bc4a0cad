"""The rows of the life of a request, and the tests that tell each of them (tests/test_lifecycle_rows.py).

A row more is one line: its name, then « file::test » from the folder of the tests, as many as there are.
"""

_TABLE = "tickets/lifecycle/test_table.py::test_move"
_ROWS = "tickets/lifecycle/test_rows.py"
_MOVING = "tickets/services/test_moving.py::test_move_changes_the_request"
_RULES = "notifications/test_rules.py"
_WALKS = "tickets/lifecycle/walks/test_walks.py::test_any_walk_keeps_every_request_sound"
_GUESTS = "tickets/test_participants.py"
_NEWS = "gestion/test_news.py"

PEOPLE = {
    "requester": (
        "tickets/test_querysets.py::test_visible_to",
        "tickets/views/test_ticket.py::test_an_internal_note_is_shown_to_nobody_here",
    ),
    "participant": (
        f"{_GUESTS}::test_guest_comments_and_joins_a_file_on_the_page",
        f"{_GUESTS}::test_guest_leaves_by_herself_and_lands_on_her_dashboard",
    ),
    "participant by address": (f"{_GUESTS}::test_link_reads_shows_no_note_and_opens_no_file",),
    "handler, observer, manager": (
        "tickets/lifecycle/test_kinds.py::test_kind_of_person",
        "tickets/test_querysets.py::test_staffed_by",
    ),
    "assignee": (_TABLE,),
    "system": ("tickets/services/test_daily.py::test_second_run_and_late_run_do_a_thing_once",),
    "roles stop at a confidential theme": (
        "tickets/lifecycle/test_kinds.py::test_roles_given_above_a_confidential_theme_stop_there",
    ),
    "administrator says why": (
        "tickets/test_admin_access.py::test_nothing_before_all_for_an_hour_nothing_after",
    ),
    "who sees it, and why": ("gestion/test_readers.py::test_readers_are_those_who_see_it",),
    "see is a queryset": ("tickets/mentioned/test_pages.py::test_whatever_is_mentioned_is_seen",),
    "do is a predicate": (
        "tickets/lifecycle/test_addresses.py::test_address_of_every_move_answers_as_the_table_says",
        "tickets/lifecycle/test_addresses.py::test_buttons_are_those_of_the_table",
    ),
    "not seen is a 404": ("test_reading.py::test_request_of_somebody_else_does_not_exist",),
}

_STATUS = (f"{_ROWS}::test_statuses_read_as_the_rules_say", _TABLE)
STATUSES = {
    "submitted": _STATUS,
    "in_progress": _STATUS,
    "waiting": _STATUS,
    "postponed": _STATUS,
    "closed": _STATUS,
    "approved": _STATUS,
    "expired": _STATUS,
    "refused": _STATUS,
    "cancelled": _STATUS,
    "transmitted": _STATUS,
    "merged": _STATUS,
    "constraint: known": ("tickets/models/test_ticket.py::test_unknown_status_is_refused",),
    "constraint: no orphan": (
        "tickets/models/test_ticket.py::test_only_a_started_request_needs_an_assignee",
        "tickets/services/test_stranded.py::test_what_she_may_do_no_more_is_free_again",
    ),
    "constraint: ended_at": ("tickets/models/test_ticket.py::test_ended_exactly_when_final",),
}

MOVES = {
    "submit": (
        "tickets/services/test_filing.py::test_first_event_tells_the_filing",
        "tickets/services/test_assigning.py::test_replayed_form_assigns_once",
    ),
    "take": (
        _MOVING,
        "tickets/services/test_races.py::test_two_handlers_take",
        f"{_ROWS}::test_two_that_are_not_of_one_theme_take_turns",
    ),
    "assign": (_MOVING, "tickets/services/test_moving.py::test_request_is_given_to_a_handler_of_the_theme"),
    "release": (_MOVING, f"{_RULES}::test_releasing_tells_the_handlers_since_nobody_has_it"),
    "ask": (_MOVING,),
    "answer": (_MOVING, "tickets/views/test_ticket.py::test_answering_with_words_and_a_file"),
    "postpone": (f"{_ROWS}::test_request_postponed_says_until_when_and_its_assignee_recalls_it",),
    "recall": (
        "tickets/services/test_daily.py::test_postponed_request_comes_back_on_its_day_to_whoever_had_it",
    ),
    "close": (_MOVING,),
    "refuse": (_MOVING, "notifications/test_telling.py::test_refusal_gives_reasons_and_ways_of_appeal"),
    "take_and_close": (f"{_ROWS}::test_taking_and_answering_is_one_click_two_events_and_one_mail",),
    "take_and_ask": (f"{_ROWS}::test_taking_and_answering_is_one_click_two_events_and_one_mail",),
    "withdraw": (_MOVING,),
    "settle": (f"{_ROWS}::test_requester_says_her_request_is_settled",),
    "approve": (
        _MOVING,
        "tickets/views/test_ticket.py::test_words_that_say_the_contrary_are_asked_again_before_they_count",
        "tickets/views/test_ticket.py::test_approving_says_that_it_waives_nothing",
    ),
    "contest": (
        _MOVING,
        "tickets/services/test_moving.py::test_contest_frees_a_request_whose_handler_left",
        "tickets/services/test_daily.py::test_second_contest_is_told_to_the_manager",
    ),
    "expire": (
        "tickets/services/test_daily.py::test_closing_is_tacit_from_the_day_after_the_last_one_in_paris",
        "tickets/services/test_daily.py::test_requester_is_reminded_during_the_last_five_days",
    ),
    "reopen": (
        f"{_ROWS}::test_requester_reopens_for_thirty_days_and_staff_at_any_time",
        f"{_ROWS}::test_request_reopened_without_anybody_is_free",
    ),
    "move": (f"{_ROWS}::test_request_moved_is_free_when_whoever_had_it_has_no_role_there",),
    "give_back": (f"{_ROWS}::test_request_given_back_returns_to_whoever_sent_it_once",),
    "transmit": (f"{_ROWS}::test_request_sent_to_another_administration_ends_and_says_where",),
    "merge": (
        "tickets/services/test_joining.py::test_both_requests_tell_of_the_joining_and_of_the_parting",
        "tickets/services/test_joining.py::test_parting_is_too_late_after_a_day",
    ),
    "report_abuse": (
        "tickets/services/test_abuse.py::test_manager_is_told_and_judges_and_the_requester_knows_nothing",
    ),
    "comment": (_MOVING,),
    "note": ("tickets/services/test_moving.py::test_note_and_its_files_are_internal",),
    "attach": ("tickets/services/test_moving.py::test_files_of_the_draft_come_with_the_move",),
    "invite": (f"{_GUESTS}::test_requester_invites_sees_and_removes_on_her_page",),
    "uninvite": (f"{_GUESTS}::test_handler_removes_whom_she_invited_and_nobody_else",),
    "change_requester": (
        "tickets/test_requester_changed.py::test_former_requester_loses_sight_and_the_new_one_has_it",
    ),
    "change_subject": (f"{_ROWS}::test_subject_is_told_and_priority_is_not",),
    "change_priority": (f"{_ROWS}::test_subject_is_told_and_priority_is_not",),
    "follow / unfollow": (
        "tickets/test_following.py::test_followers_are_told_of_moves_once_and_until_they_stop",
    ),
    "bookmark": ("tickets/views/test_visits.py::test_bookmarks_are_the_latest_first_and_may_be_taken_off",),
    "ask_items": (
        "tickets/services/test_required_items.py::test_notice_keeps_what_the_legal_clock_will_want",
        "tickets/services/test_required_items.py::test_mail_holds_everything_the_law_wants",
        "tickets/services/test_required_items.py::test_request_goes_on_when_the_last_item_is_there",
        "tickets/services/test_required_items.py::test_requester_who_sends_no_more_has_her_request_go_on",
    ),
    "withdraw_file": (
        "tickets/services/test_withdrawing.py::test_content_and_name_go_and_the_trace_stays",
        "tickets/services/test_withdrawing.py::test_opening_and_withdrawing_at_once_have_one_winner",
    ),
    "link": (
        "tickets/test_links.py::test_both_requests_show_the_link_to_staff_and_to_nobody_else",
        "tickets/test_links.py::test_question_is_linked_for_staff",
        "tickets/test_links.py::test_unlinking_undoes_it_from_either_end",
    ),
    "publish_solution": (
        "tickets/test_solutions.py::test_form_is_filled_without_persons_and_shows_what_was_taken_out",
        "tickets/test_solutions.py::test_what_is_left_of_a_person_is_refused_and_kept_in_the_form",
        "tickets/test_solutions.py::test_manager_publishes_after_a_last_hand",
    ),
}
# What somebody does without a move of the table.
BESIDES = ("attach", "follow / unfollow", "bookmark")
# Moves of the table which the rules do not list apart: the other side, or the detail, of a row above.
DETAILS = {
    **{"receive": "merge", "lose": "merge", "unmerge": "merge", "remind": "expire", "leave": "uninvite"},
    "remind_answer": "ask",
    **{"linked": "link", "unlink": "link", "unlinked": "link", "show_entry": "link"},
    **{"continues": "reopen", "continued": "reopen", "take_back": "comment", "count_answer": "answer"},
    **{"unreached": "comment", "reach": "comment"},
    **{"accept_solution": "publish_solution", "decline_solution": "publish_solution"},
    **{"confirm_abuse": "report_abuse", "clear_abuse": "report_abuse", "admin_access": "comment"},
}

ALSO_TRUE = {
    "one wins, the other keeps what she typed": (
        "tickets/services/test_races.py::test_one_move_wins",
        f"{_NEWS}::test_words_written_unaware_come_back_under_what_arrived",
    ),
    "presence never blocks": ("gestion/test_presence.py::test_colleagues_see_each_other_and_not_themselves",),
    "a double click does a thing once": (
        "tickets/services/test_races.py::test_replayed_move_is_made_once",
        "gestion/test_moves.py::test_form_replayed_acts_once",
    ),
    "saved with its files or not at all": (
        "tickets/services/test_filing.py::test_failing_listener_undoes_the_filing",
    ),
    "nothing edits or deletes an event": (
        "tickets/models/test_event.py::test_database_refuses_to_touch_an_event",
    ),
}

WHO_IS_TOLD = {
    "submit": (
        f"{_RULES}::test_filing_tells_the_requester_and_the_handlers_of_the_theme",
        "notifications/test_announcements.py::test_mailbox_hears_of_a_new_request_without_its_content",
    ),
    "every move": (_WALKS, f"{_RULES}::test_author_of_the_move_is_not_told_unless_she_is_the_requester"),
    "comment to all": (
        _WALKS,
        f"{_GUESTS}::test_guests_are_told_of_what_the_requester_is_told_and_of_no_note",
    ),
    "comment on a submitted request": (f"{_RULES}::test_comment_of_the_requester_reaches_somebody",),
    "internal note": (
        f"{_RULES}::test_note_tells_whoever_is_in_charge_and_never_the_requester",
        "notifications/test_telling.py::test_notes_are_in_no_mail_to_the_requester",
    ),
    "release, contest, reopen": (
        f"{_RULES}::test_contesting_tells_the_handlers_when_nobody_has_it_any_more",
        _WALKS,
    ),
    "legal mails": (f"{_RULES}::test_only_the_requesters_receipt_and_decisions_are_legal",),
    "a participant with only an address": (
        f"{_GUESTS}::test_mail_to_an_address_holds_her_link_which_works_and_is_erased_once_sent",
    ),
    "confidential: reference, link, nothing else": (
        "notifications/test_telling.py::test_confidential_mail_holds_reference_and_link_and_nothing_else",
    ),
}

ROWS = {
    (section, row): tests
    for section, rows in (
        ("people", PEOPLE),
        ("statuses", STATUSES),
        ("moves", MOVES),
        ("also true", ALSO_TRUE),
        ("who is told", WHO_IS_TOLD),
    )
    for row, tests in rows.items()
}
