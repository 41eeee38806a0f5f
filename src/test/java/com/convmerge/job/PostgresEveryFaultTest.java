package com.convmerge.job;

import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;

class PostgresEveryFaultTest extends EveryFaultContract {
    @Override
    Database newDatabase() {
        return Databases.postgres();
    }
}
