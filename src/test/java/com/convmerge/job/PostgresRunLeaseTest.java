package com.convmerge.job;

import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;

class PostgresRunLeaseTest extends RunLeaseContract {
    @Override
    Database newDatabase() {
        return Databases.postgres();
    }
}
