package com.convmerge.importing;

import com.convmerge.merge.OneLine;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whose inbox the links of a file must lead into: an id of another workspace may well be a conversation of this one, too. */
final class Inbox {
    private static final int LONGEST_SHOWN = 60;

    private final @Nullable String region;
    private @Nullable String workspace;
    private String says;
    private @Nullable String linked;

    /**
     * An inbox.
     *
     * @param region of the workspace; null if it is not known
     * @param workspace its id code; null if the first link will say it
     * @param says why it is that one, as a phrase that the id code follows
     */
    Inbox(@Nullable String region, @Nullable String workspace, String says) {
        this.region = region;
        this.workspace = workspace;
        this.says = says;
    }

    /** Accepts every link, as long as all lead into the same workspace. */
    static Inbox any() {
        return new Inbox(null, null, "");
    }

    /** The workspace that the links lead into; null if there was none that says it. */
    @Nullable
    String linked() {
        return linked;
    }

    /** Why a link leads elsewhere, as a phrase that follows the name of the column; empty if it does not. */
    Optional<String> fault(ConversationLink link, long line) {
        String itsRegion = link.region();
        if (region != null && itsRegion != null && !region.equals(itsRegion)) {
            return Optional.of("is a link into another region of Intercom's, " + itsRegion + " ("
                    + OneLine.exact(link.host(), LONGEST_SHOWN) + "), but INTERCOM_REGION is " + region
                    + "; set it to " + itsRegion + " if the workspace is there");
        }
        String code = link.workspace();
        if (code == null) {
            return Optional.empty();
        }
        if (workspace == null) {
            workspace = code;
            says = "line " + line + " has a link into workspace";
        }
        if (!workspace.equalsIgnoreCase(code)) {
            return Optional.of("is a link into workspace " + OneLine.exact(code, LONGEST_SHOWN) + ", but " + says + " "
                    + OneLine.exact(workspace, LONGEST_SHOWN));
        }
        linked = workspace;
        return Optional.empty();
    }
}
