package com.convmerge.job;

import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;

class H2LookFirstTest extends LookFirstContract {
    @Override
    Database newDatabase() {
        return Databases.h2();
    }
}
