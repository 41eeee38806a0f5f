package com.convmerge.job;

import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;

class H2LeaseKeeperTest extends LeaseKeeperContract {
    @Override
    Database newDatabase() {
        return Databases.h2();
    }
}
