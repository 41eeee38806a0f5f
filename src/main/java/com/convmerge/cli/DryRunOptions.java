package com.convmerge.cli;

import com.convmerge.batch.DryRun;
import com.convmerge.batch.Plan;
import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.report.RunReportText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Option;

/** {@code run --dry-run} and what goes with it. */
final class DryRunOptions {
    @Option(
            names = "--dry-run",
            required = true,
            description =
                    "Read everything, write nothing, here or at Intercom, and print what would be done and how long it takes.")
    private boolean dryRun;

    @Option(
            names = "--at",
            paramLabel = "HH:MM",
            description = "Tell when it would end if it started at the next HH:MM.")
    private @Nullable LocalTime at;

    @Option(names = "--json", description = "Print the plan as JSON, for programs.")
    private boolean json;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write the plan as CSV, one line a request, for review by a second person.")
    private @Nullable Path out;

    ExitCode tell(Terminal terminal, ConfigurableApplicationContext context, @Nullable Long limit) {
        Plan plan = context.getBean(DryRun.class).plan(limit);
        Instant now = context.getBean(Clock.class).instant();
        Instant start = at == null ? now : Until.next(at, now, context.getBean(ZoneId.class));
        if (json) {
            PlanJson.write(plan, start, terminal.out());
        } else {
            terminal.out().print(new PlanText(context.getBean(RunReportText.class)).of(plan, start));
        }
        terminal.out().flush();
        if (out != null) {
            write(plan, out);
            terminal.err().println("The plan is in " + out + ".");
        }
        return ExitCode.DONE;
    }

    private static void write(Plan plan, Path file) {
        try {
            PlanCsv.write(plan, file);
        } catch (IOException e) {
            throw new ConfigurationProblem("the plan cannot be written to " + file + " (" + e + ")");
        }
    }
}
