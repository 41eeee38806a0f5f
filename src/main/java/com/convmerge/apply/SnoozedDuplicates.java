package com.convmerge.apply;

import com.convmerge.intercom.Answer;
import com.convmerge.intercom.IntercomClient;
import com.convmerge.intercom.SnoozedPage;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what is snoozed before the first note leaves: a note wakes a conversation, and its answer no longer says until when it was
 * asleep. An undo needs to know it.
 */
public record SnoozedDuplicates(IntercomClient client) {
    private static final Logger log = LoggerFactory.getLogger(SnoozedDuplicates.class);

    /** As many calls as a night can spare. */
    private static final int MOST_PAGES = 20;

    /** Until when each snoozed conversation of the workspace is asleep, by its id, as far as that can be found out in a few calls. */
    public Map<String, Instant> find() {
        Map<String, Instant> found = new HashMap<>();
        @Nullable String after = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            Answer<SnoozedPage> answer = client.searchSnoozed(after);
            if (!(answer instanceof Answer.Ok<SnoozedPage> ok)) {
                log.info(
                        "what is snoozed could not be found out ({}); an undo of this run opens it instead",
                        ((Answer.Failed<SnoozedPage>) answer).failure().describe());
                return found;
            }
            found.putAll(ok.value().until());
            after = ok.value().next();
            if (after == null) {
                return found;
            }
        }
        log.info("more conversations are snoozed than {}; an undo of this run opens the others instead", found.size());
        return found;
    }
}
