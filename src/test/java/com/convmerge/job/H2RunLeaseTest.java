package com.convmerge.job;

import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;

class H2RunLeaseTest extends RunLeaseContract {
    @Override
    Database newDatabase() {
        return Databases.h2();
    }
}
