package com.convmerge.requests;

import com.convmerge.merge.ConfigurationProblem;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Remembers to which workspace the conversations of the requests belong, so that no other workspace's token is used on them. */
public final class WorkspaceBinding {
    private static final String READ = "SELECT app_id_code FROM merge_workspace WHERE id = 1";
    private static final String WRITE = "INSERT INTO merge_workspace (id, app_id_code) VALUES (1, :appIdCode)";
    private static final String ANY_REQUEST = "SELECT COUNT(*) FROM (SELECT 1 FROM merge_request LIMIT 1) r";

    private final JdbcClient jdbc;
    private final Imports imports;

    WorkspaceBinding(JdbcClient jdbc, Imports imports) {
        this.jdbc = jdbc;
        this.imports = imports;
    }

    /** Throws {@link ConfigurationProblem} if the requests belong to another workspace. The first run binds the database. */
    public void bind(String appIdCode) {
        if (bound().isEmpty()) {
            checkImports(appIdCode);
            jdbc.sql(WRITE).param("appIdCode", appIdCode).update();
        }
        check(appIdCode);
    }

    /** Throws like {@link #bind}, but binds nothing: a database that no run has used yet may belong to any workspace. */
    public void check(String appIdCode) {
        bound().filter(other -> !other.equals(appIdCode)).ifPresent(other -> {
            throw new ConfigurationProblem("this database holds the merge requests of workspace " + other
                    + ", but the token is of workspace " + appIdCode
                    + ": use that workspace's token, or another database");
        });
        if (bound().isEmpty()) {
            checkImports(appIdCode);
        }
    }

    /** The links of a file say whose conversations they are before any run has said it. */
    private void checkImports(String appIdCode) {
        imports.intoWorkspace()
                .filter(other -> !other.appIdCode().equalsIgnoreCase(appIdCode))
                .ifPresent(other -> {
                    throw new ConfigurationProblem("import " + other.importId() + " has links into the workspace "
                            + other.appIdCode() + ", but the token is of workspace " + appIdCode
                            + ": use that workspace's token, or take the import back with: import --undo "
                            + other.importId());
                });
    }

    /**
     * Throws {@link ConfigurationProblem} unless the database is empty or was made for the sandbox, so that nobody's real
     * requests are spent on it.
     */
    public void checkSandbox(String appIdCode) {
        if (bound().isEmpty() && jdbc.sql(ANY_REQUEST).query(Long.class).single() > 0) {
            throw new ConfigurationProblem(
                    "the sandbox's database holds merge requests that are not the sandbox's, and it would use them up;"
                            + " look at them, and move ./data/sandbox away");
        }
        check(appIdCode);
    }

    /** The id code of the workspace that the requests belong to; empty before the first run. */
    public Optional<String> bound() {
        return jdbc.sql(READ).query(String.class).optional();
    }
}
