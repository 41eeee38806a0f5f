package com.convmerge.cli;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.report.FileTrouble;
import com.convmerge.report.OwnerOnly;
import com.convmerge.report.RunRecords;
import com.convmerge.sandbox.Sandbox;
import com.convmerge.sandbox.SandboxSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.beans.factory.BeanFactory;

/**
 * What the simulator remembers from one start of the program to the next: without it a merge could not be taken back there later. It
 * belongs to the sandbox's database, which only one program at a time can open, and is read and written while that is open.
 */
final class SandboxMemory {
    private SandboxMemory() {}

    /** Gives the simulator the sample's conversations, with everything that former runs did to them. */
    static void bringBack(Sandbox server, SandboxFolder folder, BeanFactory beans, Terminal terminal) {
        Path file = folder.journal();
        // A run is written down before its first call. Requests prove nothing: an import may have brought them.
        boolean isNew = beans.getBean(RunRecords.class).last(1).isEmpty();
        try {
            if (isNew && Files.deleteIfExists(file)) {
                terminal.message("the sandbox begins anew: its database knows of no run, so that " + file
                        + ", which kept what was done to the conversations before, was deleted");
            } else if (!isNew && !Files.exists(file)) {
                terminal.message("the sandbox's conversations are new, whatever its database says of former runs: "
                        + file + " is not there. To begin anew in everything, move " + folder + " away");
            }
            OwnerOnly.makeFileIfMissing(file);
            server.keepIn(file, SandboxSample::fill);
        } catch (IOException e) {
            throw new ConfigurationProblem("what former runs did to the sandbox cannot be brought back from " + file
                    + ": " + FileTrouble.reason(e) + ". Move " + folder + " away to begin anew; nothing was done");
        }
    }
}
