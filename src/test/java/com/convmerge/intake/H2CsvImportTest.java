package com.convmerge.intake;

import com.convmerge.testing.Databases;

class H2CsvImportTest extends CsvImportContract {
    H2CsvImportTest() {
        super(Databases.h2());
    }
}
