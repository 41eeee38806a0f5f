package com.convmerge.intake;

import com.convmerge.testing.Databases;

class PostgresParentsTest extends ParentsContract {
    PostgresParentsTest() {
        super(Databases.postgres());
    }
}
