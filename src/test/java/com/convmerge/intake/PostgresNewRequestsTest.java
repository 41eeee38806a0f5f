package com.convmerge.intake;

import com.convmerge.testing.Databases;

class PostgresNewRequestsTest extends NewRequestsContract {
    PostgresNewRequestsTest() {
        super(Databases.postgres());
    }
}
