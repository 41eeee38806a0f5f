package com.convmerge.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.intercom.Conversation;
import com.convmerge.intercom.Conversation.Part;
import com.convmerge.ledger.LedgerEntry;
import com.convmerge.ledger.LedgerState;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import com.convmerge.sandbox.BodyChange;
import com.convmerge.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Whether a conversation shows a note, shows plainly that it is missing, or leaves that open. */
class NoteSearchTest {
    private static final String US = "7";
    private static final String DUPLICATE = "2154";
    private static final String REFERENCE = "cmdkqzwbtfxh";
    private static final String LINK = "<p>Merged into <a href=\"https://example.com/conversation/9001\">it</a></p>";
    private static final String NOTE = "<p>ref " + REFERENCE + "</p>" + LINK;
    private static final Instant CLAIMED = TestClock.START;
    private static final NoteSearch SEARCH =
            new NoteSearch(OperationKind.NOTE, US, List.of(new ConversationId("9001")));

    private static final Part GREETING = part("1", "comment", "<p>Hello</p>", "99", CLAIMED.minusSeconds(3_600));

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NULL_BODY")
    void the_reference_is_found_whatever_the_server_did_to_the_html(BodyChange change) {
        Part note = part("2", "note", change.of(NOTE), "a robot", CLAIMED.minusSeconds(3_600));

        assertThat(found(conversation(GREETING, note))).isEqualTo("2");
    }

    @Test
    void the_reference_is_found_whatever_else_the_answer_lacks() {
        Part note = part("2", "", NOTE, "", null);

        assertThat(found(new Conversation("4711", "open", Map.of(), List.of(note, note), null)))
                .isEqualTo("2");
    }

    @Test
    void of_several_notes_with_the_reference_the_newest_is_the_one() {
        Part earlier = part("2", "note", NOTE, US, CLAIMED);
        Part later = part("3", "note", NOTE, US, CLAIMED.plusSeconds(1));

        assertThat(found(conversation(earlier, later))).isEqualTo("3");
    }

    @Test
    void a_note_of_our_admin_since_the_claim_that_links_to_the_same_survivor_is_the_note() {
        assertThat(found(conversation(GREETING, part("2", "note", LINK, US, CLAIMED))))
                .isEqualTo("2");
        assertThat(found(conversation(part("2", "note", LINK, US, CLAIMED.minus(Duration.ofMinutes(5))))))
                .as("the clocks may be five minutes apart")
                .isEqualTo("2");
        assertThat(found(conversation(part("2", "note", LINK, US, null))))
                .as("the answer does not say when")
                .isEqualTo("2");
    }

    private static final List<Arguments> ABSENT = List.of(
            Arguments.of("there is no part at all", conversation()),
            Arguments.of("only a customer wrote", conversation(GREETING)),
            Arguments.of("another admin linked to the survivor", conversation(part("2", "note", LINK, "8", CLAIMED))),
            Arguments.of(
                    "our admin linked to it long before the claim",
                    conversation(part("2", "note", LINK, US, CLAIMED.minusSeconds(301)))),
            Arguments.of(
                    "our admin linked to it for a customer", conversation(part("2", "comment", LINK, US, CLAIMED))),
            Arguments.of(
                    "the note is another one of ours",
                    conversation(part("2", "note", "<p>ref cmpbcdfghjkm</p>" + LINK, US, CLAIMED))),
            Arguments.of(
                    "the newest 500 of 700 parts reach behind the claim",
                    list(700, fiveHundred(CLAIMED.minusSeconds(301)))));

    @ParameterizedTest(name = "{0}")
    @FieldSource("ABSENT")
    void a_complete_list_without_the_note_says_that_it_is_not_there(String why, Conversation seen) {
        assertThat(SEARCH.find(seen, entry())).as(why).isEqualTo(new Finding.NotThere(seen));
    }

    private static final List<Arguments> UNKNOWN = List.of(
            Arguments.of("fewer parts than the total", list(2, List.of(GREETING))),
            Arguments.of("more parts than the total", list(0, List.of(GREETING))),
            Arguments.of("no parts of several", list(3, List.of())),
            Arguments.of("no total", list(null, List.of(GREETING))),
            Arguments.of("a part twice", list(2, List.of(GREETING, GREETING))),
            Arguments.of(
                    "a part without an id", list(2, List.of(GREETING, part("", "comment", "<p>x</p>", "99", CLAIMED)))),
            Arguments.of("the newest 500 parts are all new", list(700, fiveHundred(CLAIMED))),
            Arguments.of("the newest 500 parts have no time", list(700, fiveHundred(null))),
            Arguments.of("our admin's note is null", conversation(part("2", "note", null, US, CLAIMED))),
            Arguments.of("our admin's note is blank", conversation(part("2", "note", "<p> </p>", US, CLAIMED))),
            Arguments.of("our admin's note is cut", conversation(part("2", "note", "<p>ref cmdkq…", US, CLAIMED))),
            Arguments.of(
                    "our admin's note links elsewhere",
                    conversation(part("2", "note", LINK.replace("9001", "90011"), US, CLAIMED))),
            Arguments.of("nobody's note", conversation(part("2", "note", "<p>Hi</p>", "", CLAIMED))),
            Arguments.of("our admin's part of no type", conversation(part("2", "", "<p>Hi</p>", US, CLAIMED))),
            Arguments.of("our admin's note of no time", conversation(part("2", "note", "<p>Hi</p>", US, null))),
            Arguments.of("another conversation", new Conversation("2155", "open", Map.of(), List.of(), 0)));

    @ParameterizedTest(name = "{0}")
    @FieldSource("UNKNOWN")
    void an_answer_that_may_hide_the_note_leaves_it_open(String why, Conversation seen) {
        assertThat(SEARCH.find(seen, entry())).as(why).isInstanceOf(Finding.Unknown.class);
    }

    @Test
    void a_note_without_links_has_only_its_reference() {
        NoteSearch search = new NoteSearch(OperationKind.SURVIVOR_NOTE, US, List.of());

        assertThat(search.find(conversation(part("2", "note", LINK, US, CLAIMED)), entry()))
                .isInstanceOf(Finding.Unknown.class);
    }

    @Test
    void a_note_on_a_survivor_without_its_reference_must_link_to_all_its_duplicates() {
        NoteSearch search = new NoteSearch(
                OperationKind.SURVIVOR_NOTE, US, List.of(ConversationId.of(9001), ConversationId.of(9002)));

        assertThat(search.find(conversation(part("2", "note", LINK, US, CLAIMED)), entry()))
                .isInstanceOf(Finding.Unknown.class);
        assertThat(search.find(conversation(part("2", "note", LINK + "9002", US, CLAIMED)), entry()))
                .isInstanceOf(Finding.There.class);
    }

    private static String found(Conversation seen) {
        return SEARCH.find(seen, entry()) instanceof Finding.There there
                ? String.valueOf(there.partId())
                : "nothing in " + seen;
    }

    private static Conversation conversation(Part... parts) {
        return list(parts.length, List.of(parts));
    }

    private static Conversation list(@Nullable Integer total, List<Part> parts) {
        return new Conversation(DUPLICATE, "open", Map.of(), parts, total);
    }

    /** The newest parts of a long conversation, of which the oldest was written at {@code first}, and the others later. */
    private static List<Part> fiveHundred(@Nullable Instant first) {
        Instant later = first == null ? null : CLAIMED;
        return new ArrayList<>(Stream.concat(
                        Stream.of(part("0", "comment", "<p>0</p>", "99", first)),
                        IntStream.range(1, 500).mapToObj(i -> part("" + i, "comment", "<p>" + i + "</p>", "99", later)))
                .toList());
    }

    private static Part part(
            String id, String type, @Nullable String body, String author, @Nullable Instant createdAt) {
        return new Part(id, type, body, author, createdAt);
    }

    private static LedgerEntry entry() {
        return new LedgerEntry(
                new OperationKey("r42/note"),
                OperationKind.NOTE,
                42L,
                new ConversationId(DUPLICATE),
                LedgerState.IN_DOUBT,
                REFERENCE,
                1,
                CLAIMED,
                CLAIMED,
                CLAIMED,
                504,
                null,
                null,
                null,
                null,
                null,
                null,
                17);
    }
}
