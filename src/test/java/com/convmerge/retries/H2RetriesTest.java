package com.convmerge.retries;

import com.convmerge.testing.Databases;

class H2RetriesTest extends RetriesContract {
    H2RetriesTest() {
        super(Databases.h2());
    }
}
