package com.convmerge.retries;

import com.convmerge.testing.Databases;

class PostgresReleaseAndDropTest extends ReleaseAndDropContract {
    PostgresReleaseAndDropTest() {
        super(Databases.postgres());
    }
}
