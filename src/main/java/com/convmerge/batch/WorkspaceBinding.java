package com.convmerge.batch;

import com.convmerge.merge.ConfigurationProblem;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Remembers whose conversations the requests are, so that no other workspace's token is ever used on them. */
public final class WorkspaceBinding {
    private static final String READ = "SELECT app_id_code FROM merge_workspace WHERE id = 1";
    private static final String WRITE = "INSERT INTO merge_workspace (id, app_id_code) VALUES (1, :appIdCode)";

    private static final String ANY_REQUEST = "SELECT COUNT(*) FROM (SELECT 1 FROM merge_request LIMIT 1) r";

    private final JdbcClient jdbc;

    WorkspaceBinding(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Throws {@link ConfigurationProblem} if the requests belong to another workspace; the first run decides. */
    void check(String appIdCode) {
        Optional<String> bound = jdbc.sql(READ).query(String.class).optional();
        if (bound.isEmpty()) {
            jdbc.sql(WRITE).param("appIdCode", appIdCode).update();
        } else if (!bound.get().equals(appIdCode)) {
            throw new ConfigurationProblem("this database holds the merge requests of workspace " + bound.get()
                    + ", but the token is of workspace " + appIdCode
                    + ": use that workspace's token, or another database");
        }
    }

    /** As {@link #check}, but decides nothing: a database that no run has used yet may belong to any workspace. */
    void checkUnlessNew(String appIdCode) {
        if (jdbc.sql(READ).query(String.class).optional().isPresent()) {
            check(appIdCode);
        }
    }

    /**
     * Throws {@link ConfigurationProblem} unless the database is empty or was made for the sandbox, so that nobody's real
     * requests are spent on it.
     */
    public void checkSandbox(String appIdCode) {
        boolean isUsed = jdbc.sql(READ).query(String.class).optional().isPresent();
        if (!isUsed && jdbc.sql(ANY_REQUEST).query(Long.class).single() > 0) {
            throw new ConfigurationProblem(
                    "this database holds merge requests of your own; the sandbox would use them up."
                            + " Use it with an empty database, or unset SPRING_DATASOURCE_URL");
        }
        if (isUsed) {
            check(appIdCode);
        }
    }
}
