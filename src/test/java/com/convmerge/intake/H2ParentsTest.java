package com.convmerge.intake;

import com.convmerge.testing.Databases;

class H2ParentsTest extends ParentsContract {
    H2ParentsTest() {
        super(Databases.h2());
    }
}
