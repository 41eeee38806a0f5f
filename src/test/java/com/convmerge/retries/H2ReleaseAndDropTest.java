package com.convmerge.retries;

import com.convmerge.testing.Databases;

class H2ReleaseAndDropTest extends ReleaseAndDropContract {
    H2ReleaseAndDropTest() {
        super(Databases.h2());
    }
}
