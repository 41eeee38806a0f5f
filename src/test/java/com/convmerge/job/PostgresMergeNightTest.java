package com.convmerge.job;

import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;

class PostgresMergeNightTest extends MergeNightContract {
    @Override
    Database newDatabase() {
        return Databases.postgres();
    }
}
