package com.convmerge.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.sandbox.FaultPlan;
import com.convmerge.testing.Database;
import com.convmerge.testing.DatabaseKind;
import com.convmerge.testing.Databases;
import com.convmerge.testing.PowerCut;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The crash tests on embedded H2: the database is a file, which the test and the program open in turn. */
class H2CrashTest extends CrashContract {
    /** Kept when a test fails: the database, and what each of the killed programs has printed, tell why. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Override
    DatabaseKind kind() {
        return DatabaseKind.H2;
    }

    /** H2 uses places in the file again at once, and not only after 45 s: after a kill it alone would not find its last commits. */
    @Override
    CrashDatabase newDatabase(Path directory) {
        return at(
                "jdbc:h2:file:" + directory.resolve("night") + ";WRITE_DELAY=0;RETENTION_TIME=0;DB_CLOSE_ON_EXIT=FALSE",
                () -> {});
    }

    @Override
    CrashDatabase newDatabaseWithPowerCuts(Path directory) {
        PowerCut.register();
        Path file = directory.resolve("night");
        return at(PowerCut.url(file), () -> PowerCut.cut(file));
    }

    /** The disk has what was committed before a call left, and perhaps nothing of what came after. */
    @Test
    void after_a_power_cut_a_run_is_continued_with_one_command() throws Exception {
        try (CrashNight night = new CrashNight(directory, newDatabaseWithPowerCuts(directory), FaultPlan.none())) {
            killInTurn(night, EnumSet.of(KillPoint.AFTER_NOTE, KillPoint.IN_NOTIFY), "run");

            CrashNight.Ended next = night.command(List.of(), "run");

            assertThat(next.exitCode()).as(next.output()).isZero();
            night.end().assertAllMergedOnce();
        }
    }

    /** @param beforeProgram what happens before each start of the program */
    private static CrashDatabase at(String url, Runnable beforeProgram) {
        return new CrashDatabase() {
            @Override
            public Map<String, String> environment() {
                beforeProgram.run();
                return Map.of("SPRING_DATASOURCE_URL", url);
            }

            @Override
            public void withDataSource(Use use) throws Exception {
                try (Database database = Databases.at(url, "").migrate()) {
                    use.with(database.dataSource());
                    // What the test has prepared is not what the power cut is about.
                    database.jdbc().sql("CHECKPOINT SYNC").update();
                }
            }
        };
    }
}
