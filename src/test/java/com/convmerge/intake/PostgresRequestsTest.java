package com.convmerge.intake;

import com.convmerge.testing.Databases;

class PostgresRequestsTest extends RequestsContract {
    PostgresRequestsTest() {
        super(Databases.postgres());
    }
}
