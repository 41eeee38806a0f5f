package com.convmerge.job;

import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;

class PostgresHeartbeatTest extends HeartbeatContract {
    @Override
    Database newDatabase() {
        return Databases.postgres();
    }
}
