package com.convmerge.report;

import com.convmerge.testing.Databases;

class H2RunReportsTest extends RunReportsContract {
    H2RunReportsTest() {
        super(Databases.h2());
    }
}
