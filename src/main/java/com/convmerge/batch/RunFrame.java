package com.convmerge.batch;

import com.convmerge.apply.Preflight;
import com.convmerge.intercom.Admin;
import com.convmerge.ledger.DurableCommits;
import com.convmerge.report.ReportFiles;
import com.convmerge.report.ReportNotWritten;
import com.convmerge.report.RunRecorder;
import com.convmerge.requests.WorkspaceBinding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How each run begins and ends, whether it merges or takes back. */
record RunFrame(
        WorkspaceBinding binding,
        FirstWrite firstWrite,
        DurableCommits commits,
        RunRecorder recorder,
        ReportFiles reports) {
    private static final Logger log = LoggerFactory.getLogger(RunFrame.class);

    /** Asks Intercom who we are before anything is done, and whether this is the workspace of this database. */
    Admin enter(MergeRun run) {
        reports.check();
        commits.warnings().forEach(log::warn);
        Preflight preflight = run.gate.preflight();
        Admin admin = preflight.identify();
        binding.bind(admin.appIdCode());
        firstWrite.sayWhere(preflight.author(admin));
        return admin;
    }

    /** What is done is done, also if the disk has filled up meanwhile; who shows the end of the run says that its report is missing. */
    void writeReport(MergeRun run) {
        recorder.count(run.number, run.executionId());
        try {
            reports.write(run.number);
        } catch (ReportNotWritten e) {
            log.warn(e.getMessage());
        }
    }
}
