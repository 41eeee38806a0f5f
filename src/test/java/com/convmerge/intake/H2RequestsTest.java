package com.convmerge.intake;

import com.convmerge.testing.Databases;

class H2RequestsTest extends RequestsContract {
    H2RequestsTest() {
        super(Databases.h2());
    }
}
