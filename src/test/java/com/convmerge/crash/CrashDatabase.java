package com.convmerge.crash;

import java.util.Map;
import javax.sql.DataSource;

/** A database that the program under test and the test open in turn, because only one process can open an embedded H2. */
interface CrashDatabase {
    /** The environment variables with which the program finds the database. */
    Map<String, String> environment();

    /** Opens the database for the test, with the schema in place, and closes it again where the program needs that. */
    void withDataSource(Use use) throws Exception;

    /** What the test does with the open database. */
    @FunctionalInterface
    interface Use {
        void with(DataSource dataSource) throws Exception;
    }
}
