package com.convmerge.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.intercom.Conversation;
import com.convmerge.intercom.Conversation.Part;
import com.convmerge.ledger.LedgerEntry;
import com.convmerge.ledger.LedgerState;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestorationTest {
    private static final String ADMIN = "7";
    private static final Instant MERGED = Instant.parse("2026-03-01T02:00:00Z");
    private static final Instant NOW = MERGED.plus(Duration.ofDays(1));

    private static final Part NOTE = part("10", "note", "<p>ref cmdbcdfghjkm</p>", ADMIN, "admin");
    private static final Part CLOSE = part("11", "close", null, ADMIN, "admin");

    @Test
    void what_we_closed_and_nobody_touched_since_is_opened() {
        assertThat(of("closed", NOTE, CLOSE)).isEqualTo(new Restoration.Open());
    }

    @Test
    void our_own_notes_since_and_a_bot_that_asks_for_a_rating_are_no_acts() {
        assertThat(of(
                        "closed",
                        NOTE,
                        CLOSE,
                        part("12", "comment", "<p>How was it?</p>", "1", "bot"),
                        part("13", "note", "<p>ref cmubcdfghjkm</p><p>taken back</p>", ADMIN, "admin")))
                .isEqualTo(new Restoration.Open());
    }

    @ParameterizedTest
    @CsvSource({
        "comment, user, 99, the customer",
        "comment, admin, 8, a teammate",
        "note, admin, 7, a teammate",
        "close, admin, 7, a teammate",
        "assignment, team, 5, a teammate",
        "open, bot, 7, a workflow",
        "close, bot, 7, a workflow",
        "comment, '', '', somebody"
    })
    void whoever_acts_on_it_after_our_close_keeps_it_as_it_is(
            String type, String authorType, String author, String who) {
        assertThat(of("closed", NOTE, CLOSE, part("12", type, "<p>Hello</p>", author, authorType)))
                .isInstanceOfSatisfying(Restoration.Leave.class, leave -> assertThat(leave.why())
                        .contains(who + " has acted on it since (" + type));
    }

    @Test
    void a_close_of_a_workflow_in_the_name_of_our_admin_is_not_ours() {
        assertThat(of("closed", NOTE, part("11", "close", null, ADMIN, "bot")))
                .isInstanceOfSatisfying(Restoration.Leave.class, leave -> assertThat(leave.why())
                        .contains("does not show our close"));
    }

    @Test
    void the_merge_may_have_been_made_in_the_name_of_another_admin() {
        Part note = part("10", "note", "<p>ref cmdbcdfghjkm</p>", "77", "admin");

        assertThat(of("closed", note, part("11", "close", null, "77", "admin"))).isEqualTo(new Restoration.Open());
        assertThat(of("closed", note, CLOSE)).isInstanceOf(Restoration.Leave.class);
    }

    @Test
    void what_is_open_or_was_closed_before_is_left() {
        assertThat(of("open", NOTE, CLOSE)).isInstanceOf(Restoration.Leave.class);
        assertThat(of("snoozed", NOTE, CLOSE)).isInstanceOf(Restoration.Leave.class);
        List<LedgerEntry> notNeeded =
                List.of(entry(OperationKind.NOTE, LedgerState.DONE, "10", null), close(LedgerState.NOT_NEEDED));
        assertThat(Restoration.of(notNeeded, seen("closed", NOTE), ADMIN, NOW))
                .isInstanceOfSatisfying(Restoration.Leave.class, leave -> assertThat(leave.why())
                        .contains("closed before the merge"));
    }

    @Test
    void without_the_note_among_its_parts_our_close_is_recognised_by_its_time() {
        Part earlier = new Part("5", "close", null, ADMIN, "admin", MERGED.minus(Duration.ofDays(9)));
        assertThat(of("closed", earlier, CLOSE)).isEqualTo(new Restoration.Open());
        assertThat(of("closed", earlier)).isInstanceOf(Restoration.Leave.class);
    }

    @Test
    void what_was_snoozed_is_snoozed_until_the_same_time_unless_that_is_over() {
        assertThat(snoozed(NOW.plusSeconds(60))).isEqualTo(new Restoration.Snooze(NOW.plusSeconds(60)));
        assertThat(snoozed(NOW.minusSeconds(60))).isEqualTo(new Restoration.Open());
    }

    private static Restoration snoozed(Instant until) {
        List<LedgerEntry> begun =
                List.of(entry(OperationKind.NOTE, LedgerState.DONE, "10", until), close(LedgerState.DONE));
        return Restoration.of(begun, seen("closed", NOTE, CLOSE), ADMIN, NOW);
    }

    private static Restoration of(String state, Part... parts) {
        List<LedgerEntry> begun =
                List.of(entry(OperationKind.NOTE, LedgerState.DONE, "10", null), close(LedgerState.DONE));
        return Restoration.of(begun, seen(state, parts), ADMIN, NOW);
    }

    private static Conversation seen(String state, Part... parts) {
        Part first = part("1", "comment", "<p>Help</p>", "99", "user");
        List<Part> all = Stream.concat(Stream.of(first), Stream.of(parts)).toList();
        return new Conversation("50001", state, Map.of(), all, all.size());
    }

    private static Part part(String id, String type, @Nullable String body, String author, String authorType) {
        return new Part(id, type, body, author, authorType, MERGED);
    }

    private static LedgerEntry close(LedgerState state) {
        return entry(OperationKind.CLOSE, state, null, null);
    }

    private static LedgerEntry entry(
            OperationKind kind, LedgerState state, @Nullable String remoteId, @Nullable Instant snoozedUntil) {
        return new LedgerEntry(
                OperationKey.ofRequest(1, kind),
                kind,
                1L,
                ConversationId.of(50_001),
                state,
                null,
                1,
                MERGED,
                MERGED,
                MERGED,
                200,
                null,
                null,
                null,
                remoteId,
                "open",
                snoozedUntil,
                3);
    }
}
