package com.convmerge.cli;

import com.convmerge.batch.RunEnd;
import com.convmerge.batch.RunLauncher;
import com.convmerge.batch.RunProgress;
import com.convmerge.report.ReportFiles;
import com.convmerge.report.RunReportText;
import com.convmerge.report.RunReports;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.springframework.context.ConfigurableApplicationContext;

/** Runs a run before the operator's eyes. */
final class RunSession {
    /** How often a log gets a line about the progress. */
    static final Duration LINE_EVERY = Duration.ofSeconds(30);

    private final Terminal terminal;
    private final ConfigurableApplicationContext context;
    private final Duration lineEvery;

    RunSession(Terminal terminal, ConfigurableApplicationContext context, Duration lineEvery) {
        this.lineEvery = lineEvery;
        this.terminal = terminal;
        this.context = context;
    }

    /** @param launched starts the run; passes on who is told of its end */
    ExitCode launch(BiConsumer<RunLauncher, Consumer<RunEnd>> launched) {
        Clock clock = context.getBean(Clock.class);
        Instant began = clock.instant();
        RunOutput output = new RunOutput(
                terminal,
                context.getBean(RunReports.class),
                context.getBean(RunReportText.class),
                context.getBean(ReportFiles.class));
        ExitCode[] code = {ExitCode.FAILED};
        try (ProgressDisplay display = new ProgressDisplay(terminal, context.getBean(RunProgress.class), lineEvery)) {
            launched.accept(context.getBean(RunLauncher.class), end -> {
                display.close();
                code[0] = output.tell(end, Duration.between(began, clock.instant()));
            });
        }
        return code[0];
    }
}
