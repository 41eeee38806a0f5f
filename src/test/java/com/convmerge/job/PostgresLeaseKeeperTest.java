package com.convmerge.job;

import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;

class PostgresLeaseKeeperTest extends LeaseKeeperContract {
    @Override
    Database newDatabase() {
        return Databases.postgres();
    }
}
