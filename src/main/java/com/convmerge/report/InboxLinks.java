package com.convmerge.report;

import com.convmerge.merge.ConversationId;
import com.convmerge.settings.IntercomSettings;
import com.convmerge.settings.Settings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The links with which a teammate opens a conversation in the inbox: those that stand in the notes. */
public final class InboxLinks {
    private static final String APP_ID_CODE = "SELECT app_id_code FROM merge_workspace WHERE id = 1";

    private final JdbcClient jdbc;
    private final IntercomSettings intercom;
    private volatile @Nullable String appIdCode;

    InboxLinks(JdbcClient jdbc, Settings settings) {
        this.jdbc = jdbc;
        this.intercom = settings.intercom();
    }

    /** The link to a conversation; empty if there is none: no run has seen the workspace yet, or the row holds no id. */
    public Optional<String> to(String conversation) {
        return ConversationId.fault(conversation).isPresent()
                ? Optional.empty()
                : workspace().map(code -> IntercomSettings.fillIn(intercom.linkOrDefault(), code, conversation));
    }

    /** The link, or the conversation as its row says it. */
    String orId(String conversation) {
        return to(conversation).orElseGet(() -> RunReportText.shown(conversation));
    }

    /** It is written once, by the first run. */
    private Optional<String> workspace() {
        if (appIdCode == null) {
            appIdCode = jdbc.sql(APP_ID_CODE).query(String.class).optional().orElse(null);
        }
        return Optional.ofNullable(appIdCode);
    }
}
