package com.convmerge.intake;

import com.convmerge.testing.Databases;

class PostgresCsvImportTest extends CsvImportContract {
    PostgresCsvImportTest() {
        super(Databases.postgres());
    }
}
