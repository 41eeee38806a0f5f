package com.convmerge.intake;

import com.convmerge.testing.Databases;

class PostgresResolveSurvivorsTest extends ResolveSurvivorsContract {
    PostgresResolveSurvivorsTest() {
        super(Databases.postgres());
    }
}
