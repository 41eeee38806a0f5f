package com.convmerge.job;

import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;

class PostgresLookFirstTest extends LookFirstContract {
    @Override
    Database newDatabase() {
        return Databases.postgres();
    }
}
