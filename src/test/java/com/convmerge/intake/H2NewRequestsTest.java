package com.convmerge.intake;

import com.convmerge.testing.Databases;

class H2NewRequestsTest extends NewRequestsContract {
    H2NewRequestsTest() {
        super(Databases.h2());
    }
}
