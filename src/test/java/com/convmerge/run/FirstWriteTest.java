package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.DatabaseKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** What a run says before its first write. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class FirstWriteTest {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("com.convmerge.batch.FirstWrite");

    @Parameter
    @SuppressWarnings("NullAway.Init")
    DatabaseKind kind;

    private final Said said = new Said();

    /** Keeps what was logged, and how many writes there had been. */
    private static final class Said extends AppenderBase<ILoggingEvent> {
        private final List<String> lines = new ArrayList<>();
        private final List<Long> parents = new ArrayList<>();
        private LongSupplier writes = () -> 0;
        private LongSupplier parentsExpected = () -> 0;

        @Override
        protected void append(ILoggingEvent event) {
            lines.add(writes.getAsLong() + " writes: " + event.getFormattedMessage());
            parents.add(parentsExpected.getAsLong());
        }
    }

    private BatchFixture night(String... settings) {
        BatchFixture night = BatchFixture.on(kind.create(), settings);
        said.writes = () -> night.writesSince(0).size();
        said.parentsExpected =
                () -> night.part(RunLauncher.class).progress().orElseThrow().parentsTotal();
        said.start();
        LOG.addAppender(said);
        return night;
    }

    @AfterEach
    void stop() {
        LOG.detachAppender(said);
    }

    @Test
    void the_workspace_the_admin_and_the_notes_are_told_before_anything_is_written() {
        try (BatchFixture night = night()) {
            night.askMany(4);
            assertThat(LOG.getLevel()).as("as the settings have it").isEqualTo(Level.INFO);

            night.run();

            assertThat(said.lines)
                    .hasSize(2)
                    .first()
                    .asString()
                    .matches("0 writes: Workspace \"Convmerge sandbox\" \\(.+, region US\\); the notes are signed by"
                            + " .+ <.+@.+>\\.");
            assertThat(said.lines.get(1))
                    .isEqualTo("0 writes: This run writes at most 4 notes on 4 duplicates, and 2 notes on the 2 parents"
                            + " that they go into.");
            said.lines.clear();
            night.run();
            assertThat(said.lines).as("nothing is to be written").hasSize(1);
        }
    }

    @Test
    void what_cannot_be_undone_is_told_before_it_is_done() {
        try (BatchFixture night = night()) {
            night.askMany(4);
            night.jdbc
                    .sql("UPDATE merge_request SET strategy = 'native' WHERE duplicate_conversation_id = '50002'")
                    .update();

            night.run();

            assertThat(said.lines.get(2))
                    .isEqualTo("0 writes: Of the 4 requests that are due, 1 is to be merged by Intercom's own merge,"
                            + " which cannot be undone.");
        }
    }

    @Test
    void the_expected_end_counts_the_parents_from_there_on() {
        try (BatchFixture night = night()) {
            night.askMany(4);
            night.run();
            assertThat(said.parents).containsExactly(0L, 2L);
        }
    }

    @Test
    void parents_that_an_earlier_run_left_untold_are_counted_too() {
        try (BatchFixture night = night()) {
            night.askMany(4);
            night.run();
            said.lines.clear();
            night.jdbc.sql("UPDATE merge_request SET parent_note_key = NULL").update();

            night.run();

            assertThat(said.lines.get(1))
                    .endsWith("This run writes notes on 2 parents about what earlier runs have merged into them.");
        }
    }

    @Test
    void many_merges_into_one_parent_are_several_notes_and_a_limit_makes_it_less() {
        try (BatchFixture night = night()) {
            for (int i = 0; i < 101; i++) {
                night.ask(10, 1_000 + i);
            }
            night.run(1L);
            night.run();
            assertThat(said.lines.get(1))
                    .endsWith("at most 1 note on 1 duplicate, and 1 note on the 1 parent that it goes" + " into.");
            assertThat(said.lines.get(3))
                    .endsWith("100 notes on 100 duplicates, and 1 note on the 1 parent that they go" + " into.");
        }
    }

    @Test
    void more_merges_than_a_note_lists_are_counted_as_further_notes() {
        try (BatchFixture night = night()) {
            for (int i = 0; i < 101; i++) {
                night.ask(10, 1_000 + i);
            }
            night.run();
            assertThat(said.lines.get(1))
                    .endsWith("101 notes on 101 duplicates, and 2 notes on the 1 parent that they go" + " into.");
        }
    }
}
