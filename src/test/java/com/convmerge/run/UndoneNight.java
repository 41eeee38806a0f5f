package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.report.ReportFiles;
import com.convmerge.report.RunRecords;
import com.convmerge.sandbox.ConversationView;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.DatabaseKind;
import com.convmerge.undo.UndoOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Nights that are merged, and taken back, on each database. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
abstract class UndoneNight {
    @Parameter
    @SuppressWarnings("NullAway.Init")
    DatabaseKind kind;

    BatchFixture merged(int requests) {
        BatchFixture night = BatchFixture.on(kind.create());
        night.askMany(requests);
        assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
        return night;
    }

    static UndoOrder ofRun(long run) {
        return new UndoOrder(run, List.of(), null, "ines", "wrong <list>", false);
    }

    static RunEnd undo(BatchFixture night, UndoOrder order) {
        night.clock.advance(Duration.ofSeconds(1));
        return night.part(RunLauncher.class).undo(order, RunOptions.ALL, end -> {});
    }

    static long lastRun(BatchFixture night) {
        return night.part(RunRecords.class).last(1).get(0).id();
    }

    static void assertUndone(BatchFixture night, long id) {
        ConversationView duplicate = night.conversation(id);
        assertThat(duplicate.state()).as("state of %s", id).isEqualTo("open");
        assertThat(duplicate.tagNames()).as("tags of %s", id).isEmpty();
        assertThat(duplicate.noteBodies()).as("notes on %s", id).hasSize(2).satisfies(notes -> assertThat(notes.get(1))
                .contains("taken back", "ref cmu"));
        String link = "/" + id + "\"";
        @Nullable
        String parent = night.jdbc
                .sql("SELECT MIN(survivor_conversation_id) FROM merge_request WHERE duplicate_conversation_id = :id")
                .param("id", Long.toString(id))
                .query(String.class)
                .single();
        assertThat(night.sandbox
                        .workspace()
                        .conversation(String.valueOf(parent))
                        .noteBodies())
                .filteredOn(body -> body.contains("ref cmu") && body.contains(link))
                .as("notes on the survivor that say that %s was taken back", id)
                .hasSize(1);
    }

    static List<String> states(BatchFixture night, int duplicates) {
        return java.util.stream.IntStream.range(0, duplicates)
                .mapToObj(i -> night.conversation(50_001 + i).state())
                .toList();
    }

    static String report(BatchFixture night, long run) throws IOException {
        return Files.readString(night.part(ReportFiles.class).write(run));
    }
}
