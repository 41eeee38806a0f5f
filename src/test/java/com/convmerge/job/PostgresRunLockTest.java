package com.convmerge.job;

import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;

class PostgresRunLockTest extends RunLockContract {
    @Override
    Database newDatabase() {
        return Databases.postgres();
    }
}
