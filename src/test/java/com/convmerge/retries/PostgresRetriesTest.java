package com.convmerge.retries;

import com.convmerge.testing.Databases;

class PostgresRetriesTest extends RetriesContract {
    PostgresRetriesTest() {
        super(Databases.postgres());
    }
}
