package com.convmerge.batch;

import com.convmerge.apply.Preflight;
import com.convmerge.apply.Workspace;
import com.convmerge.intercom.ConversationLinks;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Asks who we are before anything is done, and keeps the answer for the steps that follow. */
final class PreflightTasklet implements Tasklet {
    private static final String APP_ID_CODE = "workspace.appIdCode";
    private static final String ADMIN_ID = "workspace.adminId";
    private static final String TAG_ID = "workspace.tagId";

    private final Preflight preflight;
    private final WorkspaceBinding binding;

    PreflightTasklet(Preflight preflight, WorkspaceBinding binding) {
        this.preflight = preflight;
        this.binding = binding;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) {
        Workspace workspace = preflight.ask(binding::check);
        ExecutionContext context =
                contribution.getStepExecution().getJobExecution().getExecutionContext();
        context.putString(APP_ID_CODE, workspace.appIdCode());
        context.putString(ADMIN_ID, workspace.adminId());
        context.putString(TAG_ID, workspace.tagId());
        return RepeatStatus.FINISHED;
    }

    /** What {@link #execute} kept. */
    static Workspace workspace(ExecutionContext context, ConversationLinks links) {
        return new Workspace(
                context.getString(APP_ID_CODE), context.getString(ADMIN_ID), context.getString(TAG_ID), links);
    }
}
