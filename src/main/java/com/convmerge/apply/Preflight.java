package com.convmerge.apply;

import com.convmerge.intercom.Admin;
import com.convmerge.intercom.Answer;
import com.convmerge.intercom.ConversationLinks;
import com.convmerge.intercom.IntercomClient;
import com.convmerge.intercom.IntercomProperties;
import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import java.util.function.Consumer;

/** Asks Intercom, before anything is done, who we are and whether it will let us work. */
public final class Preflight {
    private final IntercomClient conversations;
    private final ConversationLinks links;
    private final IntercomProperties intercom;
    private final MergeSettings settings;

    Preflight(
            IntercomClient conversations,
            ConversationLinks links,
            IntercomProperties intercom,
            MergeSettings settings) {
        this.conversations = conversations;
        this.links = links;
        this.intercom = intercom;
        this.settings = settings;
    }

    /** Intercom does not let us work, or is not there. The message is for the operator. */
    public static final class Refused extends RuntimeException {
        private final boolean configuration;

        public Refused(Failure failure) {
            super("Intercom "
                    + (failure.kind() == FailureKind.STOPS_THE_RUN
                            ? "refuses to work with this token: "
                            : "cannot be used now: ")
                    + failure.describe() + advice(failure));
            this.configuration = !failure.kind().isPassing();
        }

        /** Whether somebody must change a setting before another try can help. */
        public boolean isConfiguration() {
            return configuration;
        }

        private static String advice(Failure failure) {
            if (failure.httpStatus() != null && failure.httpStatus() == 401) {
                return ". Check INTERCOM_ACCESS_TOKEN and INTERCOM_REGION";
            }
            return "";
        }
    }

    /**
     * Who we are; makes the tag if it is missing.
     *
     * @param checkWorkspace takes the workspace's id, before anything is written there
     * @return where the run writes
     */
    public Workspace ask(Consumer<String> checkWorkspace) {
        Admin admin = admin();
        checkWorkspace.accept(admin.appIdCode());
        String tagId = valueOf(conversations.tagNamed(settings.tag()));
        return new Workspace(admin.appIdCode(), admin.id(), tagId, links);
    }

    /** Who we are, for a dry run: makes no tag, so the workspace has none. */
    public Workspace look(Consumer<String> checkWorkspace) {
        Admin admin = admin();
        checkWorkspace.accept(admin.appIdCode());
        return new Workspace(admin.appIdCode(), admin.id(), "", links);
    }

    private Admin admin() {
        Admin admin = valueOf(conversations.me());
        String region = intercom.region().strip();
        if (admin.region() != null && !admin.region().equalsIgnoreCase(region)) {
            throw new ConfigurationProblem("the workspace " + admin.appIdCode() + " is in Intercom's region "
                    + admin.region() + ", but INTERCOM_REGION is " + region + ": links in the notes would be wrong");
        }
        return admin;
    }

    private static <T> T valueOf(Answer<T> answer) {
        if (answer instanceof Answer.Ok<T> ok) {
            return ok.value();
        }
        throw new Refused(((Answer.Failed<T>) answer).failure());
    }
}
