package com.convmerge.ledger;

import com.convmerge.testing.Databases;

class PostgresLedgerTransitionsTest extends LedgerTransitionsContract {
    PostgresLedgerTransitionsTest() {
        super(Databases.postgres());
    }
}
