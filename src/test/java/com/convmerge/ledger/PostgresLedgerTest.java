package com.convmerge.ledger;

import com.convmerge.testing.Databases;

class PostgresLedgerTest extends LedgerContract {
    PostgresLedgerTest() {
        super(Databases.postgres());
    }
}
