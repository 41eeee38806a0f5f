package com.convmerge.report;

import com.convmerge.testing.Databases;

class PostgresRunReportsTest extends RunReportsContract {
    PostgresRunReportsTest() {
        super(Databases.postgres());
    }
}
