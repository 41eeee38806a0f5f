package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.Strategy;
import com.convmerge.sandbox.ConversationView;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.sandbox.NewConversation;
import com.convmerge.sandbox.PartView;
import com.convmerge.sandbox.Quirk;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.DatabaseKind;
import com.convmerge.testing.RequestTable;
import com.convmerge.undo.UndoOrder;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several nights over a random graph of requests, each merged in another way, while many calls go wrong. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class NativeEveryFaultTest {
    /** What leaves a call in doubt, or makes it fail for a while. No time-out, which would take real time. */
    private static final Set<Fault> FAULTS = EnumSet.of(
            Fault.DROP_BEFORE,
            Fault.DROP_AFTER,
            Fault.ERROR_500_BEFORE,
            Fault.ERROR_500_AFTER,
            Fault.HTML_502_AFTER,
            Fault.UNAVAILABLE_503_AFTER,
            Fault.BROKEN_JSON_BEFORE,
            Fault.BROKEN_JSON_AFTER,
            Fault.REQUEST_TIMEOUT_408_AFTER,
            Fault.RATE_LIMITED_429,
            Fault.REDIRECT_307);

    private static final int REQUESTS = 40;
    private static final int FIRST = 50_000;

    @Parameter
    @SuppressWarnings("NullAway.Init")
    DatabaseKind kind;

    @ParameterizedTest
    @EnumSource(
            value = Quirk.class,
            names = {"MERGED_IS_NOT_FOUND", "MERGED_REDIRECTS", "MERGED_READS_AS_PRIMARY", "REPEATED_TAG_REFUSED"})
    void each_request_ends_in_one_way_and_no_note_is_written_twice(Quirk reading) {
        Random random = new Random(20_261_126);
        try (BatchFixture night = BatchFixture.on(kind.create(), setup -> setup.quirks(reading))) {
            ask(night, random);
            night.sandbox.faults(FaultPlan.random(random.nextLong(), 0.2, FAULTS));
            for (int i = 0; i < 3; i++) {
                night.clock.advance(Duration.ofHours(25));
                night.run();
            }
            night.sandbox.faults(FaultPlan.none());
            night.clock.advance(Duration.ofHours(25));

            night.run();

            assertThat(night.standings()).containsOnlyKeys("MERGED");
            assertEachOnce(night);

            night.sandbox.faults(FaultPlan.random(random.nextLong(), 0.2, FAULTS));
            undoAll(night, 3);
            night.sandbox.faults(FaultPlan.none());
            undoAll(night, 1);

            assertAllButNativeUndoneOnce(night);
        }
    }

    private static void undoAll(BatchFixture night, int times) {
        List<Long> all = night.jdbc
                .sql("SELECT id FROM merge_request WHERE status = 'MERGED' ORDER BY id")
                .query(Long.class)
                .list();
        for (int i = 0; i < times; i++) {
            night.clock.advance(Duration.ofHours(25));
            night.part(RunLauncher.class)
                    .undo(new UndoOrder(null, all, null, null, null, false), RunOptions.ALL, end -> {});
        }
    }

    private static void assertAllButNativeUndoneOnce(BatchFixture night) {
        for (Map<String, Object> row : rows(night)) {
            ConversationView duplicate = night.sandbox.workspace().conversation("" + row.get("duplicate"));
            boolean isNative = Long.valueOf(1).equals(row.get("natives"));
            assertThat(row.get("status")).as("%s", row).isEqualTo(isNative ? "MERGED" : "UNDONE");
            assertThat(duplicate.state()).as("%s", row).isEqualTo(isNative ? "closed" : "open");
            assertThat(night.sandbox.workspace().notesWritten(duplicate.id()).stream()
                            .filter(written ->
                                    String.valueOf(written.note().body()).contains("ref cmu")))
                    .as("notes of the undo on %s", row)
                    .hasSize(isNative ? 0 : 1);
        }
    }

    private static List<Map<String, Object>> rows(BatchFixture night) {
        return night.jdbc.sql("""
                        SELECT r.duplicate_conversation_id AS duplicate, r.survivor_conversation_id AS survivor, r.status AS status,
                               (SELECT COUNT(*) FROM merge_operation o WHERE o.request_id = r.id
                                 AND o.operation = 'MERGE_NATIVE' AND o.state = 'DONE') AS natives
                          FROM merge_request r
                        """).query().listOfRows();
    }

    /** Each conversation goes into one with a smaller number, so that there are chains and no cycle. Some are tickets. */
    private static void ask(BatchFixture night, Random random) {
        RequestTable table = new RequestTable(night.database);
        Strategy[] strategies = Strategy.values();
        night.sandbox.workspace().addConversation("" + FIRST);
        for (int i = 1; i <= REQUESTS; i++) {
            Strategy strategy = strategies[random.nextInt(strategies.length)];
            boolean isTicket = strategy != Strategy.NATIVE && random.nextInt(4) == 0;
            NewConversation added = NewConversation.of("" + (FIRST + i));
            night.sandbox.workspace().addConversation(isTicket ? added.asTicket("Tracker") : added);
            long id = night.askOnly(FIRST + (random.nextInt(5) == 0 ? random.nextInt(i) : 0), FIRST + i);
            table.set(id, "strategy", strategy.word());
        }
    }

    private static void assertEachOnce(BatchFixture night) {
        List<String> told = night.sandbox.workspace().conversations().stream()
                .flatMap(conversation -> night.sandbox.workspace().notesWritten(conversation.id()).stream())
                .map(written -> String.valueOf(written.note().body()))
                .filter(body -> body.contains("ref cmp"))
                .toList();
        for (Map<String, Object> row : rows(night)) {
            ConversationView duplicate = night.sandbox.workspace().conversation("" + row.get("duplicate"));
            assertThat(duplicate.state()).as("%s", row).isEqualTo("closed");
            assertThat(duplicate.mergedInto())
                    .as(
                            "%s: %s",
                            row,
                            duplicate.parts().stream().map(PartView::partType).toList())
                    .isEqualTo(Long.valueOf(1).equals(row.get("natives")) ? row.get("survivor") : null);
            assertThat(night.sandbox.workspace().notesWritten(duplicate.id()).stream()
                            .filter(written ->
                                    String.valueOf(written.note().body()).contains("ref cmd")))
                    .as("notes on %s", row)
                    .hasSize(1);
            assertThat(told.stream().filter(body -> body.contains("/" + duplicate.id() + "\"")))
                    .as("notes that tell of %s", row)
                    .hasSize(1);
        }
    }
}
