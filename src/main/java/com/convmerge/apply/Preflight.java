package com.convmerge.apply;

import com.convmerge.intercom.Admin;
import com.convmerge.intercom.Answer;
import com.convmerge.intercom.IntercomClient;
import com.convmerge.merge.Author;
import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.IntercomRefuses;
import com.convmerge.merge.PossibleSecrets;
import com.convmerge.settings.Settings;
import java.util.Objects;

/** Asks Intercom, before anything is done, who the token speaks for and whether it may be used. */
public final class Preflight {
    private final IntercomClient client;
    private final Settings settings;

    Preflight(IntercomClient client, Settings settings) {
        this.client = client;
        this.settings = settings;
    }

    /** Intercom refuses the token or cannot be reached. The message is for the operator. */
    public static final class Refused extends IntercomRefuses {
        public Refused(Failure failure) {
            // Without an answer nobody has refused anything: the run is ending, or Intercom asks to wait.
            super(message(failure), !failure.kind().isPassing() && failure.httpStatus() != null);
        }

        private static String message(Failure failure) {
            boolean isRefusal = failure.kind() == FailureKind.STOPS_THE_RUN;
            if (isRefusal && failure.httpStatus() == null) {
                return failure.message();
            }
            return "Intercom " + (isRefusal ? "refuses to work with this token: " : "cannot be used now: ")
                    + failure.describe() + advice(failure);
        }

        private static String advice(Failure failure) {
            if (failure.httpStatus() != null && failure.httpStatus() == 401) {
                return ". Check INTERCOM_ACCESS_TOKEN and INTERCOM_REGION";
            }
            return "";
        }
    }

    /** Who the token speaks for. Throws {@link ConfigurationProblem} if the workspace is in another region than the settings say. */
    public Admin identify() {
        Admin admin = valueOf(client.me());
        String region = settings.intercom().region().strip();
        if (admin.region() != null && !admin.region().equalsIgnoreCase(region)) {
            throw new ConfigurationProblem("the workspace " + admin.appIdCode() + " is in Intercom's region "
                    + admin.region() + ", but INTERCOM_REGION is " + PossibleSecrets.hideIn(region)
                    + ": links in the notes would be wrong");
        }
        return admin;
    }

    /** The same for people. */
    public Author author(Admin admin) {
        return new Author(
                admin.appIdCode(),
                admin.appName(),
                Objects.requireNonNullElse(
                        admin.region(), settings.intercom().region().strip()),
                admin.id(),
                admin.name(),
                admin.email());
    }

    /** Whether Intercom still knows who the token speaks for. */
    public boolean isTokenGood() {
        return client.me() instanceof Answer.Ok<Admin>;
    }

    /** Where the run writes; creates the tag if it is missing. */
    public Workspace prepare(Admin admin) {
        String tagId = valueOf(client.tagNamed(settings.tag()));
        return workspace(admin, tagId);
    }

    /** The same for a dry run: creates no tag, so the workspace has none. */
    public Workspace look(Admin admin) {
        return workspace(admin, "");
    }

    private Workspace workspace(Admin admin, String tagId) {
        return new Workspace(
                admin.appIdCode(),
                admin.id(),
                new RunTag(settings.tag(), tagId),
                settings.intercom().linkOrDefault());
    }

    private static <T> T valueOf(Answer<T> answer) {
        if (answer instanceof Answer.Ok<T> ok) {
            return ok.value();
        }
        throw new Refused(((Answer.Failed<T>) answer).failure());
    }
}
