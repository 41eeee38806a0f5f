package com.convmerge.crash;

import java.util.Map;
import javax.sql.DataSource;

/** A database that the program under test and the test open in turn: embedded H2 belongs to one of them at a time. */
interface CrashDatabase {
    /** Settings for the program. */
    Map<String, String> environment();

    /** Opens it for the test, with the schema in place, and gives it back. */
    void withDataSource(Use use) throws Exception;

    /** What the test does with it. */
    @FunctionalInterface
    interface Use {
        void with(DataSource dataSource) throws Exception;
    }
}
