package com.convmerge.intake;

import com.convmerge.testing.Databases;

class H2ResolveSurvivorsTest extends ResolveSurvivorsContract {
    H2ResolveSurvivorsTest() {
        super(Databases.h2());
    }
}
