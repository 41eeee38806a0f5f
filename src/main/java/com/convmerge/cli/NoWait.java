package com.convmerge.cli;

import picocli.CommandLine.Option;

/** Whether a run ends without waiting for what is in doubt. */
final class NoWait {
    @Option(
            names = "--no-wait",
            description =
                    "Do not stay until what is in doubt is settled (convmerge.in-doubt.settle-time): look once more, and"
                            + " leave the rest to the next run.")
    boolean given;
}
